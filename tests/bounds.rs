//! How much of `Access-Control-Request-Headers` and of `Origin` is read: at each bound, and one past it.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use cors_runtime::{Policy, Refusal, cors_policy};
use http::{HeaderMap, HeaderValue, Method, header};

static LISTED: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["X-A", "X-B"],
});

static ECHOED: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["*"],
    "allow_credentials": true,
}, allow(warnings));

/// What is refused of a preflight with these lines.
fn refusal(policy: &'static Policy, lines: &[String]) -> Option<Refusal> {
    let mut request = HeaderMap::new();
    let value = |text: &str| HeaderValue::from_str(text).unwrap();
    request.insert(header::ORIGIN, value("https://a.test"));
    request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, value("GET"));
    for line in lines {
        request.append(header::ACCESS_CONTROL_REQUEST_HEADERS, value(line));
    }
    policy.decide(&Method::OPTIONS, &request).refusal()
}

#[test]
fn both_sides_of_every_bound() {
    let empty = |count: usize| ",".repeat(count) + "x-a";
    let long = |length: usize| "x".repeat(length);
    let lines = |count: usize| vec!["x-a".to_owned(); count];
    for (name, policy, inside, outside) in [
        ("empty elements", LISTED, vec![empty(16)], vec![empty(17)]),
        ("empty elements", ECHOED, vec![empty(16)], vec![empty(17)]),
        (
            "empty elements between names that are echoed",
            ECHOED,
            vec![format!("x-b{}", empty(17))],
            vec![format!("x-b{}", empty(18))],
        ),
        (
            "empty elements on several lines",
            LISTED,
            vec![empty(8), empty(8)],
            vec![empty(8), empty(9)],
        ),
        (
            "empty elements behind a known name",
            LISTED,
            vec![format!("x-a,{}", empty(16))],
            vec![format!("x-a,{}", empty(17))],
        ),
        (
            "bytes",
            ECHOED,
            vec![long(64 << 10)],
            vec![long((64 << 10) + 1)],
        ),
        (
            "bytes on several lines",
            ECHOED,
            vec![long(32 << 10), long(32 << 10)],
            vec![long(32 << 10), long((32 << 10) + 1)],
        ),
        ("lines", ECHOED, lines(16), lines(17)),
    ] {
        assert_eq!(refusal(policy, &inside), None, "{name} inside");
        let refused = refusal(policy, &outside);
        assert!(
            matches!(refused, Some(Refusal::Header(_))),
            "{name} outside"
        );
    }
}

#[test]
fn lines_of_listed_names_have_no_bound_of_their_own() {
    assert_eq!(refusal(LISTED, &vec!["x-a".to_owned(); 1_000]), None);
}

#[test]
fn the_name_at_fault_is_named_wherever_it_stands() {
    for (lines, name) in [
        (vec!["x-c"], "x-c"),
        (vec!["x-a,x-c"], "x-c"),
        (vec!["x-a, x-c ,x-b"], "x-c"),
        (vec!["x-a,x-b,x-c,x-d"], "x-c"),
        (vec!["X-B,x-a,,X-C"], "X-C"),
        (vec!["x-a", " x-c"], "x-c"),
        (vec!["x-a b"], "x-a b"),
    ] {
        let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        let Some(Refusal::Header(value)) = refusal(LISTED, &lines) else {
            panic!("{lines:?} is refused by a header");
        };
        assert_eq!(value.as_bytes(), name.as_bytes(), "{lines:?}");
    }
}

#[test]
fn an_origin_may_have_any_length_where_all_are_allowed() {
    static ANY: &Policy = cors_policy!({
        "allow_origins": ["*"],
        "allow_headers": ["Content-Type"],
    });
    let long = format!("https://{}.test", "a".repeat(10_000));
    let origin = HeaderValue::from_str(&long).unwrap();
    assert!(ANY.allows_origin(&origin));
    let mut request = HeaderMap::new();
    request.insert(header::ORIGIN, origin);
    assert_eq!(ANY.decide(&Method::GET, &request).refusal(), None);
}
