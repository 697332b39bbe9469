//! From a path to the bytes of a file, or to what is wrong with the path.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::file::{LARGEST, read_limited};
use super::near;
use super::places::{Places, normalised};
use crate::call::{self, NoValue};
use crate::finding::Finding;
use crate::report::Report;
use crate::rules;

/// One path on its way to a file.
pub(super) struct Search<'a> {
    pub(super) path: &'a call::Path,
    /// What the path comes to.
    pub(super) written: String,
    pub(super) places: &'a Places,
}

/// What a search comes to.
pub(super) struct Found {
    /// The file as it is shown.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// What the build depends on, with the length of each.
    pub(super) files: Vec<(PathBuf, usize)>,
}

impl Search<'_> {
    /// The file; where none can be read, the report says why.
    pub(super) fn find(&self, report: &mut Report) -> Option<Found> {
        let name = self.places.shown(self.written.as_ref());
        let mut tried: Vec<PathBuf> = Vec::new();
        for folder in self.places.folders() {
            let path = folder.join(&self.written);
            if tried.contains(&path) {
                continue;
            }
            let refusal = match read(&path) {
                Ok(Some(bytes)) => {
                    let other = self.other_file(&path, &bytes, &name, report);
                    let name = self.places.shown(&path);
                    let taken = (path, bytes.len());
                    let files = [taken].into_iter().chain(other).collect();
                    return Some(Found { name, bytes, files });
                }
                Ok(None) => too_large(&name),
                Err(error) => match error.kind() {
                    ErrorKind::NotFound | ErrorKind::NotADirectory => {
                        tried.push(path);
                        continue;
                    }
                    _ => self.unreadable(&name, &path, &error),
                },
            };
            report.push(refusal);
            return None;
        }
        report.push(self.missing(&name, &tried));
        None
    }

    /// The file of this name beside the calling source file, where the one beside `Cargo.toml` is taken,
    /// and its length.
    fn other_file(
        &self,
        taken: &Path,
        bytes: &[u8],
        name: &str,
        report: &mut Report,
    ) -> Option<(PathBuf, usize)> {
        let other = self.places.source.as_ref()?.join(&self.written);
        if other == taken || !other.is_file() {
            return None;
        }
        let others = read(&other).ok().flatten();
        if others.as_deref() != Some(bytes) {
            let [shown, left] = [taken, &other].map(|file| self.places.shown(file));
            let title = format!("there are two files `{name}`, and `{shown}` is taken");
            let finding = Finding::of_path(&rules::TWO_FILES, title)
                .note(format!("`{left}` has other contents"));
            let rewritten = near::from_start(self.places, &other)
                .and_then(|path| self.path.rewritten(&self.written, &path));
            report.push(match rewritten {
                Some(path) => finding.words(format!(
                    "write {path} for that one, or remove one of the two"
                )),
                None => finding,
            });
        }
        others.map(|others| (other, others.len()))
    }

    /// Something is there that cannot be read, or the path can lead to nothing.
    fn unreadable(&self, name: &str, path: &Path, error: &io::Error) -> Finding {
        if self.written.is_empty() {
            let finding = finding("the path is empty".to_owned());
            return self.suggest(finding, near::file("", self.places));
        }
        if path.is_dir() {
            let inside = format!("{}/krakend.json", name.trim_end_matches(['/', '\\']));
            let finding = finding(format!("`{name}` is a folder"))
                .words(format!("name the file in it, for example \"{inside}\""));
            return self.suggest(finding, near::file_inside(&self.written, path));
        }
        // What is wrong comes first: the path may be long.
        let finding = match error.kind() {
            _ if name.contains('\0') => {
                finding(format!("no path has the character U+0000: `{name}`"))
            }
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
            _ => finding.note(format!(
                "it was looked for as {}",
                normalised(path).display()
            )),
        }
    }

    fn missing(&self, name: &str, tried: &[PathBuf]) -> Finding {
        if let Some(file) = near::file_on_the_way(&self.written, self.places) {
            let title = format!("there is no `{name}`, since `{file}` is a file");
            return self.suggest(finding(title), Some(file));
        }
        let tried: Vec<String> = tried
            .iter()
            .map(|path| normalised(path).display().to_string())
            .collect();
        let mut finding = finding(format!("there is no file `{name}`"))
            .note(format!("looked for it as\n{}", tried.join("\n")));
        if self.places.source.is_none() && Path::new(&self.written).is_relative() {
            finding = finding.note(
                "it is not known here where the calling source file is, as in some editors; a path \
                 from `Cargo.toml` works everywhere",
            );
        }
        self.suggest(finding, near::file(&self.written, self.places))
    }

    /// A finding with the path to write instead, if one is known.
    fn suggest(&self, finding: Finding, path: Option<String>) -> Finding {
        let written = path.and_then(|path| self.path.rewritten(&self.written, &path));
        match written {
            Some(written) => finding.words(format!("write {written}")),
            None => finding,
        }
    }
}

fn finding(title: String) -> Finding {
    Finding::of_path(&rules::UNREADABLE_FILE, title)
}

fn too_large(name: &str) -> Finding {
    finding(format!("`{name}` is larger than {} MiB", LARGEST >> 20))
        .note("no gateway needs so large a configuration, so this is probably another file")
}

/// The path is made of a variable without a usable value.
pub(super) fn without_value(no_value: &NoValue) -> Finding {
    let variable = &no_value.variable;
    let wrong = if no_value.is_set { "UTF-8" } else { "set" };
    let finding = finding(format!(
        "the environment variable `{variable}` is not {wrong}"
    ));
    let finding = match &no_value.message {
        Some(message) => finding.note(message),
        None => finding,
    };
    match variable.as_str() {
        "OUT_DIR" => {
            finding.words("add a `build.rs`: cargo sets it only for a package with a build script")
        }
        _ => finding.words("set it for the build, for example in `[env]` of `.cargo/config.toml`"),
    }
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    read_limited(fs::File::open(path)?)
}

#[cfg(test)]
mod tests;
