//! What is echoed into `Access-Control-Allow-Headers` is a list of names and nothing else: every byte
//! that a header can carry, at every place of a list.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use cors_runtime::{Decision, Policy, Refusal, cors_policy};
use http::{HeaderMap, Method, Response, header};

use requests::{HEADERS, METHOD, ORIGIN, header_bytes, headers};

static ECHO: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_headers": ["*"],
    "allow_credentials": true,
}, allow(warnings));

/// A token's bytes (RFC 9110, section 5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// What is echoed, lines joined as the list that they are, where all is granted.
fn echoed(lines: &[Vec<u8>]) -> Option<Vec<u8>> {
    let fixed = [(ORIGIN, &b"https://a.test"[..]), (METHOD, b"POST")];
    let lines = lines.iter().map(|line| (HEADERS, line.as_slice()));
    let request = headers(fixed.into_iter().chain(lines));
    let decision = ECHO.decide(&Method::OPTIONS, &request);
    let Decision::Preflight(preflight) = &decision else {
        panic!("{request:?} is a preflight");
    };
    let response: Response<()> = preflight.response().unwrap();
    let of = |headers: &HeaderMap| {
        let lines = headers.get_all(header::ACCESS_CONTROL_ALLOW_HEADERS);
        let lines: Vec<_> = lines.iter().map(|line| line.as_bytes()).collect();
        lines.join(&b", "[..])
    };
    let echoed = of(response.headers());
    let mut handled = HeaderMap::new();
    decision.apply(&mut handled);
    assert_eq!(of(&handled), echoed, "{request:?}");
    match decision.refusal() {
        None => Some(echoed),
        Some(refusal) => {
            assert!(
                matches!(refusal, Refusal::Header(_) | Refusal::HeaderList(_)),
                "{refusal:?}"
            );
            assert!(echoed.is_empty(), "{request:?}");
            None
        }
    }
}

#[track_caller]
fn check(lines: &[Vec<u8>], expected: bool) {
    let echoed = echoed(lines);
    let shown: Vec<_> = lines
        .iter()
        .map(|line| line.escape_ascii().to_string())
        .collect();
    assert_eq!(echoed.is_some(), expected, "{shown:?}");
    // What is echoed is what came, byte for byte.
    assert!(
        echoed.is_none_or(|echoed| echoed == lines.join(&b", "[..])),
        "{shown:?}"
    );
}

#[test]
fn a_name_of_one_byte() {
    for byte in header_bytes() {
        let blank = matches!(byte, b' ' | b'\t' | b',');
        for length in [1, 2, 15, 16, 17] {
            let all = vec![byte; length];
            // Blanks and commas are no names, but empty elements may be there.
            let few = byte != b',' || length <= 15;
            check(&[all], is_token(byte) || blank && few);
        }
    }
}

#[test]
fn every_byte_at_every_place() {
    for names in [
        "x-a",
        "x-abcdefgh,x-b",
        "a,b,c,d,e,f,g,h,i",
        "X-Upper-Case, x-spaced ,x-c",
    ] {
        for at in 0..names.len() {
            for byte in header_bytes() {
                let mut line = names.as_bytes().to_vec();
                line[at] = byte;
                let elements = line.split(|byte| *byte == b',');
                let expected = elements
                    .map(<[u8]>::trim_ascii)
                    .all(|name| name.iter().all(|byte| is_token(*byte)));
                check(&[line.clone()], expected);
                // On a second line it is read all the same.
                check(&[b"x-first".to_vec(), line], expected);
            }
        }
    }
}

/// The byte that is no name's stands behind more of those that are than are read at once.
#[test]
fn every_byte_behind_many_others() {
    for length in [0, 7, 8, 15, 16, 31, 32, 63, 64, 100] {
        for byte in header_bytes() {
            let blank = matches!(byte, b' ' | b'\t');
            let start = "a".repeat(length).into_bytes();
            let expected = is_token(byte) || byte == b',';
            check(&[[&start[..], &[byte]].concat()], expected || blank);
            check(
                &[[&start[..], &[byte], b"b"].concat()],
                expected || blank && length == 0,
            );
            check(&[[&[byte], &start[..]].concat()], expected || blank);
        }
    }
}
