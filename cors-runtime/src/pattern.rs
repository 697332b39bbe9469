//! Whether an origin matches a pattern.

use crate::bytes::{SHORT, strip_end, strip_start};
use crate::parts::{Group, Pattern, Reach};
use crate::slots::{FOLD, fold};

/// No longer origin matches a pattern. A host has at most 253 bytes in DNS, and schemes are short;
/// the URL Standard sets no bound, but no page was ever loaded from beyond it.
pub(crate) const LONGEST: usize = 512;

/// Whether one of the patterns matches. Most origins end otherwise than any, which is told first.
#[inline(always)]
pub(crate) fn any_matches(mut groups: &[Group], origin: &[u8]) -> bool {
    if groups.is_empty() {
        return false;
    }
    let Some(end) = origin.last_chunk() else {
        return any_matches_rare(groups, origin);
    };
    let end = u64::from_le_bytes(*end);
    while let [group, rest @ ..] = groups {
        if group.may_match(end) {
            return match group.patterns {
                [pattern] => matches_as(pattern, groups, origin),
                _ => matches_in(group, groups, origin),
            };
        }
        groups = rest;
    }
    false
}

/// The same, where the first of the groups is likely.
#[inline]
fn matches_in(group: &Group, groups: &[Group], origin: &[u8]) -> bool {
    let Some(before) = group.before_end(origin).and_then(<[u8]>::last_chunk) else {
        return any_matches_rare(groups, origin);
    };
    match group.slot(u64::from_le_bytes(*before)) {
        Some((first, 1)) => match group.patterns.get(first) {
            Some(pattern) => matches_as(pattern, groups, origin),
            None => false,
        },
        _ => any_matches_rare(groups, origin),
    }
}

/// The same, where it can be but one pattern of the first group. If that is a usual one, it is told
/// at once.
#[inline]
fn matches_as(pattern: &Pattern, groups: &[Group], origin: &[u8]) -> bool {
    if origin.len() <= SHORT {
        match pattern.star(origin) {
            None if groups.len() == 1 => return false,
            Some((rest, star)) if pattern.reach == Reach::Host && is_usual(rest, star) => {
                return true;
            }
            _ => {}
        }
    }
    any_matches_rare(groups, origin)
}

/// The same of every origin and all patterns, where a quick look did not tell.
#[cold]
#[inline(never)]
fn any_matches_rare(groups: &[Group], origin: &[u8]) -> bool {
    let end = tail(origin);
    origin.len() <= LONGEST
        && groups
            .iter()
            .filter(|group| group.may_match(end))
            .flat_map(|group| group.candidates(origin))
            .any(|pattern| pattern.matches(origin))
}

impl Group {
    /// Whether there may be a pattern for origins with this tail.
    #[inline]
    fn may_match(&self, end: u64) -> bool {
        let (word, mask) = self.tail;
        end & mask == word
    }

    /// The patterns that may match: those that go on before the end of the group as the origin does.
    fn candidates(&self, origin: &[u8]) -> &[Pattern] {
        if let [_] = self.patterns {
            return self.patterns;
        }
        let before = self.before_end(origin);
        let slot = before.and_then(|before| self.slot(tail(before)));
        let patterns = slot.and_then(|(first, count)| self.patterns.get(first..)?.get(..count));
        patterns.unwrap_or_default()
    }

    #[inline(always)]
    fn before_end<'o>(&self, origin: &'o [u8]) -> Option<&'o [u8]> {
        origin.get(..origin.len().checked_sub(self.end as usize)?)
    }

    /// The first of the patterns that have this tail before the end, if there are such, and their
    /// number.
    #[inline(always)]
    fn slot(&self, tail: u64) -> Option<(usize, usize)> {
        let hash = fold(self.slots.seed ^ (tail & self.mask), FOLD);
        let place = u64::from_le_bytes(self.slots.get(hash)?);
        Some((place as u32 as usize, (place >> 32) as usize))
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
    fn matches(&self, origin: &[u8]) -> bool {
        match self.reach {
            Reach::Host => self
                .star(origin)
                .is_some_and(|(rest, len)| rest.iter().take(len).all(|byte| is_host(*byte))),
            Reach::Port => self.star(origin).is_some() && self.matches_port(origin),
            Reach::Across => self.star(origin).is_some() && is_origin(origin),
        }
    }

    /// What follows the prefix, and how many bytes of it the `*` stands for.
    #[inline(always)]
    fn star<'o>(&self, origin: &'o [u8]) -> Option<(&'o [u8], usize)> {
        // The ends of origins differ more than their beginnings.
        let start = strip_end(origin, self.suffix)?;
        let star = strip_start(start, self.prefix)?;
        Some((origin.get(self.prefix.len()..)?, star.len()))
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
