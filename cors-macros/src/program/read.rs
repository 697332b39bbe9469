//! Reads the files that a call names.

use std::fs;
use std::io;
use std::path::Path;

use crate::check::Ceiling;
use crate::checked::{Checked, Terms, name};
use crate::levels::Levels;
use crate::report::Report;
use crate::source::file::{LARGEST, read_limited};
use crate::source::{File, Source};
use crate::stages::check_ceiling;

/// A configuration, checked.
pub(super) fn configuration(path: &Path, terms: Terms<'_>) -> Result<Checked, String> {
    Ok(Checked::new(path, bytes(path)?, terms))
}

/// The most that a service accepts, and what is wrong with that. With an error in it there is nothing to
/// compare with. The levels of the call are for configurations.
pub(super) fn limits(
    path: &Path,
    levels: &Levels<usize>,
) -> Result<(Checked, Option<Ceiling>), String> {
    let mut report = Report::default();
    let source = Source::decode(File::of_limits(&name(path)), bytes(path)?, &mut report);
    let ceiling = check_ceiling(&source, &mut report);
    let verdict = report.conclude(&Levels::default());
    let mut checked = Checked::concluded(path, source, verdict);
    let ceiling = ceiling.filter(|_| !checked.is_denied());
    if ceiling.is_some() {
        checked.unused = levels.overrides.iter().map(|o| o.at).collect();
    }
    Ok((checked, ceiling))
}

/// The bytes of a file, or of the standard input.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let read = if path.as_os_str() == "-" {
        read_limited(io::stdin().lock())
    } else {
        fs::File::open(path).and_then(read_limited)
    };
    match read {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(format!(
            "`{}` is larger than {} MiB",
            name(path),
            LARGEST >> 20
        )),
        Err(_) if path.is_dir() => Err(format!("`{}` is a folder", name(path))),
        Err(error) => {
            let error = error.to_string();
            let why = error.split(" (os error").next().unwrap_or_default();
            Err(format!("cannot read `{}`: {why}", name(path)))
        }
    }
}
