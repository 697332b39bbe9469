//! Refusals as values: what they hold, how much of it is shown, and when two are the same.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use std::collections::HashMap;

use cors_runtime::{Policy, Refusal, cors_policy};
use http::{HeaderMap, Method};

use requests::{HEADERS, METHOD, NETWORK, ORIGIN, headers};

static LISTED: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
});

static ONE: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
});

static PATTERN: &Policy = cors_policy!({
    "allow_origins": ["https://*.a.test"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
});

fn refusal(policy: &'static Policy, method: &Method, request: &HeaderMap) -> Refusal {
    let refusal = policy.decide(method, request).refusal();
    refusal.unwrap_or_else(|| panic!("{request:?} is refused"))
}

/// Refuses an actual request for its origin.
fn by_origin(origin: &str) -> Refusal {
    refusal(LISTED, &Method::GET, &headers([(ORIGIN, origin)]))
}

/// Refuses a preflight, for what it asks for.
fn asking(method: &str, names: &str) -> Refusal {
    let request = [
        (ORIGIN, "https://a.test"),
        (METHOD, method),
        (HEADERS, names),
    ];
    refusal(LISTED, &Method::OPTIONS, &headers(request))
}

#[test]
fn a_hundred_bytes_are_shown() {
    for length in [1, 99, 100] {
        let value = "x".repeat(length);
        let expected = format!("the origin `{value}` is not allowed");
        assert_eq!(by_origin(&value).to_string(), expected, "{length}");
        let expected = format!("the request header `{value}` is not in `allow_headers`");
        assert_eq!(asking("GET", &value).to_string(), expected, "{length}");
        let expected = format!("the method `{value}` is not in `allow_methods`");
        assert_eq!(asking(&value, "").to_string(), expected, "{length}");
    }
    for length in [101, 102, 500] {
        let value = "x".repeat(length);
        let shown = "x".repeat(100);
        let expected = format!("the origin `{shown}…` is not allowed");
        assert_eq!(by_origin(&value).to_string(), expected, "{length}");
        let expected = format!("the request header `{shown}…` is not in `allow_headers`");
        assert_eq!(asking("GET", &value).to_string(), expected, "{length}");
        let expected = format!("the method `{shown}…` is not in `allow_methods`");
        assert_eq!(asking(&value, "").to_string(), expected, "{length}");
    }
}

/// The sentence is about the whole name, although only its beginning is kept.
#[test]
fn a_name_is_a_token_as_a_whole() {
    let start = "x".repeat(100);
    for (end, token) in [("", true), ("x", true), ("\"", false), ("x\"", false)] {
        let text = asking("GET", &format!("{start}{end}")).to_string();
        assert_eq!(text.contains("is not in `allow_headers`"), token, "{text}");
        assert_eq!(text.contains("is not the name"), !token, "{text}");
    }
}

#[test]
fn cut_values_are_not_whole_ones() {
    let value = |length: usize| by_origin(&"x".repeat(length));
    assert_ne!(value(100), value(101));
    assert_eq!(value(101), value(500));
}

#[test]
fn the_method_of_an_actual_request_is_cut() {
    for length in [1, 15, 16, 100, 101, 102, 1_000_000] {
        let name = "M".repeat(length);
        let method = Method::from_bytes(name.as_bytes()).unwrap();
        let refused = refusal(LISTED, &method, &headers([(ORIGIN, "https://a.test")]));
        let shown = "M".repeat(length.min(100));
        let dots = if length > 100 { "…" } else { "" };
        let expected = format!("the method `{shown}{dots}` is not in `allow_methods`");
        assert_eq!(refused.to_string(), expected, "{length}");
    }
}

/// An origin that is longer than any is refused as what it is.
#[test]
fn too_long_an_origin() {
    for policy in [LISTED, ONE, PATTERN] {
        for length in [282, 283, 284, 1_000, 60_000] {
            let origin = "h".repeat(length);
            let lines = [(ORIGIN, origin.as_str()), (METHOD, "PUT")];
            let actual = refusal(policy, &Method::GET, &headers([lines[0]]));
            let preflight = refusal(policy, &Method::OPTIONS, &headers(lines));
            assert_eq!(actual, preflight, "{length}\n{policy}");
            let Refusal::Origin(value) = &actual else {
                panic!("{actual:?} is for the origin");
            };
            assert_eq!(value.as_bytes(), &origin.as_bytes()[..100], "{length}");
            let expected = format!("the origin `{}…` is not allowed", "h".repeat(100));
            assert_eq!(actual.to_string(), expected, "{length}");
        }
    }
}

/// One long enough to be a host of the pattern, and longer than any origin.
#[test]
fn too_long_an_origin_of_a_pattern() {
    for (length, passes) in [(282, true), (283, false), (60_000, false)] {
        let host = "x".repeat(length - "https://.a.test".len());
        let origin = format!("https://{host}.a.test");
        let lines = [(ORIGIN, origin.as_str()), (METHOD, "PUT")];
        for (method, request) in [
            (Method::GET, headers([lines[0]])),
            (Method::OPTIONS, headers(lines)),
        ] {
            let decision = PATTERN.decide(&method, &request);
            assert_eq!(decision.refusal().is_none(), passes, "{length} {method}");
            let mut response = HeaderMap::new();
            decision.apply(&mut response);
            let named = response.contains_key("access-control-allow-origin");
            assert_eq!(named, passes, "{length} {method}");
        }
    }
}

#[test]
fn refusals_are_the_same_if_kind_and_value_are() {
    let network = || {
        let lines = [
            (ORIGIN, "https://a.test"),
            (METHOD, "GET"),
            (NETWORK, "true"),
        ];
        refusal(LISTED, &Method::OPTIONS, &headers(lines))
    };
    let actual_method = |method: &str| {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        refusal(LISTED, &method, &headers([(ORIGIN, "https://a.test")]))
    };
    let refusals = || {
        [
            by_origin("https://evil.test"),
            by_origin("https://evil.tes"),
            by_origin("https://evil.tesu"),
            by_origin("PATCH"),
            by_origin(""),
            asking("PATCH", ""),
            asking("patch", ""),
            asking("GET", "patch"),
            asking("GET", "PATCH"),
            asking("GET", "x-b"),
            asking("GET", "x-c"),
            network(),
        ]
    };
    for (nth, one) in refusals().iter().enumerate() {
        for (other_nth, other) in refusals().iter().enumerate() {
            assert_eq!(one == other, nth == other_nth, "{one:?} {other:?}");
        }
    }
    // Wherever it stood, and whichever kind of request it was.
    assert_eq!(actual_method("PATCH"), asking("PATCH", ""));
    assert_ne!(actual_method("PURGE"), asking("PATCH", ""));
    assert_eq!(asking("GET", "content-type, x-b"), asking("GET", "x-b,x-c"));
}

/// Dashboards and alerts are written for these.
#[test]
fn labels_for_metrics_stay() {
    let network = [
        (ORIGIN, "https://a.test"),
        (METHOD, "GET"),
        (NETWORK, "true"),
    ];
    let commas = ",".repeat(20);
    for (refused, label) in [
        (by_origin("https://evil.test"), "origin"),
        (asking("PATCH", ""), "method"),
        (asking("GET", "x-b"), "header"),
        (asking("GET", &commas), "header_list"),
        (
            refusal(LISTED, &Method::OPTIONS, &headers(network)),
            "private_network",
        ),
    ] {
        assert_eq!(refused.kind(), label, "{refused:?}");
    }
}

/// Where a value stood in its line makes no difference for its place in a map.
#[test]
fn refusals_are_counted_in_a_map() {
    let refused = [
        asking("GET", "x-b"),
        by_origin("https://evil.test"),
        asking("GET", "content-type, x-b"),
        asking("GET", "x-b,x-c"),
        asking("GET", "x-c"),
        by_origin("x-b"),
        by_origin("https://evil.test"),
    ];
    let mut counts: HashMap<Refusal, usize> = HashMap::new();
    for refusal in refused {
        *counts.entry(refusal).or_default() += 1;
    }
    for (refusal, expected) in [
        (asking("GET", "x-b"), 3),
        (asking("GET", "x-c"), 1),
        (by_origin("https://evil.test"), 2),
        (by_origin("x-b"), 1),
        (by_origin("x-c"), 0),
    ] {
        let count = counts.get(&refusal).copied().unwrap_or_default();
        assert_eq!(count, expected, "{refusal:?}");
    }
    assert_eq!(counts.len(), 4);
}

/// What is at fault is the whole line, not a name in it.
#[test]
fn a_line_that_is_too_long_or_too_empty() {
    static ECHO: &Policy = cors_policy!({
        "allow_origins": ["https://a.test", "https://b.test"],
        "allow_headers": ["*"],
        "allow_credentials": true,
    }, allow(warnings));
    for (policy, line) in [
        (LISTED, ",".repeat(16)),
        (LISTED, format!("content-type,{}", ",".repeat(16))),
        (ECHO, format!("x-a,{}", ",".repeat(16))),
        (ECHO, "x".repeat((64 << 10) + 1)),
        (ECHO, "X".repeat((4 << 10) + 1)),
        (LISTED, "x".repeat((4 << 10) + 1)),
        (LISTED, "content-type,".repeat(17) + "content-type"),
        (LISTED, " ".repeat((4 << 10) + 1)),
    ] {
        let lines = [
            (ORIGIN, "https://a.test"),
            (METHOD, "GET"),
            (HEADERS, &line),
        ];
        match refusal(policy, &Method::OPTIONS, &headers(lines)) {
            Refusal::HeaderList(value) => {
                let shown = &line.as_bytes()[..line.len().min(100)];
                assert_eq!(value.as_bytes(), shown);
            }
            other => panic!("{other:?} for {line}"),
        }
    }
}

/// A header that is not the private network's, though it has the same value.
#[test]
fn only_one_header_asks_for_a_private_network() {
    static ALLOWED: &Policy = cors_policy!({
        "allow_origins": ["https://a.test", "https://b.test"],
        "allow_headers": ["Content-Type"],
        "allow_private_network": true,
    }, allow(warnings));
    const ALLOW: &str = "access-control-allow-private-network";
    for (name, value, asks) in [
        (NETWORK, "true", true),
        (NETWORK, "false", false),
        (NETWORK, "TRUE", false),
        (NETWORK, "", false),
        ("x-true", "true", false),
        ("access-control-request-local-network", "true", false),
        ("access-control-allow-private-network", "true", false),
        ("content-type", "true", false),
        ("cookie", "true", false),
    ] {
        let lines = [(ORIGIN, "https://a.test"), (METHOD, "GET"), (name, value)];
        let request = headers(lines);
        let mut response = HeaderMap::new();
        let decision = ALLOWED.decide(&Method::OPTIONS, &request);
        assert_eq!(decision.refusal(), None, "{name}: {value}");
        decision.apply(&mut response);
        assert_eq!(response.contains_key(ALLOW), asks, "{name}: {value}");
        let refusal = LISTED.decide(&Method::OPTIONS, &request).refusal();
        let expected = asks.then_some(Refusal::PrivateNetwork);
        assert_eq!(refusal, expected, "{name}: {value}");
    }
}
