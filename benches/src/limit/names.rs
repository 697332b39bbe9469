//! Checking the names of request headers.

/// How many elements of a list may be empty, as in the library.
const MOST_EMPTY: usize = 16;

/// Whether every element of a list is good.
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

/// One of three, mostly in lower case.
#[inline]
pub fn three(name: &[u8]) -> bool {
    match name.len() {
        12 => name.eq_ignore_ascii_case(b"content-type") || name.eq_ignore_ascii_case(b"x-request-id"),
        13 => name.eq_ignore_ascii_case(b"authorization"),
        _ => false,
    }
}

/// One of thirty, by length: at most five have the same.
#[inline]
pub fn thirty(name: &[u8]) -> bool {
    let names: &[&str] = match name.len() {
        5 => &["range"],
        6 => &["pragma", "prefer"],
        7 => &["baggage"],
        8 => &["if-match", "x-locale", "x-tenant"],
        9 => &["x-api-key"],
        10 => &["tracestate"],
        11 => &["traceparent", "x-client-id", "x-device-id", "x-b3-spanid"],
        12 => &["content-type", "sentry-trace", "x-b3-sampled", "x-b3-traceid", "x-csrf-token", "x-request-id", "x-session-id"],
        13 => &["authorization", "cache-control", "if-none-match"],
        14 => &["accept-version"],
        16 => &["content-encoding", "x-client-version", "x-correlation-id", "x-requested-with"],
        17 => &["if-modified-since"],
        19 => &["if-unmodified-since"],
        _ => &[],
    };
    names.iter().any(|listed| listed.as_bytes().eq_ignore_ascii_case(name))
}

/// Any name at all.
#[inline]
pub fn token(name: &[u8]) -> bool {
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
    name.iter().all(|byte| TOKEN[usize::from(*byte)])
}
