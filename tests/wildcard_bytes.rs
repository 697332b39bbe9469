//! Which bytes the `*` of a pattern may stand for: every byte that a header can carry, at every place
//! of hosts shorter and longer than what is compared at once.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use std::str::from_utf8;

use cors_runtime::{Policy, cors_policy};
use http::{Method, header};

use requests::{ORIGIN, header_bytes, headers};

macro_rules! policy {
    ($pattern:literal) => {{
    static POLICY: &Policy = cors_policy!({
            "allow_origins": [$pattern],
            "allow_headers": ["Content-Type"],
        }, allow(warnings));
        POLICY
    }};
}

/// Lengths around those of a word, of a vector, and of a cache line.
const LENGTHS: &[usize] = &[1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 64, 65];

/// Bytes of a host in its serialised form, by the URL Standard: no forbidden domain code point, no
/// upper case, nothing outside ASCII.
fn is_host(byte: u8) -> bool {
    b"!\"$&'()*+,-.0123456789;=_`abcdefghijklmnopqrstuvwxyz{}~".contains(&byte)
}

/// Whether an origin is granted, which three ways of asking must agree on.
fn granted(policy: &'static Policy, origin: &[u8]) -> bool {
    let request = headers([(ORIGIN, origin)]);
    let decision = policy.decide(&Method::GET, &request);
    let mut response = http::HeaderMap::new();
    decision.apply(&mut response);
    let granted = response.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let shown = origin.escape_ascii();
    assert_eq!(decision.refusal().is_none(), granted, "{shown}");
    if let Ok(origin) = from_utf8(origin) {
        assert_eq!(policy.allows_origin(origin), granted, "{shown}");
    }
    granted
}

#[track_caller]
fn check(policy: &'static Policy, start: &str, star: &[u8], end: &str, expected: bool) {
    let origin = [start.as_bytes(), star, end.as_bytes()].concat();
    assert_eq!(
        granted(policy, &origin),
        expected,
        "{} under {:?}",
        origin.escape_ascii(),
        policy.allow_origins().collect::<Vec<_>>()
    );
}

#[test]
fn a_host_of_one_byte_only() {
    for (policy, start, end) in [
        (policy!("http://*.x"), "http://", ".x"),
        (policy!("https://*.a.test"), "https://", ".a.test"),
        (policy!("https://*.a.test:8443"), "https://", ".a.test:8443"),
        (policy!("https://a*b.test"), "https://a", "b.test"),
        (policy!("https://a.*"), "https://a.", ""),
        (policy!("https://*"), "https://", ""),
        (policy!("http*"), "http://", ""),
        (policy!("*.a.test"), "https://", ".a.test"),
    ] {
        for byte in header_bytes() {
            for length in LENGTHS {
                check(policy, start, &vec![byte; *length], end, is_host(byte));
            }
        }
    }
}

#[test]
fn one_byte_among_others_of_a_host() {
    for (policy, start, end) in [
        (policy!("http://*.x"), "http://", ".x"),
        (policy!("https://*.example.com"), "https://", ".example.com"),
        (policy!("https://a*b.test"), "https://a", "b.test"),
    ] {
        for length in LENGTHS {
            let mut star = vec![b'a'; *length];
            for at in 0..star.len() {
                for byte in header_bytes() {
                    star[at] = byte;
                    check(policy, start, &star, end, is_host(byte));
                }
                star[at] = b'a';
            }
        }
    }
}

/// All but one byte of a host are such as cannot be there.
#[test]
fn one_good_byte_among_bad_ones() {
    let policy = policy!("http://*.x");
    for bad in header_bytes().filter(|byte| !is_host(*byte)) {
        for length in LENGTHS.iter().filter(|length| **length > 1) {
            let mut star = vec![bad; *length];
            for at in 0..star.len() {
                star[at] = b'a';
                check(policy, "http://", &star, ".x", false);
                star[at] = bad;
            }
        }
    }
}

#[test]
fn one_byte_among_others_of_a_scheme() {
    let policy = policy!("*://a.test");
    for length in LENGTHS {
        let mut star = vec![b'a'; *length];
        for at in 0..star.len() {
            for byte in header_bytes() {
                star[at] = byte;
                let expected = match at {
                    0 => byte.is_ascii_lowercase(),
                    _ => {
                        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte)
                    }
                };
                check(policy, "", &star, "://a.test", expected);
            }
            star[at] = b'a';
        }
    }
}

#[test]
fn one_byte_among_the_digits_of_a_port() {
    for (policy, start, kept) in [
        (policy!("http://localhost:*"), "http://localhost:", ""),
        (policy!("http://localhost:80*"), "http://localhost:", "80"),
        (policy!("https://a.*"), "https://a.test:", ""),
    ] {
        for digits in ["1", "65535", "65536", "8080", "100000"] {
            for at in 0..digits.len() {
                for byte in header_bytes() {
                    let mut star = digits.as_bytes().to_vec();
                    star[at] = byte;
                    let port = [kept.as_bytes(), &star].concat();
                    let number = from_utf8(&port).ok().and_then(|text| text.parse().ok());
                    let expected = number.is_some_and(|number: u16| {
                        number > 0 && *number.to_string().as_bytes() == *port
                    });
                    check(policy, start, &port, "", expected);
                }
            }
        }
    }
}
