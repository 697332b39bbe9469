//! A file and what is found in it.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::arguments::accepting;
use crate::draw::message::is_shown;
use crate::draw::{Message, on_one_line};
use crate::edits::{self, Edit};
use crate::finding::{Finding, Place};
use crate::levels::Levels;
use crate::report::{Report, Verdict};
use crate::source::file::{LARGEST, read_limited};
use crate::source::{File, Source};
use crate::stages::check_source;

/// What is found in one file.
pub(crate) struct Checked {
    /// As it was named.
    pub(crate) path: PathBuf,
    pub(crate) source: Source,
    /// In file order.
    pub(crate) found: Vec<Found>,
    /// The numbers of the overrides that silence nothing.
    pub(crate) unused: Vec<usize>,
}

/// A finding that is reported.
pub(crate) struct Found {
    pub(crate) is_error: bool,
    pub(crate) finding: Finding,
}

/// A line and a column, both counted from one. A column is a character.
#[derive(Clone, Copy)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// From a character to the one behind the last.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

impl Found {
    pub(crate) fn level(&self) -> &'static str {
        if self.is_error { "error" } else { "warning" }
    }
}

impl Checked {
    /// Reads a file, or the standard input, and checks it.
    pub(crate) fn read(path: &Path, levels: &Levels<usize>) -> Result<Self, String> {
        let read = if path.as_os_str() == "-" {
            read_limited(io::stdin().lock())
        } else {
            fs::File::open(path).and_then(read_limited)
        };
        match read {
            Ok(Some(bytes)) => Ok(Self::new(path, bytes, levels)),
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

    /// The bytes of a file, checked.
    pub(crate) fn new(path: &Path, bytes: Vec<u8>, levels: &Levels<usize>) -> Self {
        let mut report = Report::default();
        let source = Source::decode(File::at(path, &name(path)), bytes, &mut report);
        check_source(&source, None, &mut report);
        let Verdict {
            errors,
            warnings,
            unused,
        } = report.conclude(levels);
        let found = |is_error| move |finding| Found { is_error, finding };
        let errors = errors.into_iter().map(found(true));
        let mut found: Vec<Found> = errors
            .chain(warnings.into_iter().map(found(false)))
            .collect();
        found.sort_by_key(|found| found.finding.place());
        Self {
            path: path.to_owned(),
            source,
            found,
            unused: unused.into_iter().map(|(_, at)| at).collect(),
        }
    }

    pub(crate) fn is_denied(&self) -> bool {
        self.found.iter().any(|found| found.is_error)
    }

    /// The file as it was named, for programs.
    pub(crate) fn path(&self) -> Cow<'_, str> {
        self.path.to_string_lossy()
    }

    /// Where a finding is; `None` if it is about the file as a whole.
    pub(crate) fn range(&self, finding: &Finding) -> Option<Range> {
        let first = finding.at.first();
        first.map(|label| self.range_of(label.place))
    }

    pub(crate) fn range_of(&self, place: Place) -> Range {
        let lines = self.source.lines();
        let position = |at| {
            let (line, column) = lines.position(Place::new(at, at));
            Position { line, column }
        };
        Range {
            start: position(place.start),
            end: position(place.end),
        }
    }

    /// The edits that a finding suggests. `None` if it does so in words, or if a message would not show
    /// what is in them.
    pub(crate) fn suggestion(&self, finding: &Finding) -> Option<Vec<(Range, String)>> {
        let edits = edits::of(finding, self.source.text())?;
        let edits = edits.into_iter();
        edits
            .map(|Edit { place, text }| {
                let is_shown = is_shown(finding, &self.source, place, &text);
                is_shown.then(|| (self.range_of(place), text))
            })
            .collect()
    }

    /// What a message says of a finding. It names the option that accepts it.
    pub(crate) fn message(&self, finding: &Finding) -> Message {
        Message::of(finding, &self.source, |finding| {
            format!("add `{}`", accepting(finding))
        })
    }
}

/// A file's name as messages show it.
pub(crate) fn name(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "<stdin>".to_owned()
    } else {
        on_one_line(&path.to_string_lossy())
    }
}
