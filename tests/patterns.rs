//! Origins with a `*` inside: what it stands for depends on where it stands, and no origin that
//! was forged around it passes.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use cors_runtime::{Policy, cors_policy};
use http::{HeaderMap, HeaderValue, Method, header};

macro_rules! policy {
    ($pattern:literal) => {{
    static POLICY: &Policy = cors_policy!({
            "allow_origins": [$pattern],
            "allow_headers": ["Content-Type"],
        }, allow(warnings));
        POLICY
    }};
}

/// A pattern, origins that match it, and others that do not.
type Row = (
    &'static Policy,
    &'static [&'static str],
    &'static [&'static str],
);

fn rows() -> Vec<Row> {
    vec![
        (
            policy!("https://*.example.com"),
            &[
                "https://a.example.com",
                "https://a.b-c.example.com",
                "https://a_b.example.com",
                "https://xn--bcher-kva.example.com",
                "https://127.0.0.1.example.com",
            ],
            &[
                "https://example.com",
                "https://a.example.com.evil.test",
                "https://a.example.com.",
                "https://a.example.com:8443",
                "https://a.example.com/",
                "http://a.example.com",
                "https://aexample.com",
                "https://evil.test/.example.com",
                "https://evil.test?.example.com",
                "https://evil.test#.example.com",
                "https://evil.test\\.example.com",
                "https://evil.test:80.example.com",
                "https://user@evil.example.com",
                "https://[::1].example.com",
                "https://evil.test,https://a.example.com",
                "https://evil.test https://a.example.com",
                "https://a b.example.com",
                "https://a\t.example.com",
                "https://a%2E.example.com",
                "https://a^b.example.com",
                "https://a|b.example.com",
                "https://<a>.example.com",
                "https://b\u{fc}cher.example.com",
                "https://A.example.com",
                "HTTPS://a.example.com",
                "https://a.EXAMPLE.com",
                "https://*.example.com/",
                "null",
                "*",
                "",
            ],
        ),
        // As in KrakenD, the `*` may stand for nothing.
        (
            policy!("https://app*.example.com"),
            &[
                "https://app.example.com",
                "https://app-2.example.com",
                "https://app.eu.example.com",
            ],
            &[
                "https://ap.example.com",
                "https://appexample.com",
                "https://app.example.com.",
            ],
        ),
        (
            policy!("https://*-preview.example.com"),
            &[
                "https://pr-7-preview.example.com",
                "https://a.b-preview.example.com",
            ],
            &[
                "https://preview.example.com",
                "https://evil.test/-preview.example.com",
                "https://a-preview.example.org",
            ],
        ),
        (
            policy!("http://localhost:*"),
            &[
                "http://localhost:1",
                "http://localhost:3000",
                "http://localhost:65535",
            ],
            &[
                "http://localhost",
                "http://localhost:",
                "http://localhost:0",
                "http://localhost:08",
                "http://localhost:65536",
                "http://localhost:99999",
                "http://localhost:-1",
                "http://localhost:+1",
                "http://localhost: 1",
                "http://localhost:1a",
                "http://localhost:*",
                "http://localhost:80.evil.test",
                "http://localhost:80@evil.test",
                "http://localhost:80/",
                "http://localhost:80:81",
                "https://localhost:3000",
            ],
        ),
        (
            policy!("http://localhost:80*"),
            &["http://localhost:80", "http://localhost:8080"],
            &[
                "http://localhost:8",
                "http://localhost:80999",
                "http://localhost:80x",
                "http://localhost:80.evil.test",
            ],
        ),
        (
            policy!("https://example.*"),
            &[
                "https://example.net",
                "https://example.co.uk",
                "https://example.net:8443",
            ],
            &[
                "https://example",
                "https://example.net/",
                "https://example.net:",
                "https://example.net:65536",
                "https://example.net:x",
                "https://example.net:1:2",
                "https://example.net@evil.test",
                "https://example.net:80@evil.test",
                "https://example.net#",
                "https://example.net ",
                "https://example.NET",
                "https://www.example.net",
            ],
        ),
        (
            policy!("*://app.example.com"),
            &[
                "http://app.example.com",
                "https://app.example.com",
                "chrome-extension://app.example.com",
            ],
            &[
                "://app.example.com",
                "1http://app.example.com",
                "HTTP://app.example.com",
                "ht tp://app.example.com",
                "https://evil.test://app.example.com",
                "https://app.example.com:8443",
                "https://user@app.example.com",
            ],
        ),
        (
            policy!("http*"),
            &[
                "http://a.test",
                "https://a.test:1",
                "http://[::1]",
                "http://[2001:db8::1]:3000",
            ],
            &[
                "http",
                "http:",
                "http://",
                "http:///",
                "http://:80",
                "https:a.test",
                "https//a.test",
                "http://[::1",
                "http://[::1]a",
                "http://[::1]:",
                "http://[::G]",
                "http://[]",
                "http://a b",
                "http://a/b",
                "file://http",
            ],
        ),
        (
            policy!("*.example.com"),
            &["https://a.example.com", "http://a.b.example.com"],
            &[
                ".example.com",
                "a.example.com",
                "//a.example.com",
                "https://evil.test/.example.com",
                "https://evil.test:1.example.com",
                "https://user@a.example.com",
            ],
        ),
    ]
}

