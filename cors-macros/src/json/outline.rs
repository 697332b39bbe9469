//! What is certain of a template before anything has filled it: which members an object has that no
//! action can change.
//!
//! An action where a value is expected is taken for one value, as `marshal` writes it. An action where
//! a member is expected may be any members, so nothing is certain that such a member could replace:
//! of equal keys the last counts.

mod tokens;

use serde_json::value::RawValue;

use self::tokens::{Kind, Token};
use super::{Document, Member, Object, Text, Value};
use crate::finding::Place;

/// A template of Go that writes JSON.
pub(crate) struct Outline<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

/// Some tokens of a template that are next to each other.
#[derive(Clone, Copy)]
pub(crate) struct Part<'o, 'a> {
    text: &'a str,
    tokens: &'o [Token],
}

/// The members of an object, or what is written in their place.
pub(crate) struct Members<'o, 'a>(Vec<Segment<'o, 'a>>);

/// What is between two commas.
enum Segment<'o, 'a> {
    Member {
        key: Text<'a>,
        value: Part<'o, 'a>,
        is_conditional: bool,
    },
    /// It may be any members.
    Unknown,
}

impl<'a> Outline<'a> {
    /// `None` if it is not certain which bracket belongs to which.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let tokens = tokens::tokens(text)?;
        Some(Self { text, tokens })
    }

    /// Members that are certain, as a document.
    pub(crate) fn part(&self, members: Object<'a>) -> Document<'a> {
        Document::part(self.text, members)
    }

    /// The members of the object that the template writes, or of the part of one.
    pub(crate) fn members(&self) -> Option<Members<'_, 'a>> {
        let whole = Part {
            text: self.text,
            tokens: &self.tokens,
        };
        let first = self.tokens.first()?;
        match first.kind {
            Kind::Punctuation(b'{') => whole.members(),
            _ => Some(whole.segments()),
        }
    }
}

impl<'o, 'a> Part<'o, 'a> {
    /// The members of an object; `None` if it is not certain that this is one.
    pub(crate) fn members(self) -> Option<Members<'o, 'a>> {
        let [open, inside @ .., close] = self.tokens else {
            return None;
        };
        let is_bracket = |token: &Token, bracket| {
            token.kind == Kind::Punctuation(bracket) && !token.is_conditional
        };
        let mut depth = 0_usize;
        for token in inside {
            match token.kind {
                Kind::Punctuation(b'{' | b'[') => depth += 1,
                // The first bracket is closed before the end: there is something behind it.
                Kind::Punctuation(b'}' | b']') => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        let inside = Self {
            tokens: inside,
            ..self
        };
        (is_bracket(open, b'{') && is_bracket(close, b'}')).then(|| inside.segments())
    }

    fn segments(self) -> Members<'o, 'a> {
        let mut depth = 0_usize;
        let segments = self.tokens.split(|token| {
            match token.kind {
                Kind::Punctuation(b'{' | b'[') => depth += 1,
                Kind::Punctuation(b'}' | b']') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.kind == Kind::Punctuation(b',')
        });
        let text = self.text;
        let mut members = Vec::new();
        for mut tokens in segments {
            // What is included in front of a member may end with a comma of its own.
            while let [first, rest @ ..] = tokens
                && first.kind == Kind::Output
            {
                members.push(Segment::Unknown);
                tokens = rest;
            }
            if !tokens.is_empty() {
                members.push(segment(text, tokens));
            }
        }
        Members(members)
    }

    /// The value, if it is JSON without anything to be filled.
    pub(crate) fn constant(self) -> Option<Value<'a>> {
        let raw = self.text.get(self.place()?.range())?;
        let document = self.text;
        let value: &RawValue = serde_json::from_str(raw).ok()?;
        // An action in a string does not keep it from being JSON.
        (!raw.contains("{{")).then(|| Value {
            document,
            raw: value.get(),
        })
    }

    /// The first action in it.
    pub(crate) fn first_action(self) -> Option<Place> {
        let place = self.place()?;
        let at = place.start + self.text.get(place.range())?.find("{{")?;
        Some(Place::new(at, at + 2))
    }

    fn place(self) -> Option<Place> {
        let (first, last) = (self.tokens.first()?, self.tokens.last()?);
        Some(Place::new(first.place.start, last.place.end))
    }
}

/// A key with its value; anything else may be any members.
fn segment<'o, 'a>(text: &'a str, tokens: &'o [Token]) -> Segment<'o, 'a> {
    let [key, colon, value @ ..] = tokens else {
        return Segment::Unknown;
    };
    let has_key =
        key.kind == Kind::String { has_action: false } && colon.kind == Kind::Punctuation(b':');
    let has_value = match value {
        [] => false,
        [_] => true,
        // Behind a value, an action may write a comma and more members.
        [.., last] => last.kind != Kind::Output,
    };
    if !has_key || !has_value {
        return Segment::Unknown;
    }
    let raw = text.get(key.place.range()).unwrap_or_default();
    Segment::Member {
        key: Text::new(Value {
            document: text,
            raw,
        }),
        value: Part {
            text,
            tokens: value,
        },
        is_conditional: key.is_conditional,
    }
}

impl<'o, 'a> Members<'o, 'a> {
    /// The members that have no actions in them.
    pub(crate) fn constants(&self) -> Object<'a> {
        let constants = self.0.iter().filter_map(|segment| match segment {
            Segment::Member { key, value, .. } => Some(Member {
                key: key.clone(),
                value: value.constant()?,
            }),
            Segment::Unknown => None,
        });
        constants.collect()
    }

    /// Whether every member is known, so that none is written by an action.
    pub(crate) fn are_all_known(&self) -> bool {
        let is_known = |segment: &Segment<'_, '_>| matches!(segment, Segment::Member { .. });
        self.0.iter().all(is_known)
    }

    /// The names of the members that are known.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Member { key, .. } => Some(key.as_str()),
            Segment::Unknown => None,
        })
    }

    /// The member of a name, if it is certain that it is there, and that no other replaces it.
    pub(crate) fn get(&self, name: &str) -> Option<(&Text<'a>, Part<'o, 'a>)> {
        let is_it = |segment: &&Segment<'_, '_>| match segment {
            Segment::Member { key, .. } => key.as_str().eq_ignore_ascii_case(name),
            Segment::Unknown => false,
        };
        let nth = self.0.iter().position(|segment| is_it(&segment))?;
        let after = self.0.get(nth + 1..).unwrap_or_default();
        let is_replaced = after
            .iter()
            .any(|segment| is_it(&segment) || matches!(segment, Segment::Unknown));
        match self.0.get(nth)? {
            Segment::Member {
                key,
                value,
                is_conditional: false,
            } if key.as_str() == name && !is_replaced => Some((key, *value)),
            _ => None,
        }
    }
}
