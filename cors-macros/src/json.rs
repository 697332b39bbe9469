//! JSON in which every key and value knows its place.
//!
//! `serde_json` does the reading: a `RawValue` borrows its part of the text, so its place is
//! the distance between two pointers. Only the levels that somebody asks for are taken apart.

mod document;
mod outline;
mod parse;
mod syntax;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde_json::value::RawValue;

pub(crate) use self::document::Document;
pub(crate) use self::outline::{Outline, Part};
pub(crate) use self::parse::{Parsed, parse};

use self::document::Members;
use crate::finding::Place;

/// One value of a document.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    document: &'a str,
    raw: &'a str,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    List,
    String,
    Number,
    Boolean,
    Null,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "`true` or `false`",
            Self::Null => "`null`",
        })
    }
}

/// A key and its value.
#[derive(Clone)]
pub(crate) struct Member<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) value: Value<'a>,
}

/// The members of an object, in order.
pub(crate) type Object<'a> = Vec<Member<'a>>;

/// The member of a name as Go finds it: in any case, and the last one counts.
pub(crate) fn get<'m, 'a>(members: &'m [Member<'a>], name: &str) -> Option<&'m Member<'a>> {
    position(members, name).and_then(|nth| members.get(nth))
}

fn position(members: &[Member<'_>], name: &str) -> Option<usize> {
    let mut members = members.iter();
    members.rposition(|member| member.key.as_str().eq_ignore_ascii_case(name))
}

impl<'a> Value<'a> {
    pub(crate) fn kind(&self) -> Kind {
        match self.raw.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    pub(crate) fn place(&self) -> Place {
        let start = self.raw.as_ptr() as usize - self.document.as_ptr() as usize;
        Place::new(start, start + self.raw.len())
    }

    /// The text of the value, as it is written in the document.
    pub(crate) fn raw(&self) -> &'a str {
        self.raw
    }

    fn child(&self, raw: &'a str) -> Self {
        Self {
            document: self.document,
            raw,
        }
    }

    /// The members of an object, in order; none of anything else.
    pub(crate) fn members(&self) -> Object<'a> {
        match self.kind() {
            // The whole document was read once, so this does not fail.
            Kind::Object => self.placed(serde_json::from_str(self.raw).unwrap_or_default()),
            _ => Vec::new(),
        }
    }

    /// The elements of a list, in order; none of anything else.
    pub(crate) fn items(&self) -> Vec<Self> {
        let items: Vec<&RawValue> = serde_json::from_str(self.raw).unwrap_or_default();
        items
            .into_iter()
            .map(|item| self.child(item.get()))
            .collect()
    }

    /// The members of each object of a list, in order; an element that is none has no members.
    pub(crate) fn objects(&self) -> Vec<Object<'a>> {
        let objects: Vec<Members<'a>> = serde_json::from_str(self.raw).unwrap_or_default();
        objects
            .into_iter()
            .map(|members| self.placed(members))
            .collect()
    }

    fn placed(&self, Members(members): Members<'a>) -> Object<'a> {
        let members = members.into_iter();
        members
            .map(|(key, value)| self.member(key.get(), value.get()))
            .collect()
    }

    fn member(&self, key: &'a str, value: &'a str) -> Member<'a> {
        Member {
            key: Text::new(self.child(key)),
            value: self.child(value),
        }
    }

    /// A string's text; `None` for anything else.
    pub(crate) fn text(&self) -> Option<Text<'a>> {
        (self.kind() == Kind::String).then(|| Text::new(*self))
    }
}

/// A string of the document, decoded, with the place of each of its parts.
#[derive(Clone)]
pub(crate) struct Text<'a> {
    value: Value<'a>,
    decoded: Cow<'a, str>,
}

impl<'a> Text<'a> {
    fn new(value: Value<'a>) -> Self {
        let inner = value
            .raw
            .get(1..value.raw.len().saturating_sub(1))
            .unwrap_or_default();
        let decoded = if inner.contains('\\') {
            // Half a surrogate pair is all that `serde_json` can refuse here; Go reads U+FFFD.
            Cow::Owned(serde_json::from_str(value.raw).unwrap_or_else(|_| decode_lossy(inner)))
        } else {
            Cow::Borrowed(inner)
        };
        Self { value, decoded }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.decoded
    }

    /// The place with its quotation marks.
    pub(crate) fn place(&self) -> Place {
        self.value.place()
    }

    /// The place between the quotation marks.
    pub(crate) fn inside(&self) -> Place {
        let Place { start, end } = self.place();
        Place::new(start + 1, end - 1)
    }

    /// The place of some bytes of the decoded text.
    pub(crate) fn part(&self, part: Range<usize>) -> Place {
        let start = self.inside().start;
        if matches!(self.decoded, Cow::Borrowed(_)) {
            return Place::new(start + part.start, start + part.end);
        }
        let inner = &self.value.raw[1..];
        let place = |decoded: usize| start + raw_offset(inner, decoded);
        Place::new(place(part.start), place(part.end))
    }
}

/// The length of the escape or character at the start of `raw`, and what it means.
fn unit(raw: &str) -> Option<(usize, char)> {
    let mut chars = raw.chars();
    let first = chars.next()?;
    if first != '\\' {
        return Some((first.len_utf8(), first));
    }
    let escape = chars.next()?;
    if escape != 'u' {
        let meaning = match escape {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            other => other,
        };
        return Some((1 + escape.len_utf8(), meaning));
    }
    let hex = |at: usize| {
        raw.get(at..at + 4)
            .and_then(|digits| u16::from_str_radix(digits, 16).ok())
    };
    let high = hex(2)?;
    let pair = match (raw.get(6..8), hex(8)) {
        (Some("\\u"), Some(low)) => char::decode_utf16([high, low]).next()?.ok(),
        _ => None,
    };
    match (char::from_u32(u32::from(high)), pair) {
        (Some(single), _) => Some((6, single)),
        (None, Some(pair)) => Some((12, pair)),
        (None, None) => Some((6, char::REPLACEMENT_CHARACTER)),
    }
}

fn raw_offset(inner: &str, decoded: usize) -> usize {
    let (mut raw, mut read) = (0, 0);
    while read < decoded {
        let Some((len, meaning)) = inner.get(raw..).and_then(unit) else {
            break;
        };
        raw += len;
        read += meaning.len_utf8();
    }
    raw
}

fn decode_lossy(inner: &str) -> String {
    let mut decoded = String::new();
    let mut rest = inner;
    while let Some((len, meaning)) = unit(rest) {
        decoded.push(meaning);
        rest = rest.get(len..).unwrap_or_default();
    }
    decoded
}
