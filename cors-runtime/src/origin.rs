//! Whether an origin is allowed.

use http::HeaderValue;

use crate::bytes::{SHORT, same};
use crate::parts::{Listed, Origins, Table};
use crate::pattern::any_matches;

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

impl Origins {
    /// The value that every answer carries, where it is always the same.
    #[inline(always)]
    pub(crate) fn constant(&self) -> Option<&'static HeaderValue> {
        match self {
            Self::Constant { value, .. } => Some(value),
            Self::Few(_) | Self::Many(_) => None,
        }
    }

    /// Whether an origin may read answers; if not, which one they name all the same.
    #[inline(always)]
    pub(crate) fn allow<'r>(
        &self,
        origin: &'r HeaderValue,
    ) -> Result<Allowed<'r>, Option<Allowed<'static>>> {
        match self {
            Self::Constant { value, any } => {
                match *any || same(value.as_bytes(), origin.as_bytes()) {
                    true => Ok(Allowed::Ready(value)),
                    false => Err(Some(Allowed::Ready(value))),
                }
            }
            Self::Few(listed) => listed.allow(origin).ok_or(None),
            Self::Many(listed) => match listed.contains(origin.as_bytes()) {
                true => Ok(Allowed::Asked(origin)),
                false => Err(None),
            },
        }
    }
}

impl Listed<&'static [HeaderValue]> {
    #[inline(always)]
    fn allow<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        let text = origin.as_bytes();
        if text.len() > SHORT {
            return self.allow_long(origin);
        }
        for listed in self.exact {
            if same(listed.as_bytes(), text) {
                return Some(Allowed::Ready(listed));
            }
        }
        any_matches(self.patterns, text).then_some(Allowed::Asked(origin))
    }

    #[cold]
    #[inline(never)]
    fn allow_long<'r>(&self, origin: &'r HeaderValue) -> Option<Allowed<'r>> {
        match self.exact.iter().find(|listed| *listed == origin) {
            Some(listed) => Some(Allowed::Ready(listed)),
            None => any_matches(self.patterns, origin.as_bytes()).then_some(Allowed::Asked(origin)),
        }
    }
}

impl Listed<Table> {
    #[inline(always)]
    fn contains(&self, origin: &[u8]) -> bool {
        match self.exact.hash(origin) {
            Some(hash) if origin.len() <= SHORT => {
                self.exact.contains(origin, hash) || any_matches(self.patterns, origin)
            }
            _ => self.contains_rare(origin),
        }
    }

    #[cold]
    #[inline(never)]
    fn contains_rare(&self, origin: &[u8]) -> bool {
        self.exact.contains_any(origin) || any_matches(self.patterns, origin)
    }
}
