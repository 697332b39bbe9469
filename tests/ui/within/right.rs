#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

static FILE: &Policy = cors_policy!(
    "../right.json",
    within({
        "allow_origins": ["https://*.example.com", "https://*.example.org", "http://localhost:*"],
        "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        "allow_headers": ["content-type", "x-request-id", "x-tenant"],
        "max_age": "2h",
        "allow_credentials": false,
    })
);

static COMPOSED: &Policy = cors_policy!(
    concat!("../", "right.json"),
    deny(hints),
    within({ "allow_origins": ["https://*"] }),
    allow(hints)
);

static CALL: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"],
    "allow_headers": ["Content-Type"],
}, within({ "expose_headers": [] }), deny(warnings));

const _: () = assert!(FILE.allows_origin("https://app.example.com"));
const _: () = assert!(!FILE.allows_origin("http://localhost:3000"));
const _: () = assert!(!FILE.allows_header("x-tenant"));

fn main() {
    println!("{FILE}{COMPOSED}{CALL}");
}
