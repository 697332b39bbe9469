//! Whether an origin is allowed.

use http::HeaderValue;

use crate::bytes::{SHORT, same};
use crate::parts::{Group, Listed, Origins, Table};
use crate::pattern::{LONGEST, any_matches};

/// An origin that is allowed, and where its header comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Allowed<'r> {
    /// A value that the macro made.
    Ready(&'static HeaderValue),
    /// The request's own line, where there are too many origins to have values ready for all.
    Asked(&'r HeaderValue),
}

impl<'r> Allowed<'r> {
    /// The value of `Access-Control-Allow-Origin`.
    #[inline]
    pub(crate) fn value(self) -> &'r HeaderValue {
        match self {
            Self::Ready(value) => value,
            Self::Asked(line) => line,
        }
    }
}

/// `Access-Control-Allow-Origin: *`.
pub(crate) static STAR: HeaderValue = HeaderValue::from_static("*");

impl Origins {
    /// The value that every answer carries, where it is always the same.
    #[inline]
    pub(crate) fn constant(&self) -> Option<&'static HeaderValue> {
        match self {
            Self::Any => Some(&STAR),
            Self::One(value) => Some(value),
            Self::Few(_) | Self::Many(_) => None,
        }
    }

    /// Whether an origin may read answers.
    #[inline(always)]
    pub(crate) fn allow<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        match self {
            Self::Any => Some(Allowed::Ready(&STAR)),
            Self::One(value) => {
                let allowed = same(value.as_bytes(), origin.as_bytes());
                allowed.then_some(Allowed::Ready(value))
            }
            Self::Few(listed) => listed.allow(origin),
            Self::Many(listed) => listed.allow(origin),
        }
    }
}

// Searches are no part of their callers, whose own paths are short and need the registers. They call
// nothing but in the end, so they need none to be saved themselves.

impl Listed<&'static [HeaderValue]> {
    #[inline(never)]
    fn allow<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        if origin.len() > SHORT {
            return self.allow_long(origin);
        }
        for listed in self.exact {
            if same(listed.as_bytes(), origin.as_bytes()) {
                return Some(Allowed::Ready(listed));
            }
        }
        by_pattern(self.patterns, origin)
    }

    #[cold]
    #[inline(never)]
    fn allow_long<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        if self.is_too_long(origin) {
            return None;
        }
        match self.exact.iter().find(|listed| *listed == origin) {
            Some(listed) => Some(Allowed::Ready(listed)),
            None => by_pattern(self.patterns, origin),
        }
    }
}

impl Listed<Table> {
    #[inline(never)]
    fn allow<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        let text = origin.as_bytes();
        let window = match self.exact.window(text) {
            Some(window) if text.len() <= SHORT => window,
            _ => return self.allow_rare(origin),
        };
        match self.exact.contains(text, window) {
            true => Some(Allowed::Asked(origin)),
            false => by_pattern(self.patterns, origin),
        }
    }

    #[cold]
    #[inline(never)]
    fn allow_rare<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        if self.is_too_long(origin) {
            return None;
        }
        match self.exact.contains_any(origin.as_bytes()) {
            true => Some(Allowed::Asked(origin)),
            false => by_pattern(self.patterns, origin),
        }
    }
}

impl<E> Listed<E> {
    /// Whether an origin is longer than all that are listed, and than any that a pattern matches.
    fn is_too_long(&self, origin: &HeaderValue) -> bool {
        origin.len() > LONGEST.max(self.longest as usize)
    }
}

#[inline]
fn by_pattern<'r>(groups: &[Group], origin: &'r HeaderValue) -> Option<Allowed<'r>> {
    any_matches(groups, origin.as_bytes()).then_some(Allowed::Asked(origin))
}
