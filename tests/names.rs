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

/// Names of any length, listed and asked for in any case.
#[test]
fn names_of_any_length() {
    // The lengths around the bound of what is compared in place.
    static LONG: &Policy = cors_policy!({
        "allow_origins": ["https://a.test", "https://b.test"],
        "allow_headers": [
            "X-63-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-64-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-65-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-100-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ],
    });
    // The same and more, found by a hash.
    static LONG_OF_MANY: &Policy = cors_policy!({
        "allow_origins": ["https://a.test", "https://b.test"],
        "allow_headers": [
            "X-63-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-64-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-65-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-100-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "X-A", "X-B", "X-C", "X-D", "X-E", "X-F", "X-G", "X-H",
        ],
    });
    for policy in [LONG, LONG_OF_MANY] {
        let lengths: Vec<usize> = policy
            .allow_headers()
            .iter()
            .map(|name| name.len())
            .collect();
        for length in [63, 64, 65, 100] {
            assert!(lengths.contains(&length), "{lengths:?}");
        }
        for name in policy.allow_headers() {
            let upper = name.to_uppercase();
            let last_upper = format!("{}{}", &name[..name.len() - 1], &upper[name.len() - 1..]);
            for asked in [(*name).to_owned(), upper.clone(), last_upper] {
                assert_eq!(refused(policy, &asked), None, "{asked}");
                let after_blank = format!(" {asked} ");
                assert_eq!(refused(policy, &after_blank), None, "{asked}");
                for stranger in [
                    format!("{asked}-"),
                    format!("-{asked}"),
                    asked.replace('-', "_"),
                ] {
                    assert!(refused(policy, &stranger).is_some(), "{stranger}");
                }
            }
            // One letter that is another one.
            let stranger = format!("{}Z", &upper[..upper.len() - 1]);
            assert!(refused(policy, &stranger).is_some(), "{stranger}");
        }
    }
}
