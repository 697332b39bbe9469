//! The macro lays tables out, the runtime searches them: both must compute the same hash.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use cors_runtime::{Policy, cors_policy};
use http::Method;

use requests::{HEADERS, METHOD, ORIGIN, headers};

static TEN_THOUSAND: &Policy = cors_policy!("tests/large/ten_thousand.json");

/// More than are searched in order, of many lengths.
static DOZENS: &Policy = cors_policy!({
    "allow_origins": [
        "https://a.test", "https://b.test", "https://c.test", "https://aa.test", "https://ab.test",
        "https://a.example", "https://b.example", "https://a.test:8080", "https://a.test:8081",
        "http://a.test", "http://b.test", "http://[::1]", "http://[::1]:3000", "http://127.0.0.1",
        "https://a-rather-long-name-that-ends-alike.of-a-domain.example.com",
        "https://a-rather-long-name-that-ends-alikf.of-a-domain.example.com",
        "https://b-rather-long-name-that-ends-alike.of-a-domain.example.com",
    ],
    "allow_headers": [
        "A", "B", "Ab", "Content-Type", "X-Request-Id", "X-Request-Is", "Authorization", "If-Match",
        "If-None-Match", "X-A-Name-That-Is-Longer-Than-Thirty-Two-Bytes-1",
        "X-A-Name-That-Is-Longer-Than-Thirty-Two-Bytes-2", "X_Y", "X~Y",
    ],
});

/// Few enough to be searched in order; the last two are longer than most origins.
static FEW: &Policy = cors_policy!({
    "allow_origins": [
        "https://a.test", "https://b.test", "https://a.test:8080", "http://[::1]",
        "https://a-rather-long-name-that-ends-alike.of-a-domain.example.com",
        "https://b-rather-long-name-that-ends-alike.of-a-domain.example.com:8443",
    ],
    "allow_headers": ["Content-Type"],
});

