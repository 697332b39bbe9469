//! A file as the source of a configuration.

use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::places::Places;
use super::search::{self, Found, Search};
use super::{Origin, Source};
use crate::call::{self, Evaluated};
use crate::finding::{Finding, Place};
use crate::literal::quoted;
use crate::report::Report;
use crate::rules::{self, Reader};

/// Far above any configuration: a million origins need 40 MiB.
pub(crate) const LARGEST: u64 = 48 << 20;

/// What is known of a file besides its text.
#[derive(Debug)]
pub(crate) struct File {
    /// As it is shown: relative where it can be.
    pub(super) name: String,
    /// The path as it is written in the call.
    pub(super) written: String,
    /// What the build depends on, with the length of each: for `include_bytes!`, so that cargo sees
    /// changes.
    pub(super) files: Vec<(PathBuf, usize)>,
    /// The environment variables that the path is made of, for the same reason.
    pub(super) variables: Vec<String>,
    pub(super) reader: Reader,
}

impl File {
    /// A file of this name, of which nothing is read yet.
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            written: quoted(name),
            files: Vec::new(),
            variables: Vec::new(),
            reader: Reader::Gateway,
        }
    }
}

impl File {
    /// A file that is read already.
    #[allow(dead_code, reason = "the macro reads files itself")]
    pub(crate) fn at(path: &Path, name: &str) -> Self {
        let mut file = Self::named(name);
        file.files.push((path.to_owned(), 0));
        file
    }

    /// A file with the most that a service accepts.
    #[allow(dead_code, reason = "the macro has its limits in the call")]
    pub(crate) fn of_limits(name: &str) -> Self {
        Self {
            reader: Reader::Limits,
            ..Self::named(name)
        }
    }
}

impl Source {
    /// Reads a file: beside `Cargo.toml` of the calling crate, else beside the calling source file.
    /// Where that fails, the report says why.
    pub(crate) fn read(path: &call::Path, calling: Option<PathBuf>, report: &mut Report) -> Self {
        let Evaluated { value, variables } = path.evaluate(|name| env::var(name));
        let named = |name: &str| File {
            written: path.to_string(),
            variables,
            ..File::named(name)
        };
        let written = match value {
            Ok(written) => written,
            Err(no_value) => {
                report.push(search::without_value(&no_value));
                return Self::unreadable(named(""), String::new());
            }
        };
        let places = Places::of(calling.as_deref());
        let search = Search {
            path,
            written,
            places: &places,
        };
        match search.find(report) {
            Some(Found { name, bytes, files }) => {
                let file = File {
                    files,
                    ..named(&name)
                };
                Self::decode(file, bytes, report)
            }
            // Nothing to depend on, or the compiler would report it a second time.
            None => Self::unreadable(named(""), String::new()),
        }
    }

    /// A file and its text.
    pub(crate) fn file(file: File, text: String) -> Self {
        Self::new(text, Origin::File(file))
    }

    fn unreadable(file: File, text: String) -> Self {
        Self {
            is_readable: false,
            ..Self::file(file, text)
        }
    }

    /// The file's bytes as text.
    pub(crate) fn decode(file: File, bytes: Vec<u8>, report: &mut Report) -> Self {
        if let Some(encoding) = other_unicode(&bytes) {
            let title = format!("`{}` is encoded in {encoding}", file.name);
            report.push(Finding::of_path(&rules::NOT_UTF8, title));
            return Self::unreadable(file, String::new());
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::file(file, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(at).copied().unwrap_or_default();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                report.push(Finding::new(
                    &rules::NOT_UTF8,
                    Place::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                    format!("the byte 0x{byte:02X} is not UTF-8"),
                    "the first such byte",
                ));
                Self::unreadable(file, text)
            }
        }
    }
}

/// All bytes, unless there are too many of them to be a configuration.
pub(crate) fn read_limited(from: impl Read) -> io::Result<Option<Vec<u8>>> {
    // The length of a device is known only when it has been read.
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let is_small = u64::try_from(bytes.len()).is_ok_and(|len| len <= LARGEST);
    Ok(is_small.then_some(bytes))
}

/// UTF-16 and UTF-32, by their marks or by the zero bytes of their ASCII.
fn other_unicode(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, 0, _, ..] | [_, 0, _, 0, ..] => Some("UTF-16"),
        _ => None,
    }
}
