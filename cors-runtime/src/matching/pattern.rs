//! Whether an origin matches a pattern.
//!
//! Patterns with equally long prefixes and suffixes are one group, which is searched with one hash: ten
//! thousand tenants under `https://*.tenant-….example.com` are one group. So are suffixes of many lengths
//! that begin with a dot, with one hash for each label. The number of patterns does not matter.

use super::bytes::Class;
use super::table::is_pattern;
use crate::parts::{Group, Reach, Set, Suffix};

/// Longer origins match no pattern. A host has at most 253 bytes in DNS. The URL Standard has no limit, but
/// no page was ever loaded from a longer origin.
const LONGEST: usize = "safari-web-extension://".len() + 253 + ":65535".len();

/// Whether a pattern matches.
// Measured: if it is inlined, a look-up of an exact origin takes 6 instructions more to save registers.
#[inline(never)]
pub(super) const fn any_matches(mut groups: &[Group], origin: &[u8]) -> bool {
    if origin.len() > LONGEST {
        return false;
    }
    while let [group, rest @ ..] = groups {
        if group.matches(origin) {
            return true;
        }
        groups = rest;
    }
    false
}

impl Group {
    /// Whether a pattern of the group matches.
    ///
    /// KrakenD compares only the prefix and the suffix, so for KrakenD
    /// `https://evil.test/.example.com` matches `https://*.example.com`. Here, `*` matches only bytes
    /// that can occur there in a serialised origin.
    #[inline]
    const fn matches(&self, origin: &[u8]) -> bool {
        let (len, first) = match self.suffix {
            Suffix::Length(len, first) => (len as usize, first),
            Suffix::Labels(most) => return self.matches_label(origin, most),
        };
        let Some(at) = origin.len().checked_sub(len) else {
            return false;
        };
        // Most patterns have a suffix that begins with a dot. An origin rarely has a dot at that place.
        // With 20 patterns this saves 155 of 1 490 instructions.
        if at < origin.len() && origin[at] != first {
            return false;
        }
        self.matches_at(origin, at)
    }

    /// Whether a pattern matches whose suffix begins at one of the last dots.
    const fn matches_label(&self, origin: &[u8], mut left: u32) -> bool {
        let mut rest = origin;
        while let [start @ .., last] = rest
            && left > 0
        {
            if *last == b'.' {
                if self.matches_at(origin, start.len()) {
                    return true;
                }
                left -= 1;
            }
            rest = start;
        }
        false
    }

    /// Whether a pattern matches whose suffix begins at this place.
    #[inline]
    const fn matches_at(&self, origin: &[u8], suffix: usize) -> bool {
        let Some((start, suffix)) = origin.split_at_checked(suffix) else {
            return false;
        };
        let Some((prefix, star)) = start.split_at_checked(self.prefix as usize) else {
            return false;
        };
        self.texts.contains_pattern(prefix, suffix)
            && match self.reach {
                Reach::Host => Class::HOST.has_all(star),
                Reach::Port => is_port(behind_last_colon(prefix, origin)),
                Reach::Across => is_origin(origin),
            }
    }
}

impl Set {
    #[inline]
    const fn contains_pattern(&self, prefix: &[u8], suffix: &[u8]) -> bool {
        match self {
            Self::Few(texts) => {
                let mut texts = *texts;
                while let [text, rest @ ..] = texts {
                    if is_pattern(text.as_bytes(), prefix, suffix) {
                        return true;
                    }
                    texts = rest;
                }
                false
            }
            Self::Many(table) => table.contains_pattern(prefix, suffix),
        }
    }
}

/// What follows the last colon of the prefix, in the whole text.
const fn behind_last_colon<'t>(mut prefix: &[u8], text: &'t [u8]) -> &'t [u8] {
    while let [start @ .., last] = prefix {
        if *last == b':' {
            break;
        }
        prefix = start;
    }
    match text.split_at_checked(prefix.len()) {
        Some((_, port)) => port,
        None => &[],
    }
}

/// Whether a text has the form of a [serialised tuple origin]: `scheme://host[:port]`.
///
/// [serialised tuple origin]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
const fn is_origin(text: &[u8]) -> bool {
    let (scheme, rest) = split_before(text, b':');
    let ([b'a'..=b'z', ..], [b':', b'/', b'/', authority @ ..]) = (scheme, rest) else {
        return false;
    };
    let (host, class, port) = match authority {
        [b'[', rest @ ..] => match split_before(rest, b']') {
            (address, [b']', port @ ..]) => (address, Class::ADDRESS, port),
            _ => return false,
        },
        _ => {
            let (host, port) = split_before(authority, b':');
            (host, Class::HOST, port)
        }
    };
    let port_is_sound = match port {
        [] => true,
        [b':', port @ ..] => is_port(port),
        _ => false,
    };
    Class::SCHEME.has_all(scheme) && !host.is_empty() && class.has_all(host) && port_is_sound
}

/// Splits a text before the first such byte, or at its end if there is none.
const fn split_before(text: &[u8], byte: u8) -> (&[u8], &[u8]) {
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        if *first == byte {
            break;
        }
        rest = behind;
    }
    match text.split_at_checked(text.len() - rest.len()) {
        Some(parts) => parts,
        None => (text, &[]),
    }
}

/// Whether a text is a port as browsers write it: 1 to 65535, without leading zeros.
const fn is_port(mut text: &[u8]) -> bool {
    // A port has at most five digits, so the number cannot overflow.
    if !matches!(text, [b'1'..=b'9', ..]) || text.len() > 5 {
        return false;
    }
    let mut number = 0;
    while let [digit, rest @ ..] = text {
        if !digit.is_ascii_digit() {
            return false;
        }
        number = number * 10 + (*digit - b'0') as u32;
        text = rest;
    }
    number <= 65_535
}
