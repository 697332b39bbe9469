//! One entry of `allow_methods`: a method, or what was meant for one.

use std::ops::Range;

use super::super::placeholder;
use super::super::token::{first_non_token, is_stray, means_every};
use crate::spelling::within;

/// The methods that KrakenD's schema knows.
const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// What an entry is.
pub(super) enum Entry {
    /// A method that KrakenD's schema knows, but not OPTIONS.
    Known(&'static str),
    Options,
    /// Any other method, as it is written.
    Unusual(String),
    Forbidden(String),
    /// A usual method in another case.
    Case(&'static str),
    /// One edit away from a usual method.
    Misspelt(&'static str),
    /// A word for every method.
    Every,
    Placeholder(Range<usize>),
    /// Not one token, or one with signs around it; what is between the signs.
    Malformed(Vec<String>),
}

impl Entry {
    pub(super) fn of(method: &str) -> Self {
        if let Some(at) = placeholder::find(method) {
            return Self::Placeholder(at);
        }
        if means_every(method, "METHOD") {
            return Self::Every;
        }
        let upper = method.to_ascii_uppercase();
        if let Some(known) = KNOWN.into_iter().find(|known| *known == upper) {
            return match (method == upper, known) {
                (false, _) => Self::Case(known),
                (true, "OPTIONS") => Self::Options,
                (true, _) => Self::Known(known),
            };
        }
        if matches!(upper.as_str(), "CONNECT" | "TRACE" | "TRACK") {
            return Self::Forbidden(method.to_owned());
        }
        let parts = parts(&upper);
        let known = |part: &String| KNOWN.contains(&part.as_str());
        let has_signs = parts.len() != 1 || parts[0] != upper;
        if first_non_token(method).is_some()
            || is_stray(method)
            || (has_signs && parts.iter().all(known))
        {
            return Self::Malformed(parts);
        }
        match misspelt(&upper) {
            Some(meant) => Self::Misspelt(meant),
            None => Self::Unusual(method.to_owned()),
        }
    }

    /// The method of an entry that can stay as it is.
    pub(super) fn as_it_is(&self) -> Option<String> {
        match self {
            Self::Known(method) => Some((*method).to_owned()),
            Self::Options => Some("OPTIONS".to_owned()),
            Self::Unusual(method) | Self::Forbidden(method) => Some(method.clone()),
            _ => None,
        }
    }

    /// Whether the list has an entry in its place after every correction.
    pub(super) fn can_stay(&self) -> bool {
        match self {
            Self::Options | Self::Forbidden(_) | Self::Placeholder(_) => false,
            Self::Malformed(parts) => !parts.is_empty(),
            _ => true,
        }
    }
}

/// What is between the signs of a text.
fn parts(upper: &str) -> Vec<String> {
    let is_sign = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
    let parts: Vec<&str> = upper
        .split(is_sign)
        .filter(|part| !part.is_empty())
        .collect();
    let joined = parts.concat();
    if KNOWN.contains(&&*joined) {
        vec![joined]
    } else {
        parts.into_iter().map(str::to_owned).collect()
    }
}

/// The usual method that is at most one edit away: rather one that is as long.
pub(super) fn misspelt(upper: &str) -> Option<&'static str> {
    let near = KNOWN.into_iter().filter(|known| within(1, upper, known));
    near.min_by_key(|known| known.len().abs_diff(upper.len()))
}
