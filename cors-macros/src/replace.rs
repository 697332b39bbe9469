//! Puts a new text in the place of a file's, or leaves the file as it is.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The step that replaces one file by another, as `fs::rename` does.
pub(crate) type Rename = fn(&Path, &Path) -> io::Result<()>;

/// Writes a file anew, beside it, and puts that in the place of the old one: who reads the file meanwhile
/// reads all of one of the two. After an error the file is as it was. `before` is what was read.
pub(crate) fn replace(path: &Path, [before, after]: [&str; 2], rename: Rename) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    let permissions = metadata.permissions();
    if metadata.is_symlink() {
        return Err(io::Error::other("it is a symbolic link"));
    }
    if !metadata.is_file() || permissions.readonly() {
        return Err(io::Error::other("it is no file that can be written"));
    }
    let mut beside = OsString::from(".");
    beside.push(path.file_name().unwrap_or_default());
    beside.push(format!(".{}.cors-check", std::process::id()));
    let beside = path.with_file_name(beside);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)?;
    // It is empty until nobody else can read it who could not read the old one.
    let written = file
        .set_permissions(permissions)
        .and_then(|()| file.write_all(after.as_bytes()))
        .and_then(|()| file.sync_all())
        .and_then(|()| is_unchanged(path, before))
        .and_then(|()| rename(&beside, path));
    written.inspect_err(|_| _ = fs::remove_file(&beside))
}

/// An error if somebody has changed the file since it was read.
fn is_unchanged(path: &Path, before: &str) -> io::Result<()> {
    if fs::read(path)? == before.as_bytes() {
        Ok(())
    } else {
        Err(io::Error::other("it was changed meanwhile"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io;
    use std::path::{Path, PathBuf};

    use super::{Rename, replace};

    const BEFORE: &str = "{ \"version\": 2 }";
    const AFTER: &str = "{ \"version\": 3 }";

    /// A folder with one file in it, removed at the end of a test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let id = std::process::id();
            let folder = std::env::temp_dir().join(format!("cors-macros-{id}-{test}"));
            fs::create_dir_all(&folder).unwrap();
            let folder = Self(folder);
            fs::write(folder.file(), BEFORE).unwrap();
            folder
        }

        fn file(&self) -> PathBuf {
            self.0.join("krakend.json")
        }

        fn read(&self) -> String {
            fs::read_to_string(self.file()).unwrap()
        }

        /// How many files are in it.
        fn count(&self) -> usize {
            fs::read_dir(&self.0).unwrap().count()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = Folder::new("replaced");
        // Until the last step the file is the old one, and what replaces it is complete.
        let rename: Rename = |new, old| {
            assert_eq!(fs::read_to_string(old)?, BEFORE);
            assert_eq!(fs::read_to_string(new)?, AFTER);
            fs::rename(new, old)
        };
        replace(&folder.file(), [BEFORE, AFTER], rename).unwrap();
        assert_eq!((folder.read().as_str(), folder.count()), (AFTER, 1));
    }

    #[test]
    fn a_fault_in_the_last_step_loses_nothing() {
        let folder = Folder::new("fault");
        let faults: [(&str, Rename); 2] = [
            ("nothing is done", |_, _| {
                Err(io::ErrorKind::StorageFull.into())
            }),
            ("the new file is gone", |new, _| {
                fs::remove_file(new)?;
                Err(io::ErrorKind::StorageFull.into())
            }),
        ];
        for (name, rename) in faults {
            let error = replace(&folder.file(), [BEFORE, AFTER], rename).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{name}");
            assert_eq!(
                (folder.read().as_str(), folder.count()),
                (BEFORE, 1),
                "{name}"
            );
        }
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_stays() {
        let never: Rename = |_, _: &Path| panic!("the file was changed");
        let folder = Folder::new("changed");
        let other = "{ \"version\": 4 }";
        fs::write(folder.file(), other).unwrap();
        let error = replace(&folder.file(), [BEFORE, AFTER], never).unwrap_err();
        assert_eq!(error.to_string(), "it was changed meanwhile");
        assert_eq!((folder.read().as_str(), folder.count()), (other, 1));
        // Nor does one come back that was removed.
        fs::remove_file(folder.file()).unwrap();
        let error = replace(&folder.file(), [BEFORE, AFTER], never).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(folder.count(), 0);
    }
}
