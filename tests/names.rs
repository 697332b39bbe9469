//! The names in `Access-Control-Request-Headers`: a list in any order and of any make, of which the
//! first that is not allowed is the one that is refused.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use cors_runtime::{Policy, Refusal, cors_policy};
use http::{HeaderMap, HeaderValue, Method, header};

/// Names that are compared one after another.
static FEW: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_headers": ["Content-Type", "Authorization", "X-A", "If-Match"],
});

/// The same and more, found by a hash.
static MANY: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_headers": [
        "Content-Type", "Authorization", "X-A", "If-Match", "X-C", "X-D", "X-E", "X-F", "X-G", "X-H",
    ],
});

/// The name that is refused.
fn refused(policy: &'static Policy, line: &str) -> Option<String> {
    let mut request = HeaderMap::new();
    request.insert(header::ORIGIN, HeaderValue::from_static("https://a.test"));
    let method = HeaderValue::from_static("GET");
    request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, method);
    let line = HeaderValue::from_str(line).unwrap();
    request.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, line);
    match policy.decide(&Method::OPTIONS, &request).refusal() {
        Some(Refusal::Header(name)) => Some(name.to_string()),
        other => other.map(|refusal| refusal.to_string()),
    }
}

#[test]
fn the_first_that_is_not_allowed() {
    let long = "x".repeat(65);
    for (line, expected) in [
        ("", None),
        ("x-a", None),
        ("authorization,content-type,if-match,x-a", None),
        // In any order, also twice.
        ("x-a,authorization", None),
        ("x-a,content-type,authorization", None),
        ("content-type,content-type", None),
        // Of any make.
        ("X-A, Content-Type", None),
        ("x-a ,content-type", None),
        ("x-a,,content-type,", None),
        (",x-a", None),
        ("x-b", Some("x-b")),
        ("content-type,x-b", Some("x-b")),
        ("content-type,x-b,x-z", Some("x-b")),
        ("x-b,content-type", Some("x-b")),
        ("x-a,authorization,x-b", Some("x-b")),
        ("X-B", Some("X-B")),
        (" x-b ", Some("x-b")),
        ("x-b ,x-a", Some("x-b")),
        ("x-b x-a", Some("x-b x-a")),
        ("x-a x-b", Some("x-a x-b")),
        ("x-b/c", Some("x-b/c")),
        ("x-a-", Some("x-a-")),
        ("x-", Some("x-")),
        ("content-type,x_a", Some("x_a")),
        (&long, Some(&long)),
    ] {
        for policy in [FEW, MANY] {
            assert_eq!(
                refused(policy, line).as_deref(),
                expected,
                "{line:?}\n{policy}"
            );
        }
    }
}
