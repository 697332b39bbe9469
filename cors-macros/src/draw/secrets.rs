//! What of a configuration a message shows: more people read a build log than the file.
//!
//! Every browser is told what the settings say, and a key says what its value is for. Any other value
//! may be a secret, and so may be a user name and a password in an address.

mod find;
mod logins;
mod shown;

use std::borrow::Cow;

pub(super) use self::shown::Shown;
use super::short;
use crate::finding::{Finding, Help, Place};
use crate::rules;
use crate::source::Source;

/// The bytes of `\u00e9`.
const LONGEST_ESCAPE: usize = 6;

/// What may not be shown of a source by the message of one finding.
pub(super) struct Secrets<'a> {
    finding: &'a Finding,
    source: &'a Source,
    hidden: &'a [Place],
    /// Whether the finding is of the document as such, and not of what its values mean.
    of_document: bool,
    /// Up to where it is known what is a value.
    known: usize,
}

impl<'a> Secrets<'a> {
    pub(super) fn of(finding: &'a Finding, source: &'a Source) -> Self {
        Self {
            finding,
            source,
            hidden: source.secrets(find::find),
            of_document: rules::DOCUMENT.contains(&finding.rule),
            known: known(finding, source),
        }
    }

    /// A part of the source as it is shown.
    pub(super) fn part(&self, part: Place) -> Shown {
        let first = self
            .hidden
            .partition_point(|hidden| hidden.end <= part.start);
        let hidden = self.hidden.get(first..).unwrap_or_default().iter();
        let hidden = hidden.take_while(|hidden| hidden.start < part.end.min(self.known));
        let unknown = self.words(Place::new(part.start.max(self.known), part.end));
        let hidden = hidden.copied().chain(unknown);
        Shown::new(
            self.source.text(),
            part,
            hidden.flat_map(|hidden| self.around_labels(hidden)),
        )
    }

    /// All that is between the punctuation of a part.
    fn words(&self, part: Place) -> Vec<Place> {
        let is_between = |c: char| c.is_whitespace() || "{}[],:\"".contains(c);
        let text = self.source.text();
        let words = text.get(part.range()).unwrap_or_default().split(is_between);
        let words = words.filter(|word| !word.is_empty());
        words
            .map(|word| {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                Place::new(start, start + word.len())
            })
            .collect()
    }

    /// What stays hidden of a value beside what the finding is about.
    fn around_labels(&self, hidden: Place) -> Vec<Place> {
        let quoted = Place::new(hidden.start.saturating_sub(1), hidden.end + 1);
        let labels = || self.finding.at.iter().chain(&self.finding.also);
        // The checks are about names, paths and methods.
        if !self.of_document && labels().any(|label| label.place == quoted) {
            return Vec::new();
        }
        // The parser is about a character, or an escape.
        let is_inside = |place: &Place| {
            let len = place.end.saturating_sub(place.start);
            let inside = hidden.start <= place.start && place.end <= hidden.end;
            inside && len <= LONGEST_ESCAPE && len < hidden.end - hidden.start
        };
        let named = labels().map(|label| label.place).find(is_inside);
        match named.filter(|place| self.of_document && place.start < place.end) {
            Some(Place { start, end }) => {
                vec![Place::new(hidden.start, start), Place::new(end, hidden.end)]
            }
            None => vec![hidden],
        }
    }

    /// The text of a part as it is shown. What is written in the call is not hidden: the compiler shows
    /// it, too.
    pub(super) fn shown(&self, part: Place) -> String {
        if self.source.name().is_some() {
            self.part(part).text
        } else {
            self.source.written(part)
        }
    }

    /// The title. One that quotes a place of the finding quotes what is shown of it.
    pub(super) fn title(&self) -> String {
        let mut title = self.finding.title();
        for place in self.places().filter(|_| self.of_document) {
            let written = self.source.text().get(place.range());
            let written = format!("`{}`", written.unwrap_or_default());
            if title.contains(&written) {
                title = title.replace(&written, &format!("`{}`", self.shown(place)));
            }
        }
        short(&without_logins(&title)).into_owned()
    }

    /// The places that the finding is about.
    fn places(&self) -> impl Iterator<Item = Place> {
        let labels = self.finding.at.iter().chain(&self.finding.also);
        let written = match &self.finding.help {
            Help::Write(place, _) => Some(*place),
            _ => None,
        };
        labels.map(|label| label.place).chain(written)
    }

    /// What is written in a place of the document, as it is shown.
    pub(super) fn literal<'t>(&self, place: Place, text: &'t str) -> Cow<'t, str> {
        if !self.of_document || self.part(place).is_whole() {
            return text.into();
        }
        // What is in a list is a value.
        let list = format!("[{text}");
        let hidden = find::find(&list);
        let part = Place::new(1, list.len());
        Shown::new(&list, part, hidden.into_iter()).text.into()
    }
}

/// Up to where it is known what is a value. On a line with a quotation mark too few or too many, what is
/// inside and what is outside changes places behind the mistake.
fn known(finding: &Finding, source: &Source) -> usize {
    let is_of_syntax = rules::SYNTAX.contains(&finding.rule);
    let Some(label) = finding.at.first().filter(|_| is_of_syntax) else {
        return usize::MAX;
    };
    let lines = source.lines();
    let line = lines.line(label.place.start);
    let line = source.text().get(lines.bytes((line, line)).range());
    let mut is_escaped = false;
    let is_mark = |byte: &u8| {
        let is_mark = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_mark
    };
    let marks = line.unwrap_or_default().bytes().filter(is_mark).count();
    match marks % 2 {
        0 => usize::MAX,
        // Of a comment only the beginning is known.
        _ if *finding.rule == rules::COMMENT => label.place.start,
        _ => label.place.end,
    }
}

/// A text with `…` for the user names and passwords of addresses.
pub(super) fn without_logins(text: &str) -> Cow<'_, str> {
    let logins = logins::logins(text);
    if logins.is_empty() {
        return text.into();
    }
    let whole = Place::new(0, text.len());
    Shown::new(text, whole, logins.into_iter()).text.into()
}
