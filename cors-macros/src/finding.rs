//! One mistake, with everything that its message says.

use std::ops::Range;

use crate::rules::Rule;

/// A stretch of the source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Place {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place and what is to be said of it.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) place: Place,
    pub(crate) label: String,
}

/// A mistake as it is shown to the user.
///
/// The headline says what is wrong, in lower case and without a full stop; the marks say where;
/// the notes say what a browser and KrakenD do; the help is what should stand there instead.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    pub(crate) headline: String,
    pub(crate) at: Mark,
    pub(crate) also: Vec<Mark>,
    pub(crate) notes: Vec<String>,
    pub(crate) help: Option<String>,
}

impl Finding {
    pub(crate) fn new(
        rule: &'static Rule,
        place: Place,
        headline: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        let headline = headline.into();
        debug_assert!(!headline.ends_with('.'), "a headline has no full stop");
        Self {
            rule,
            headline,
            at: Mark {
                place,
                label: label.into(),
            },
            also: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// A second place that has its part in the mistake.
    pub(crate) fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push(Mark {
            place,
            label: label.into(),
        });
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
