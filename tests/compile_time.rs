//! What a policy says of itself when it is asked, in constants and at run time.

use cors_runtime::{Policy, cors_policy};

static LISTED: &Policy = cors_policy!({
    "allow_origins": [
        "https://a.test", "https://b.test", "https://c.test", "https://d.test", "https://e.test",
        "https://f.test", "https://g.test", "https://h.test", "https://i.test", "https://*.j.test",
        "http://localhost:*", "https://example.*",
    ],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type", "X-A"],
    "expose_headers": ["X-Request-Id"],
}, allow(warnings));

static ANY: &Policy = cors_policy!({
    "allow_origins": ["*"],
    "allow_headers": ["*"],
    "expose_headers": ["*"],
});

static CREDENTIALS: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["*"],
    "allow_credentials": true,
}, allow(warnings));

// Exact origins found by a hash, and each kind of pattern.
const _: () = assert!(LISTED.allows_origin("https://i.test"));
const _: () = assert!(!LISTED.allows_origin("https://k.test"));
const _: () = assert!(LISTED.allows_origin("https://x.j.test"));
const _: () = assert!(LISTED.allows_origin("http://localhost:3000"));
const _: () = assert!(LISTED.allows_origin("https://example.net:8443"));
const _: () = assert!(!LISTED.allows_origin("https://example.net/"));
const _: () = assert!(LISTED.allows_header("CONTENT-TYPE"));
const _: () = assert!(LISTED.options_success_status().as_u16() == 204);

type Question = fn(&Policy, &str) -> bool;

#[test]
fn questions() {
    let method: Question = Policy::allows_method;
    let header: Question = Policy::allows_header;
    let exposed: Question = Policy::exposes_header;
    let origin: Question = Policy::allows_origin;
    for (name, question, policy, yes, no) in [
        (
            "methods",
            method,
            LISTED,
            &["GET", "PUT", "OPTIONS"][..],
            &["POST", "put", "", "options"][..],
        ),
        (
            "headers",
            header,
            LISTED,
            &["content-type", "X-A", "x-a"],
            &["x-b", "", "content-type "],
        ),
        (
            "any header",
            header,
            ANY,
            &["x-b", "Authorization"],
            &["", "x b", "x/b"],
        ),
        (
            "any header with credentials",
            header,
            CREDENTIALS,
            &["x-b", "Authorization"],
            &["", "x b"],
        ),
        (
            "exposed headers",
            exposed,
            LISTED,
            &["x-request-id", "X-REQUEST-ID", "Cache-Control", "pragma"],
            &["etag", "set-cookie", "", "*"],
        ),
        (
            "all exposed headers",
            exposed,
            ANY,
            &["etag", "x-b", "Expires"],
            &["set-cookie", "Set-Cookie2", "", "x b"],
        ),
        (
            "safelisted headers",
            exposed,
            CREDENTIALS,
            &["Content-Length", "Expires"],
            &["etag", "*"],
        ),
        (
            "any origin",
            origin,
            ANY,
            &["https://a.test", "null"],
            &[""],
        ),
    ] {
        for text in yes {
            assert!(question(policy, text), "{name}: `{text}`");
        }
        for text in no {
            assert!(!question(policy, text), "{name}: `{text}`");
        }
    }
}