#[track_caller]
fn passes(policy: &'static Policy, origin: &[u8]) -> bool {
    let origin = HeaderValue::from_bytes(origin).unwrap();
    let mut request = HeaderMap::new();
    request.insert(header::ORIGIN, origin.clone());
    let decision = policy.decide(&Method::GET, &request);
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    let echoed = response.get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    // Methods that ask about text know no other bytes; neither do origins.
    let passes = origin
        .to_str()
        .is_ok_and(|origin| policy.allows_origin(origin));
    assert_eq!(decision.refusal().is_none(), passes, "{origin:?}");
    assert_eq!(echoed, passes.then_some(&origin), "{origin:?}");
    passes
}

#[test]
fn origins_match_and_forgeries_do_not() {
    for (policy, matching, strangers) in rows() {
        let pattern: Vec<_> = policy.allow_origins().collect();
        for origin in matching {
            assert!(passes(policy, origin.as_bytes()), "{origin} is {pattern:?}");
        }
        for origin in strangers {
            assert!(
                !passes(policy, origin.as_bytes()),
                "{origin} is not {pattern:?}"
            );
        }
    }
}

/// Every byte that a header can have, in the middle of a host.
#[test]
fn a_host_has_no_byte_that_hosts_cannot_have() {
    let policy = policy!("https://*.example.com");
    let bytes = (0_u8..=255).filter(|byte| HeaderValue::from_bytes(&[*byte]).is_ok());
    let good: String = bytes
        .filter(|byte| {
            passes(
                policy,
                &[b"https://a", &[*byte][..], b"b.example.com"].concat(),
            )
        })
        .map(char::from)
        .collect();
    // The URL Standard's forbidden domain code points are missing, and capitals, which are lowered.
    assert_eq!(
        good,
        "!\"$&'()*+,-.0123456789;=_`abcdefghijklmnopqrstuvwxyz{}~"
    );
}

/// Hosts are read many bytes at a time, and the last of them with what follows.
#[test]
fn no_byte_of_a_host_is_overlooked() {
    for (policy, end) in [
        (policy!("https://*.a.test"), ".a.test"),
        (policy!("https://*.example.com"), ".example.com"),
        (policy!("https://*.example.com:8443"), ".example.com:8443"),
    ] {
        for length in 1..=70 {
            let mut host = vec![b'a'; length];
            let origin = |host: &[u8]| [b"https://", host, end.as_bytes()].concat();
            assert!(passes(policy, &origin(&host)), "{length} {end}");
            for at in 0..length {
                host[at] = b'/';
                assert!(!passes(policy, &origin(&host)), "{length} {at} {end}");
                host[at] = b'!';
                assert!(passes(policy, &origin(&host)), "{length} {at} {end}");
                host[at] = b'a';
            }
        }
    }
}

/// The longest origin of a page: its host has 253 bytes.
#[test]
fn the_longest_host_matches_with_every_scheme_and_port() {
    let policy = policy!("*.example.com:65535");
    let host = format!("{}.example.com", "a".repeat(253 - ".example.com".len()));
    for scheme in ["https", "chrome-extension", "safari-web-extension"] {
        let origin = format!("{scheme}://{host}:65535");
        assert!(passes(policy, origin.as_bytes()), "{origin}");
    }
}

#[test]
fn what_is_longer_than_any_origin_does_not_match() {
    let policy = policy!("https://*.example.com");
    let of = |length: usize| {
        let name = "a".repeat(length - "https://.example.com".len());
        format!("https://{name}.example.com")
    };
    assert!(passes(policy, of(282).as_bytes()));
    assert!(!passes(policy, of(283).as_bytes()));
    assert!(!passes(policy, of(60_000).as_bytes()));
}

/// Of so many digits that a number which was read from them would not fit.
#[test]
fn a_port_of_many_digits_is_no_port() {
    for (policy, start) in [
        (policy!("http://localhost:*"), "http://localhost:"),
        (policy!("http://localhost:80*"), "http://localhost:80"),
        (policy!("https://example.*"), "https://example.net:"),
        (policy!("http*"), "http://[::1]:"),
    ] {
        for digits in [6, 9, 10, 11, 20, 400] {
            let origin = format!("{start}{}", "7".repeat(digits));
            assert!(!passes(policy, origin.as_bytes()), "{origin}");
        }
    }
}

static MANY: &Policy = cors_policy!({
    "allow_origins": [
        "https://*.marseille.example.com", "https://*.hamburg.example.com", "https://*.b.example.com",
        "https://*.a.example.com", "https://*.innsbruck.example.com", "https://*.ab.example.com",
        "http://*.hamburg.example.com", "https://*.east.hamburg.example.com", "https://*.example.org",
        "https://*-hamburg.example.com", "https://*.xhamburg.example.com", "http://localhost:*",
        "http://127.0.0.1:*", "https://*.example.net:8443", "https://*.example.net:8444",
    ],
    "allow_headers": ["Content-Type"],
}, allow(warnings));

#[test]
fn of_many_patterns_each_is_found() {
    let allows = |origin: &str| MANY.allows_origin(origin);
    for pattern in MANY.allow_origins() {
        let star = if pattern.ends_with('*') { "3000" } else { "x" };
        assert!(allows(&pattern.replace('*', star)), "{pattern}");
        assert!(!allows(&pattern.replace('*', "x/")), "{pattern}");
    }
    for stranger in [
        "https://x.munich.example.com",
        "https://x.c.example.com",
        "https://x.hamburgs.example.com",
        "http://x.marseille.example.com",
        "https://x.example.com",
        "https://x.example.net:8445",
        "http://localhos:3000",
    ] {
        assert!(!allows(stranger), "{stranger}");
    }
}