/// Texts of every length from one byte on, and so of every number of bytes at the end of a hash.
static LENGTHS: &Policy = cors_policy!({
    "allow_origins": [
        "x://b", "x://cd", "x://def", "x://efgh", "x://fghij", "x://ghijkl", "x://hijklmn",
        "x://ijklmnop", "x://jklmnopqr", "x://klmnopqrst", "x://lmnopqrstuv",
        "x://mnopqrstuvwx", "x://nopqrstuvwxyz", "x://opqrstuvwxyzab", "x://pqrstuvwxyzabcd",
        "x://qrstuvwxyzabcdef", "x://rstuvwxyzabcdefgh", "x://stuvwxyzabcdefghij",
        "x://tuvwxyzabcdefghijkl", "x://uvwxyzabcdefghijklmn", "x://vwxyzabcdefghijklmnop",
        "x://wxyzabcdefghijklmnopqr", "x://xyzabcdefghijklmnopqrst",
        "x://yzabcdefghijklmnopqrstuv", "x://zabcdefghijklmnopqrstuvwx",
        "x://abcdefghijklmnopqrstuvwxyz", "x://bcdefghijklmnopqrstuvwxyzab",
        "x://cdefghijklmnopqrstuvwxyzabcd", "x://defghijklmnopqrstuvwxyzabcdef",
        "x://efghijklmnopqrstuvwxyzabcdefgh", "x://fghijklmnopqrstuvwxyzabcdefghij",
        "x://ghijklmnopqrstuvwxyzabcdefghijkl", "x://hijklmnopqrstuvwxyzabcdefghijklmn",
        "x://ijklmnopqrstuvwxyzabcdefghijklmnop", "x://jklmnopqrstuvwxyzabcdefghijklmnopqr",
        "x://klmnopqrstuvwxyzabcdefghijklmnopqrst", "x://lmnopqrstuvwxyzabcdefghijklmnopqrstuv",
        "x://mnopqrstuvwxyzabcdefghijklmnopqrstuvwx",
        "x://nopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "x://opqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    ],
    "allow_headers": [
        "b", "cd", "def", "efgh", "fghij", "ghijkl", "hijklmn", "ijklmnop", "jklmnopqr",
        "klmnopqrst", "lmnopqrstuv", "mnopqrstuvwx", "nopqrstuvwxyz", "opqrstuvwxyzab",
        "pqrstuvwxyzabcd", "qrstuvwxyzabcdef", "rstuvwxyzabcdefgh", "stuvwxyzabcdefghij",
        "tuvwxyzabcdefghijkl", "uvwxyzabcdefghijklmn", "vwxyzabcdefghijklmnop",
        "wxyzabcdefghijklmnopqr", "xyzabcdefghijklmnopqrst", "yzabcdefghijklmnopqrstuv",
        "zabcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwxyz",
        "bcdefghijklmnopqrstuvwxyzab", "cdefghijklmnopqrstuvwxyzabcd",
        "defghijklmnopqrstuvwxyzabcdef", "efghijklmnopqrstuvwxyzabcdefgh",
        "fghijklmnopqrstuvwxyzabcdefghij", "ghijklmnopqrstuvwxyzabcdefghijkl",
        "hijklmnopqrstuvwxyzabcdefghijklmn", "ijklmnopqrstuvwxyzabcdefghijklmnop",
        "jklmnopqrstuvwxyzabcdefghijklmnopqr", "klmnopqrstuvwxyzabcdefghijklmnopqrst",
        "lmnopqrstuvwxyzabcdefghijklmnopqrstuv", "mnopqrstuvwxyzabcdefghijklmnopqrstuvwx",
        "nopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "opqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    ],
}, allow(warnings));

/// One origin of some 600 bytes, which no browser sends, but which is listed.
static LONG: &Policy = cors_policy!("tests/large/long_origin.json", allow(unusual_host));

fn decides(policy: &'static Policy, origin: &str, names: Option<&str>) -> bool {
    let decision = match names {
        None => policy.decide(&Method::GET, &headers([(ORIGIN, origin)])),
        Some(names) => {
            let lines = [(ORIGIN, origin), (METHOD, "GET"), (HEADERS, names)];
            policy.decide(&Method::OPTIONS, &headers(lines))
        }
    };
    decision.refusal().is_none()
}

#[test]
fn every_origin_is_found_and_its_neighbours_are_not() {
    for (policy, count) in [
        (TEN_THOUSAND, 10_000),
        (DOZENS, 17),
        (FEW, 6),
        (LENGTHS, 40),
        (LONG, 3),
    ] {
        assert_eq!(policy.allow_origins().count(), count);
        for origin in policy.allow_origins() {
            assert!(decides(policy, origin, None), "{origin}");
            for other in [
                format!("{origin}x"),
                format!("{origin}{}", "x".repeat(600)),
                origin[1..].to_owned(),
                origin.to_uppercase(),
            ] {
                assert!(!decides(policy, &other, None), "{other}");
            }
        }
    }
    assert!(!decides(
        TEN_THOUSAND,
        "https://tenant-5000.apps.example.com",
        None
    ));
}

#[test]
fn every_header_name_is_found_in_any_case() {
    for (policy, count) in [(DOZENS, 13), (LENGTHS, 40)] {
        assert_eq!(policy.allow_headers().len(), count);
        let origin = policy.allow_origins().next().unwrap();
        for name in policy.allow_headers() {
            for spelt in [(*name).to_owned(), name.to_uppercase()] {
                assert!(decides(policy, origin, Some(&spelt)), "{spelt}");
            }
            let longer = format!("{name}-");
            assert!(!decides(policy, origin, Some(&longer)), "{longer}");
        }
    }
    // The case bit of a letter does other things to other bytes: `_` and DEL, `~` and `^`.
    for stranger in ["x\u{5e}y", "c", "x-request-it"] {
        assert!(
            !decides(DOZENS, "https://a.test", Some(stranger)),
            "{stranger}"
        );
    }
}
