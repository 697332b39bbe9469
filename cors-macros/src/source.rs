//! Where a configuration comes from, and where in it a place is.

mod file;
mod inline;
mod lines;

use std::cell::OnceCell;
use std::path::PathBuf;

use proc_macro2::Span;

use crate::finding::Place;

pub(crate) use lines::Lines;

/// The text of a configuration, with all that is needed to point into it.
#[derive(Debug)]
pub(crate) struct Source {
    text: String,
    origin: Origin,
    /// Found when the first message is drawn.
    line_starts: OnceCell<Vec<usize>>,
}

#[derive(Debug)]
enum Origin {
    File {
        /// As it is shown: relative where it can be.
        name: String,
        /// For `include_bytes!`, so that cargo sees changes; none where no file was found.
        path: Option<PathBuf>,
    },
    /// The tokens of a call, each with its place in `text`.
    Inline(Vec<(Place, Span)>),
}

impl Source {
    fn new(text: String, origin: Origin) -> Self {
        Self {
            text,
            origin,
            line_starts: OnceCell::new(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn lines(&self) -> Lines<'_> {
        let starts = self.line_starts.get_or_init(|| lines::starts(&self.text));
        Lines::new(&self.text, starts)
    }

    /// A file holds a whole gateway configuration, a call the CORS object alone.
    pub(crate) fn is_whole_file(&self) -> bool {
        matches!(self.origin, Origin::File { .. })
    }

    /// The file's name as it is shown; none for a configuration that is written in the call.
    pub(crate) fn name(&self) -> Option<&str> {
        match &self.origin {
            Origin::File { name, .. } => Some(name),
            Origin::Inline(_) => None,
        }
    }

    /// The file that the build depends on.
    pub(crate) fn path(&self) -> Option<&PathBuf> {
        match &self.origin {
            Origin::File { path, .. } => path.as_ref(),
            Origin::Inline(_) => None,
        }
    }

    /// The Rust token at a place of a configuration that is written in the call.
    pub(crate) fn token(&self, place: Place) -> Option<Span> {
        let Origin::Inline(tokens) = &self.origin else {
            return None;
        };
        let after = tokens.partition_point(|(token, _)| token.start <= place.start);
        tokens.get(after.saturating_sub(1)).map(|(_, span)| *span)
    }
}
