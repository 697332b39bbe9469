//! Finding and reading the file.

use std::env;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use syn::LitStr;

use super::{Origin, Source};
use crate::finding::{Finding, Place};
use crate::rules;

/// Far above any configuration: a million origins need 40 MiB.
const LARGEST: u64 = 48 << 20;

impl Source {
    /// Reads a file: beside `Cargo.toml` of the calling crate, else beside the calling source file.
    ///
    /// Where that fails, the finding says why, and the source holds what there is to show of it.
    pub(crate) fn read(path: &LitStr, calling: Option<PathBuf>) -> (Self, Option<Finding>) {
        let beside_manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let beside_source = calling.and_then(|file| file.parent().map(absolute));
        let folders = [beside_manifest, beside_source];
        Self::search(&path.value(), folders.into_iter().flatten())
    }

    fn search(written: &str, folders: impl Iterator<Item = PathBuf>) -> (Self, Option<Finding>) {
        let mut tried: Vec<PathBuf> = Vec::new();
        for folder in folders {
            let path = folder.join(written);
            if tried.contains(&path) {
                continue;
            }
            match read(&path) {
                Ok(Some(bytes)) => return Self::decode(written, path, bytes),
                Ok(None) => return Self::unread(written, too_large(written)),
                Err(error) => match error.kind() {
                    ErrorKind::NotFound | ErrorKind::NotADirectory => tried.push(path),
                    _ => return Self::unread(written, unreadable(written, &path, &error)),
                },
            }
        }
        Self::unread(written, missing(written, &tried))
    }

    /// A file of that name and text.
    pub(crate) fn file(name: &str, path: Option<PathBuf>, text: String) -> Self {
        let name = name.to_owned();
        Self::new(text, Origin::File { name, path })
    }

    /// A file with nothing to show. The build does not depend on it: the compiler would report a
    /// second time that it cannot be read.
    fn unread(name: &str, finding: Finding) -> (Self, Option<Finding>) {
        (Self::file(name, None, String::new()), Some(finding))
    }

    /// The file's bytes as text.
    pub(crate) fn decode(name: &str, path: PathBuf, bytes: Vec<u8>) -> (Self, Option<Finding>) {
        if let Some(encoding) = other_unicode(&bytes) {
            let headline = format!("`{name}` is encoded in {encoding}");
            let finding = Finding::new(&rules::NOT_UTF8, Place::new(0, 0), headline, "");
            return (Self::file(name, Some(path), String::new()), Some(finding));
        }
        match String::from_utf8(bytes) {
            Ok(text) => (Self::file(name, Some(path), text), None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or_default();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let finding = Finding::new(
                    &rules::NOT_UTF8,
                    Place::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                    format!("the byte 0x{byte:02X} is not UTF-8"),
                    "the first such byte",
                );
                (Self::file(name, Some(path), text), Some(finding))
            }
        }
    }
}

fn finding(headline: String) -> Finding {
    Finding::new(&rules::UNREADABLE_FILE, Place::new(0, 0), headline, "")
}

/// Something is there that cannot be read, or the path can lead to nothing.
fn unreadable(name: &str, path: &Path, error: &io::Error) -> Finding {
    if path.is_dir() {
        let inside = format!("{}/krakend.json", name.trim_end_matches('/'));
        return finding(format!("`{name}` is a folder"))
            .words(format!("name the file in it, for example \"{inside}\""));
    }
    // What is wrong stands in front: the path may be long.
    let finding = match error.kind() {
        _ if name.contains('\0') => finding(format!("no path has the character U+0000: `{name}`")),
        ErrorKind::InvalidFilename => finding(format!("this path is too long: `{name}`")),
        ErrorKind::PermissionDenied => finding(format!("the build may not read `{name}`"))
            .words("make it a file that the build may read"),
        _ => {
            let error = error.to_string();
            let why = error.split(" (os error").next().unwrap_or_default();
            finding(format!("cannot read `{name}`: {why}"))
        }
    };
    match error.kind() {
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => finding,
        _ => finding.note(format!("it was looked for as {}", path.display())),
    }
}

fn too_large(name: &str) -> Finding {
    finding(format!("`{name}` is larger than {} MiB", LARGEST >> 20))
        .note("no gateway needs so large a configuration, so this is probably another file")
}

fn missing(name: &str, tried: &[PathBuf]) -> Finding {
    let tried: Vec<String> = tried
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    finding(format!("there is no file `{name}`"))
        .note(format!("looked for it as\n{}", tried.join("\n")))
}

/// The file's bytes, unless there are too many of them to be a configuration.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path)?.len() > LARGEST {
        true => Ok(None),
        false => fs::read(path).map(Some),
    }
}

/// A span's file may be relative to where cargo runs rustc.
fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

/// UTF-16 and UTF-32, by their marks or by the zero bytes of their ASCII.
fn other_unicode(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, 0, _, ..] | [_, 0, _, 0, ..] => Some("UTF-16"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::PathBuf;

    use super::{LARGEST, Source};
    use crate::report::draw;
    use crate::rules;

    /// A folder of its own, empty.
    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("cors-macros-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn headline(name: &str, folders: &[PathBuf]) -> String {
        let (_, finding) = Source::search(name, folders.iter().cloned());
        let finding = finding.unwrap();
        assert_eq!(finding.rule.name, rules::UNREADABLE_FILE.name);
        format!("{}\n{}", finding.headline(), finding.notes.join("\n"))
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let (first, second) = (folder("first"), folder("second"));
        let both = [first.clone(), second.clone(), second.clone()];
        let missing = headline("krakend.json", &both);
        assert!(missing.starts_with("there is no file `krakend.json`"));
        for folder in [&first, &second] {
            let path = folder.join("krakend.json").display().to_string();
            assert_eq!(missing.matches(&path).count(), 1, "{missing}");
        }

        fs::create_dir(first.join("krakend.json")).unwrap();
        assert!(headline("krakend.json", &both).starts_with("`krakend.json` is a folder"));

        // It has a length, and takes no room on the disk.
        let large = File::create(first.join("large.json")).unwrap();
        large.set_len(LARGEST + 1).unwrap();
        assert!(headline("large.json", &both).starts_with("`large.json` is larger than 48 MiB"));

        fs::write(second.join("small.json"), "{}").unwrap();
        let (source, finding) = Source::search("small.json", both.into_iter());
        assert!(finding.is_none());
        assert_eq!(source.text(), "{}");
        for folder in [first, second] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn paths_that_lead_nowhere_are_one_finding() {
        let folders = [folder("nowhere"), folder("elsewhere")];
        fs::write(folders[0].join("file"), "{}").unwrap();
        let long = "x".repeat(5_000);
        let mut cases = vec![
            (
                "a\0b.json",
                "no path has the character U+0000: `a\\0b.json`",
            ),
            (&*long, "this path is too long: `xxx"),
            ("", "`` is a folder"),
            ("file/krakend.json", "there is no file `file/krakend.json`"),
        ];
        #[cfg(unix)]
        {
            let link = folders[0].join("loop.json");
            std::os::unix::fs::symlink(&link, &link).unwrap();
            cases.push((
                "loop.json",
                "cannot read `loop.json`: Too many levels of symbolic links",
            ));
        }
        for (name, expected) in cases {
            let (source, finding) = Source::search(name, folders.iter().cloned());
            let drawn = draw(&finding.unwrap(), &source);
            assert!(drawn.starts_with(expected), "{drawn}");
            // Otherwise the compiler reports what it cannot read, too.
            assert_eq!(source.path(), None, "{name}");
        }
        for folder in folders {
            fs::remove_dir_all(folder).unwrap();
        }
    }
}
