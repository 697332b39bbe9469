//! A file, and what is reported of it.

use std::path::{Path, PathBuf};

use crate::check::Ceiling;
use crate::draw::on_one_line;
use crate::finding::Finding;
use crate::levels::Levels;
use crate::policy::Policy;
use crate::report::{Report, Verdict};
use crate::source::{File, Source};
use crate::stages::check_source;

/// What a file is checked with.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// Each override with its number.
    pub(crate) levels: &'a Levels<usize>,
    /// The most that the service accepts.
    pub(crate) ceiling: Option<&'a Ceiling>,
}

/// What is found in one file.
pub(crate) struct Checked {
    /// As it was named.
    pub(crate) path: PathBuf,
    pub(crate) source: Source,
    /// What the file comes to, whatever is found in it.
    pub(crate) policy: Option<Policy>,
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

impl Checked {
    /// The bytes of a file, checked.
    pub(crate) fn new(path: &Path, bytes: Vec<u8>, terms: Terms<'_>) -> Self {
        let mut report = Report::default();
        let source = Source::decode(File::at(path, &name(path)), bytes, &mut report);
        let policy = check_source(&source, terms.ceiling, &mut report);
        Self {
            policy,
            ..Self::concluded(path, source, report.conclude(terms.levels))
        }
    }

    /// A file, and what is reported under the levels of a call.
    pub(crate) fn concluded(path: &Path, source: Source, verdict: Verdict<usize>) -> Self {
        let found = |is_error| move |finding| Found { is_error, finding };
        let errors = verdict.errors.into_iter().map(found(true));
        let warnings = verdict.warnings.into_iter().map(found(false));
        let mut found: Vec<Found> = errors.chain(warnings).collect();
        found.sort_by_key(|found| found.finding.place());
        Self {
            path: path.to_owned(),
            source,
            policy: None,
            found,
            unused: verdict.unused.into_iter().map(|(_, at)| at).collect(),
        }
    }

    pub(crate) fn is_denied(&self) -> bool {
        self.found.iter().any(|found| found.is_error)
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
