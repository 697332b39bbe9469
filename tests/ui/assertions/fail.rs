use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com", "https://*.example.org"],
    "allow_headers": ["Content-Type"],
    "allow_credentials": true,
});

const _: () = assert!(CORS.allows_origin("https://admin.example.com"));
const _: () = assert!(!CORS.allows_origin("https://evil.example.org"));
const _: () = assert!(CORS.allows_method("PUT"));
const _: () = assert!(CORS.allows_header("authorization"));
const _: () = assert!(CORS.exposes_header("x-request-id"));
const _: () = {
    assert!(CORS.allows_origin("https://app.example.com"));
    assert!(!CORS.allow_credentials(), "cookies stay out of this API");
};

static TEN_THOUSAND: &Policy = cors_policy!("../../large/ten_thousand.json");

const _: () = assert!(!TEN_THOUSAND.allows_origin("https://tenant-4999.apps.example.com"));

fn main() {}
