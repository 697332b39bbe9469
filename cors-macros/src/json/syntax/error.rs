//! Where a text stops being JSON, and what is around that place.

use serde_json::value::RawValue;

use super::reader::{self, Read, Why};
use crate::finding::Place;

/// Where and why a text stops being JSON.
pub(super) struct SyntaxError<'t> {
    pub(super) text: &'t str,
    /// The first character that is wrong; of an escape, its backslash.
    pub(super) at: usize,
    pub(super) why: Why,
    pub(super) read: Read,
}

/// A place and what to write there.
pub(super) type Edit = (Place, String);

impl<'t> SyntaxError<'t> {
    /// None if the text is JSON.
    pub(super) fn find(text: &'t str) -> Option<Self> {
        let read = reader::read(text);
        let (at, why) = read.mistake?;
        Some(Self {
            text,
            at,
            why,
            read,
        })
    }

    pub(super) fn is_in_string(&self) -> bool {
        matches!(self.why, Why::Escape | Why::Control | Why::EndOfString)
    }

    /// The character that is wrong.
    pub(super) fn found(&self) -> Option<char> {
        self.after().chars().next()
    }

    pub(super) fn after(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// The place of the character, or of the end.
    pub(super) fn place(&self) -> Place {
        let len = self.found().map_or(0, char::len_utf8);
        Place::new(self.at, self.at + len)
    }

    /// The bracket that is open here, and the one that closes it.
    pub(super) fn open(&self) -> Option<(Place, char, char)> {
        let at = *self.read.open.last()?;
        let place = Place::new(at, at + 1);
        match self.text.as_bytes().get(at)? {
            b'{' => Some((place, '{', '}')),
            _ => Some((place, '[', ']')),
        }
    }

    /// The last string before this, with its quotation marks.
    pub(super) fn string(&self) -> Option<(Place, &'t str)> {
        let place = self.read.string?;
        Some((place, self.text.get(place.range())?))
    }

    /// The first of some edits after which the text is JSON.
    ///
    /// If several edits can fix a slip, this tells which of them the rest of the text
    /// bears out.
    pub(super) fn fixed_by(
        &self,
        edits: impl IntoIterator<Item = (Place, String)>,
    ) -> Option<Edit> {
        edits.into_iter().find(|(place, with)| {
            let mut text = self.text.to_owned();
            text.replace_range(place.range(), with);
            serde_json::from_str::<&RawValue>(&text).is_ok()
        })
    }
}
