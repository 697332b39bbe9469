//! Whether an origin is allowed.

use http::HeaderValue;

use crate::bytes::{same, strip_end, strip_start};
use crate::parts::{Group, Origins, Pattern, Reach};

/// No longer origin matches a pattern. A host has at most 253 bytes in DNS, and schemes are short;
/// the URL Standard sets no bound, but no page was ever loaded from beyond it.
pub(crate) const LONGEST: usize = 512;

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

    /// The same, for longer than the request.
    #[inline]
    pub(crate) fn keep(self) -> AllowOrigin {
        match self {
            Self::Ready(value) => AllowOrigin::Ready(value),
            // A server's header values share one buffer, so this copies nothing.
            Self::Asked(line) => AllowOrigin::Asked(line.clone()),
        }
    }
}

/// An origin that is allowed, kept until the answer is written.
#[derive(Clone, Debug)]
pub(crate) enum AllowOrigin {
    Ready(&'static HeaderValue),
    Asked(HeaderValue),
}

impl AllowOrigin {
    #[inline]
    pub(crate) fn borrow(&self) -> Allowed<'_> {
        match self {
            Self::Ready(value) => Allowed::Ready(value),
            Self::Asked(value) => Allowed::Asked(value),
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
            Self::Few { .. } | Self::Many { .. } => None,
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
            Self::Few { origins, patterns } => {
                for listed in *origins {
                    if same(listed.as_bytes(), origin.as_bytes()) {
                        return Some(Allowed::Ready(listed));
                    }
                }
                match_any(patterns, origin)
            }
            Self::Many { origins, patterns } => match origins.contains(origin.as_bytes()) {
                true => Some(Allowed::Asked(origin)),
                false => match_any(patterns, origin),
            },
        }
    }
}

#[inline]
fn match_any<'r>(groups: &[Group], origin: &'r HeaderValue) -> Option<Allowed<'r>> {
    match groups {
        [] => None,
        _ => match_group(groups, origin),
    }
}

/// No part of its callers, whose own paths are short and need the registers.
#[inline(never)]
fn match_group<'r>(groups: &[Group], origin: &'r HeaderValue) -> Option<Allowed<'r>> {
    let text = origin.as_bytes();
    if text.len() > LONGEST {
        return None;
    }
    let end = tail(text);
    let matches = groups
        .iter()
        .any(|group| end & group.tail.1 == group.tail.0 && group.matches(text));
    matches.then_some(Allowed::Asked(origin))
}

impl Group {
    fn matches(&self, origin: &[u8]) -> bool {
        let Some(start) = strip_end(origin, self.end) else {
            return false;
        };
        let before = tail(start) & self.mask;
        let first = self
            .patterns
            .partition_point(|pattern| pattern.before < before);
        self.patterns
            .iter()
            .skip(first)
            .take_while(|pattern| pattern.before == before)
            .any(|pattern| pattern.matches(origin, start))
    }
}

/// The last eight bytes, those of a shorter text at the upper end.
fn tail(text: &[u8]) -> u64 {
    match text.last_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => text
            .iter()
            .fold(0, |word, byte| (word >> 8) | (u64::from(*byte) << 56)),
    }
}

impl Pattern {
    /// KrakenD asks for the prefix and the suffix alone, and so lets
    /// `https://evil.test/.example.com` pass as `https://*.example.com`. Here the `*` stands for
    /// bytes that can be there in the serialisation of an origin.
    ///
    /// `start` is the origin without the end of the group.
    fn matches(&self, origin: &[u8], start: &[u8]) -> bool {
        let rest = strip_end(start, self.suffix);
        let Some(star) = rest.and_then(|rest| strip_start(rest, self.prefix)) else {
            return false;
        };
        match self.reach {
            Reach::Host => star.iter().all(|byte| is_host(*byte)),
            Reach::Port => {
                let colon = self.prefix.bytes().rposition(|byte| byte == b':');
                colon
                    .and_then(|colon| origin.get(colon + 1..))
                    .is_some_and(is_port)
            }
            Reach::Across => is_origin(origin),
        }
    }
}

/// Whether a text has the shape of a tuple origin's serialisation: `scheme://host[:port]`.
fn is_origin(text: &[u8]) -> bool {
    let Some(colon) = text.iter().position(|byte| *byte == b':') else {
        return false;
    };
    let (scheme, rest) = text.split_at(colon);
    let is_scheme = scheme.first().is_some_and(u8::is_ascii_lowercase)
        && scheme.iter().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(byte)
        });
    let Some(authority) = rest.strip_prefix(b"://").filter(|_| is_scheme) else {
        return false;
    };
    let (host, rest) = match authority.strip_prefix(b"[") {
        Some(address) => match address.iter().position(|byte| *byte == b']') {
            Some(end) => (&address[..end], &address[end + 1..]),
            None => return false,
        },
        None => match authority.iter().position(|byte| *byte == b':') {
            Some(end) => authority.split_at(end),
            None => (authority, &[][..]),
        },
    };
    let is_address = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':');
    let host_is_sound = match authority.first() {
        Some(b'[') => host.iter().all(is_address),
        _ => host.iter().all(|byte| is_host(*byte)),
    };
    let port_is_sound = match rest.strip_prefix(b":") {
        Some(port) => is_port(port),
        None => rest.is_empty(),
    };
    !host.is_empty() && host_is_sound && port_is_sound
}

/// Whether a byte can stand in the host of an origin: no forbidden domain code point of the URL
/// Standard, and nothing in upper case.
const fn is_host(byte: u8) -> bool {
    const HOST: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0x21;
        while byte < 0x7F {
            table[byte as usize] = !matches!(
                byte,
                b'#' | b'%'
                    | b'/'
                    | b':'
                    | b'<'
                    | b'>'
                    | b'?'
                    | b'@'
                    | b'['
                    | b'\\'
                    | b']'
                    | b'^'
                    | b'|'
                    | b'A'..=b'Z'
            );
            byte += 1;
        }
        table
    };
    HOST[byte as usize]
}

/// Whether a text is a port as browsers write it: 1 to 65535, without leading zeros.
fn is_port(text: &[u8]) -> bool {
    let [b'1'..=b'9', ..] = text else {
        return false;
    };
    // Five digits fit easily; more are no port.
    text.len() <= 5
        && text.iter().all(u8::is_ascii_digit)
        && text
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
            <= 65_535
}
