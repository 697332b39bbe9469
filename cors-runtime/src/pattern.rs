//! Whether an origin matches a pattern.

use crate::bytes::{strip_end, strip_start};
use crate::parts::{Group, Pattern, Reach};
use crate::slots::{FOLD, fold};

/// No longer origin matches a pattern. A host has at most 253 bytes in DNS, and schemes are short;
/// the URL Standard sets no bound, but no page was ever loaded from beyond it.
pub(crate) const LONGEST: usize = 512;

/// Whether one of the patterns matches. Most origins end otherwise than any, which is told without
/// a call.
#[inline]
pub(crate) fn any_matches(groups: &[Group], origin: &[u8]) -> bool {
    let end = tail(origin);
    let first = groups.iter().position(|group| group.may_match(end));
    let groups = first.and_then(|first| groups.get(first..));
    groups.is_some_and(|groups| one_matches(groups, end, origin))
}

#[inline(never)]
fn one_matches(groups: &[Group], end: u64, origin: &[u8]) -> bool {
    origin.len() <= LONGEST
        && groups
            .iter()
            .any(|group| group.may_match(end) && group.matches(origin))
}

impl Group {
    /// Whether there may be a pattern for origins with this tail.
    #[inline]
    fn may_match(&self, end: u64) -> bool {
        let (word, mask) = self.tail;
        end & mask == word
    }

    #[inline]
    fn matches(&self, origin: &[u8]) -> bool {
        let candidates = match self.patterns {
            [_] => self.patterns,
            _ => self.candidates(origin).unwrap_or_default(),
        };
        candidates.iter().any(|pattern| pattern.matches(origin))
    }

    /// The patterns that go on before the end of the group as the origin does, if there are such.
    #[inline]
    fn candidates(&self, origin: &[u8]) -> Option<&[Pattern]> {
        let start = origin.get(..origin.len().checked_sub(self.end as usize)?)?;
        let hash = fold(self.slots.seed ^ (tail(start) & self.mask), FOLD);
        let (first, count) = self.slots.get(hash)?;
        self.patterns.get(first as usize..)?.get(..count as usize)
    }
}

/// The last eight bytes, those of a shorter text at the upper end.
#[inline]
fn tail(text: &[u8]) -> u64 {
    match text.last_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => tail_of_short(text),
    }
}

#[cold]
fn tail_of_short(text: &[u8]) -> u64 {
    text.iter()
        .fold(0, |word, byte| (word >> 8) | (u64::from(*byte) << 56))
}

impl Pattern {
    /// KrakenD asks for the prefix and the suffix alone, and so lets
    /// `https://evil.test/.example.com` pass as `https://*.example.com`. Here the `*` stands for
    /// bytes that can be there in the serialisation of an origin.
    #[inline(always)]
    fn matches(&self, origin: &[u8]) -> bool {
        let rest = strip_start(origin, self.prefix);
        let Some((rest, star)) = rest.and_then(|rest| Some((rest, strip_end(rest, self.suffix)?)))
        else {
            return false;
        };
        match self.reach {
            Reach::Host => is_usual(rest, star.len()) || star.iter().all(|byte| is_host(*byte)),
            Reach::Port => self.matches_port(origin),
            Reach::Across => is_origin(origin),
        }
    }

    #[cold]
    fn matches_port(&self, origin: &[u8]) -> bool {
        let colon = self.prefix.bytes().rposition(|byte| byte == b':');
        colon
            .and_then(|colon| origin.get(colon + 1..))
            .is_some_and(is_port)
    }
}

/// Whether the first bytes of a text are what most hosts consist of. It looks at sixteen at a time,
/// and so may look at more of them, and say no for their sake.
#[inline]
fn is_usual(text: &[u8], len: usize) -> bool {
    let chunks = text.as_chunks::<16>().0;
    let chunks = chunks.get(..len.div_ceil(16));
    chunks.is_some_and(|chunks| {
        chunks.iter().all(|chunk| {
            chunk.iter().fold(true, |usual, byte| {
                usual & matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')
            })
        })
    })
}

/// Whether a text has the shape of a tuple origin's serialisation: `scheme://host[:port]`.
#[inline(never)]
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
