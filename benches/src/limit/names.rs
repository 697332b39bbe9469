//! Checking the names of request headers.

/// How many elements of a list may be empty, as in the library.
const MOST_EMPTY: usize = 16;

/// How long a list may be that is not written as browsers do, as in the library.
const LONGEST_READ: usize = 4 * 1024;

/// The rest of a line after some of these names, written as browsers write them: sorted and in
/// lower case.
#[inline(always)]
fn behind<'l>(line: &'l [u8], names: &[&[u8]]) -> &'l [u8] {
    let mut start = 0;
    for name in names {
        let end = start + name.len();
        let ends = line.get(end).is_none_or(|byte| *byte == b',');
        if ends && line.get(start..end) == Some(*name) {
            if end == line.len() {
                return &[];
            }
            start = end + 1;
        }
    }
    line.get(start..).unwrap_or_default()
}

/// Whether all names are among these three.
#[inline]
pub fn all_of_three(line: &[u8]) -> bool {
    let rest = behind(line, &[b"authorization", b"content-type", b"x-request-id"]);
    rest.is_empty() || all(rest, three)
}

const THIRTY: [&[u8]; 30] = [
    b"accept-version",
    b"authorization",
    b"baggage",
    b"cache-control",
    b"content-encoding",
    b"content-type",
    b"if-match",
    b"if-modified-since",
    b"if-none-match",
    b"if-unmodified-since",
    b"pragma",
    b"prefer",
    b"range",
    b"sentry-trace",
    b"traceparent",
    b"tracestate",
    b"x-api-key",
    b"x-b3-sampled",
    b"x-b3-spanid",
    b"x-b3-traceid",
    b"x-client-id",
    b"x-client-version",
    b"x-correlation-id",
    b"x-csrf-token",
    b"x-device-id",
    b"x-locale",
    b"x-request-id",
    b"x-requested-with",
    b"x-session-id",
    b"x-tenant",
];

/// Whether all names are among these thirty.
#[inline]
pub fn all_of_thirty(line: &[u8]) -> bool {
    let rest = behind(line, &THIRTY);
    rest.is_empty() || all(rest, thirty)
}

/// Whether every element of a list is accepted.
#[inline]
pub fn all(line: &[u8], good: impl Fn(&[u8]) -> bool) -> bool {
    let mut empty = 0;
    line.split(|byte| *byte == b',').all(|name| {
        let name = name.trim_ascii();
        if name.is_empty() {
            empty += 1;
            return empty <= MOST_EMPTY;
        }
        good(name)
    })
}

/// Whether two names of the same length are equal. Lower case is tried first: browsers send it.
#[inline]
fn same(name: &[u8], lower: &[u8]) -> bool {
    name == lower || name.eq_ignore_ascii_case(lower)
}

/// Whether a name is one of three.
#[inline]
pub fn three(name: &[u8]) -> bool {
    match name.len() {
        12 if name.first().is_some_and(|byte| byte | 0x20 == b'c') => same(name, b"content-type"),
        12 => same(name, b"x-request-id"),
        13 => same(name, b"authorization"),
        _ => false,
    }
}

/// Whether a name is one of thirty, by its length and by one byte that differs among names of that
/// length.
#[inline]
pub fn thirty(name: &[u8]) -> bool {
    let at = |index: usize| name.get(index).map_or(0, |byte| byte | 0x20);
    let listed: &[u8] = match (name.len(), at(2)) {
        (5, _) => b"range",
        (6, b'a') => b"pragma",
        (6, _) => b"prefer",
        (7, _) => b"baggage",
        (8, b'-') => b"if-match",
        (8, b'l') => b"x-locale",
        (8, _) => b"x-tenant",
        (9, _) => b"x-api-key",
        (10, _) => b"tracestate",
        (11, b'a') => b"traceparent",
        (11, b'b') => b"x-b3-spanid",
        (11, b'c') => b"x-client-id",
        (11, _) => b"x-device-id",
        (12, b'b') if at(5) == b's' => b"x-b3-sampled",
        (12, b'b') => b"x-b3-traceid",
        (12, b'c') => b"x-csrf-token",
        (12, b'n') if at(0) == b'c' => b"content-type",
        (12, b'n') => b"sentry-trace",
        (12, b'r') => b"x-request-id",
        (12, _) => b"x-session-id",
        (13, b't') => b"authorization",
        (13, b'c') => b"cache-control",
        (13, _) => b"if-none-match",
        (14, _) => b"accept-version",
        (16, b'n') => b"content-encoding",
        (16, b'c') if at(3) == b'l' => b"x-client-version",
        (16, b'c') => b"x-correlation-id",
        (16, _) => b"x-requested-with",
        (17, _) => b"if-modified-since",
        (19, _) => b"if-unmodified-since",
        _ => return false,
    };
    same(name, listed)
}

const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0x21;
    while byte < 0x7F {
        table[byte as usize] = !matches!(
            byte,
            b'"' | b'(' | b')' | b',' | b'/' | b':'..=b'@' | b'[' | b'\\' | b']' | b'{' | b'}'
        );
        byte += 1;
    }
    table
};

/// Any name at all.
#[inline]
pub fn token(name: &[u8]) -> bool {
    name.iter().all(|byte| TOKEN[usize::from(*byte)])
}

/// Whether every element is a token: a word at a time if there are no spaces and no capitals, as
/// browsers write it.
#[inline]
pub fn all_tokens(line: &[u8]) -> bool {
    is_usual(line) || line.len() <= LONGEST_READ && all(line, token)
}

#[inline]
fn is_usual(line: &[u8]) -> bool {
    let ([first, rest @ ..], [start @ .., last]) = (line, line) else {
        return false;
    };
    if *first == b',' || *last == b',' {
        return false;
    }
    let usual = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b',');
    let all = line.iter().fold(true, |all, byte| all & usual(byte));
    let pairs = start.iter().zip(rest);
    all & !pairs.fold(false, |gap, (a, b)| gap | ((*a == b',') & (*b == b',')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies;

    #[test]
    fn every_name_of_the_policies_is_listed() {
        for (policy, listed) in [
            (policies::FIVE, three as fn(&[u8]) -> bool),
            (policies::THIRTY_HEADERS, thirty),
        ] {
            for name in policy.allow_headers() {
                assert!(listed(name.as_bytes()), "{name}");
                assert!(listed(name.to_uppercase().as_bytes()), "{name}");
                assert!(!listed(format!("{name}x").as_bytes()), "{name}");
            }
        }
    }
}
