//! Finding and reading the file.

use std::env;
use std::fs;
use std::io;
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
                Ok(None) => return Self::too_large(written, path),
                Err(error) if error.kind() == io::ErrorKind::NotFound => tried.push(path),
                Err(error) => return Self::broken(written, path, &error),
            }
        }
        Self::missing(written, &tried)
    }

    /// A file of that name and text.
    pub(crate) fn file(name: &str, path: Option<PathBuf>, text: String) -> Self {
        let name = name.to_owned();
        Self::new(text, Origin::File { name, path })
    }

    /// The file's bytes as text, without the byte order mark that some editors leave there.
    pub(crate) fn decode(name: &str, path: PathBuf, bytes: Vec<u8>) -> (Self, Option<Finding>) {
        if let Some(encoding) = other_unicode(&bytes) {
            let finding = Finding::new(
                &rules::NOT_UTF8,
                Place::new(0, 0),
                format!("`{name}` is written in {encoding}"),
                "",
            )
            .note("JSON is UTF-8; KrakenD reads nothing else")
            .words("save the file as UTF-8");
            return (Self::file(name, Some(path), String::new()), Some(finding));
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = match text.strip_prefix('\u{feff}') {
                    Some(rest) => rest.to_owned(),
                    None => text,
                };
                (Self::file(name, Some(path), text), None)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or_default();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let finding = Finding::new(
                    &rules::NOT_UTF8,
                    Place::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                    format!("the byte 0x{byte:02X} cannot stand in UTF-8"),
                    "here",
                )
                .note("JSON is UTF-8; KrakenD reads nothing else")
                .words("save the file as UTF-8");
                (Self::file(name, Some(path), text), Some(finding))
            }
        }
    }

    fn broken(name: &str, path: PathBuf, error: &io::Error) -> (Self, Option<Finding>) {
        let nowhere = Place::new(0, 0);
        let rule = &rules::UNREADABLE_FILE;
        let (path, finding) = if path.is_dir() {
            let inside = format!("{}/krakend.json", name.trim_end_matches('/'));
            let finding = Finding::new(rule, nowhere, format!("`{name}` is a folder"), "")
                .note("the policy is read from one file")
                .words(format!("name the file in it, for example \"{inside}\""));
            (None, finding)
        } else {
            let finding = Finding::new(rule, nowhere, format!("cannot read `{name}`: {error}"), "")
                .note(format!("it was found as {}", path.display()))
                .words("make it a file that the build may read");
            (Some(path), finding)
        };
        (Self::file(name, path, String::new()), Some(finding))
    }

    fn too_large(name: &str, path: PathBuf) -> (Self, Option<Finding>) {
        let finding = Finding::new(
            &rules::UNREADABLE_FILE,
            Place::new(0, 0),
            format!("`{name}` is larger than {} MiB", LARGEST >> 20),
            "",
        )
        .note("no gateway is configured by so much; this is some other file")
        .words("name the gateway's configuration");
        (Self::file(name, Some(path), String::new()), Some(finding))
    }

    fn missing(name: &str, tried: &[PathBuf]) -> (Self, Option<Finding>) {
        let tried: Vec<String> = tried
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let finding = Finding::new(
            &rules::UNREADABLE_FILE,
            Place::new(0, 0),
            format!("there is no file `{name}`"),
            "",
        )
        .note(format!("looked for it as\n{}", tried.join("\n")))
        .words(
            "write the path as seen from the crate's `Cargo.toml`, or from the calling source file",
        );
        (Self::file(name, None, String::new()), Some(finding))
    }
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
}
