//! Where a configuration comes from, and where in it a place is.

pub(crate) mod file;
mod inline;
mod lines;
mod near;
mod places;
mod recipe;
mod search;

use std::cell::OnceCell;
use std::path::PathBuf;

use proc_macro2::Span;

use crate::finding::Place;
use crate::rules::Reader;

pub(crate) use file::File;
pub(crate) use inline::{settle, suggested};
pub(crate) use lines::Lines;

/// The text of a configuration, with all that is needed to point into it.
#[derive(Debug)]
pub(crate) struct Source {
    text: String,
    /// Otherwise there is nothing to read, and the text is only to be shown.
    is_readable: bool,
    origin: Origin,
    /// Found when the first message is drawn.
    index: OnceCell<lines::Index>,
    /// What no message shows, found when the first one is drawn.
    secrets: OnceCell<Vec<Place>>,
}

#[derive(Debug)]
enum Origin {
    File(File),
    /// The tokens of a call.
    Inline(Vec<Token>),
}

/// What a place in the text of a call was made of: one token, or an expression.
#[derive(Debug)]
struct Token {
    place: Place,
    first: Span,
    last: Span,
    /// The expression, where the text has something else for it.
    written: Option<String>,
}

impl Source {
    fn new(text: String, origin: Origin) -> Self {
        Self {
            text,
            is_readable: true,
            origin,
            index: OnceCell::new(),
            secrets: OnceCell::new(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is a configuration; the report says why where it is not.
    pub(crate) fn is_readable(&self) -> bool {
        self.is_readable
    }

    pub(crate) fn lines(&self) -> Lines<'_> {
        let index = self.index.get_or_init(|| lines::Index::of(&self.text));
        Lines::new(&self.text, index)
    }

    /// The places that no message shows, in order, as `find` finds them in the text.
    pub(crate) fn secrets(&self, find: fn(&str) -> Vec<Place>) -> &[Place] {
        self.secrets.get_or_init(|| find(&self.text))
    }

    fn as_file(&self) -> Option<&File> {
        match &self.origin {
            Origin::File(file) => Some(file),
            Origin::Inline(_) => None,
        }
    }

    /// Who reads it besides the check.
    pub(crate) fn reader(&self) -> Reader {
        self.as_file().map_or(Reader::Call, |file| file.reader)
    }

    /// The file's name as it is shown; none for a configuration that is written in the call.
    pub(crate) fn name(&self) -> Option<&str> {
        self.as_file().map(|file| &*file.name)
    }

    /// The argument of the call that is the configuration.
    pub(crate) fn argument(&self) -> &str {
        self.as_file().map_or("{ … }", |file| &file.written)
    }

    /// The files that the build depends on, with the length of each.
    pub(crate) fn files(&self) -> &[(PathBuf, usize)] {
        self.as_file().map_or(&[], |file| &file.files)
    }

    /// The environment variables that the build depends on.
    pub(crate) fn variables(&self) -> &[String] {
        self.as_file().map_or(&[], |file| &file.variables)
    }

    /// What is written in a place, for a message: the text, with expressions where it has something else.
    pub(crate) fn written(&self, place: Place) -> String {
        let tokens = match &self.origin {
            Origin::File(_) => &[],
            Origin::Inline(tokens) => tokens.as_slice(),
        };
        let first = tokens.partition_point(|token| token.place.start < place.start);
        let inside = tokens.iter().skip(first);
        let inside = inside.take_while(|token| token.place.end <= place.end);
        let part = |start: usize, end: usize| self.text.get(start..end).unwrap_or_default();
        let (mut written, mut rest) = (String::new(), place.start);
        for (token, expression) in inside.filter_map(|token| Some((token, token.written.as_ref()?)))
        {
            written.push_str(part(rest, token.place.start));
            written.push_str(expression);
            rest = token.place.end;
        }
        written.push_str(part(rest, place.end));
        written
    }

    /// The first and the last Rust token at a place of a configuration that is written in the call.
    pub(crate) fn tokens(&self, place: Place) -> Option<(Span, Span)> {
        let Origin::Inline(tokens) = &self.origin else {
            return None;
        };
        let token = |at: usize| {
            let after = tokens.partition_point(|token| token.place.start <= at);
            tokens.get(after.saturating_sub(1))
        };
        let last = token(place.end.saturating_sub(1).max(place.start))?;
        Some((token(place.start)?.first, last.last))
    }
}
