#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com", "https://*.example.org", "http://localhost:*"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
    "expose_headers": ["X-Request-Id"],
    "max_age": "10m",
});

const _: () = {
    assert!(CORS.allows_origin("https://app.example.com"));
    assert!(CORS.allows_origin("https://shop.example.org"));
    assert!(CORS.allows_origin("http://localhost:3000"));
    assert!(!CORS.allows_origin("https://evil.example"));
    assert!(!CORS.allows_origin("https://evil.example/.example.org"));
    assert!(CORS.allows_method("PUT") && !CORS.allows_method("DELETE"));
    assert!(CORS.allows_header("content-type") && !CORS.allows_header("x-debug"));
    assert!(CORS.exposes_header("x-request-id") && !CORS.exposes_header("etag"));
    assert!(!CORS.allow_credentials() && !CORS.allow_private_network());
    assert!(!CORS.debug() && !CORS.options_passthrough());
    assert!(CORS.options_success_status().as_u16() == 204);
    assert!(CORS.allow_methods().len() == 2);
    assert!(CORS.allow_headers().len() == 1 && CORS.expose_headers().len() == 1);
    assert!(matches!(CORS.max_age(), Some(age) if age.as_secs() == 600));
};

static EVERYONE: &Policy = cors_policy!({
    "allow_origins": ["*"],
    "allow_headers": ["*"],
    "expose_headers": ["*"],
});

const _: () = {
    assert!(EVERYONE.allows_origin("https://evil.example"));
    assert!(EVERYONE.allows_header("x-debug") && EVERYONE.exposes_header("etag"));
    assert!(!EVERYONE.allow_credentials());
};

static TEN_THOUSAND: &Policy = cors_policy!("../../large/ten_thousand.json");

// A loop over far more look-ups than anybody writes down: each is one hash, so that the compiler does
// not take the constant for one that never ends (`long_running_const_eval`, which is denied).
const _: () = {
    let mut nth = 0;
    while nth < 1_000 {
        assert!(TEN_THOUSAND.allows_origin("https://tenant-4999.apps.example.com"));
        assert!(!TEN_THOUSAND.allows_origin("https://tenant-4999.apps.example.org"));
        nth += 1;
    }
};

static PATTERNS: &Policy = cors_policy!("../../large/patterns.json", allow(warnings));

const _: () = assert!(PATTERNS.allows_origin("https://x.kem.tenants.example.com"));
const _: () = assert!(!PATTERNS.allows_origin("https://x.kem.tenants.example.org"));

fn main() {}
