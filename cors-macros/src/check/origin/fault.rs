//! A mistake in one entry, known only by the entry's text: the list knows where in the file it is.

use std::fmt::Display;
use std::ops::Range;

use super::parts::user_info;
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::rules::Rule;

/// What is wrong with an entry.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) rule: &'static Rule,
    title: Title,
    pub(crate) at: Part,
    label: String,
    also: Option<(Range<usize>, &'static str)>,
    /// Whether the credentials of the policy have their part in it.
    with_credentials: bool,
    note: Option<String>,
    /// What to do, where the rule's own help does not say it.
    words: Option<String>,
}

#[derive(Debug)]
enum Title {
    /// What is wrong with the entry, which the title begins with.
    OfEntry(String),
    Of(String),
}

/// What of an entry is meant.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// All of it, with its quotation marks.
    Entry,
    /// Some bytes of its text.
    Bytes(Range<usize>),
}

impl From<Range<usize>> for Part {
    fn from(bytes: Range<usize>) -> Self {
        Self::Bytes(bytes)
    }
}

impl Fault {
    /// A fault whose title begins with the entry as the file has it.
    pub(super) fn new(
        rule: &'static Rule,
        at: impl Into<Part>,
        what: impl Display,
        label: impl Into<String>,
    ) -> Self {
        Self::of(rule, at, Title::OfEntry(what.to_string()), label)
    }

    pub(super) fn titled(
        rule: &'static Rule,
        at: impl Into<Part>,
        title: String,
        label: impl Into<String>,
    ) -> Self {
        Self::of(rule, at, Title::Of(title), label)
    }

    fn of(
        rule: &'static Rule,
        at: impl Into<Part>,
        title: Title,
        label: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            title,
            at: at.into(),
            label: label.into(),
            also: None,
            with_credentials: false,
            note: None,
            words: None,
        }
    }

    /// Other bytes that have their part in it.
    pub(super) fn also(mut self, bytes: Range<usize>, label: &'static str) -> Self {
        self.also = Some((bytes, label));
        self
    }

    /// The credentials of the policy have their part in it.
    pub(super) fn with_credentials(mut self) -> Self {
        self.with_credentials = true;
        self
    }

    /// What to say beside the rule's meaning.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// What to do, where that depends on what is meant.
    pub(super) fn words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// The finding for an entry of a list, under a policy that allows credentials there.
    pub(crate) fn finding(self, entry: &Text<'_>, credentials: Option<Place>) -> Finding {
        let place = match self.at {
            Part::Entry => entry.place(),
            Part::Bytes(bytes) => entry.part(bytes),
        };
        let title = match self.title {
            Title::OfEntry(what) => format!("\"{}\" {what}", without_password(entry.as_str())),
            Title::Of(title) => title,
        };
        let mut finding = Finding::new(self.rule, place, title, self.label);
        if let Some((bytes, label)) = self.also {
            finding = finding.also(entry.part(bytes), label);
        }
        if let Some(credentials) = credentials.filter(|_| self.with_credentials) {
            finding = finding.also(credentials, "credentials are allowed here");
        }
        if let Some(note) = self.note {
            finding = finding.note(note);
        }
        match self.words {
            Some(words) => finding.words(words),
            None => finding,
        }
    }
}

/// An entry as titles show it: they go where a password should not.
pub(super) fn without_password(text: &str) -> String {
    match user_info(text) {
        Some(info) => format!("{}…@{}", &text[..info.start], &text[info.end..]),
        None => text.to_owned(),
    }
}
