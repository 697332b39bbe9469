//! What the formats say of a file and of what is found in it.

use std::borrow::Cow;

use super::arguments::accepting;
use crate::checked::{Checked, Found};
use crate::draw::Message;
use crate::draw::message::is_shown;
use crate::edits::{self, Edit};
use crate::finding::{Finding, Place};

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
