//! A crate that denies every group of lints can use the macro. `cargo clippy --all-targets` checks it.
#![deny(missing_docs, unused, warnings)]
#![deny(
    clippy::all,
    clippy::cargo,
    clippy::nursery,
    clippy::pedantic,
    clippy::restriction
)]
#![allow(
    clippy::blanket_clippy_restriction_lints,
    clippy::cargo_common_metadata,
    clippy::implicit_return,
    clippy::tests_outside_test_module,
    reason = "not about what the macro writes"
)]

use cors_runtime::{Policy, cors_policy};

/// One of every part that an expansion can have.
static FILE: &Policy = cors_policy!("examples/krakend.json", allow(warnings));

/// Tables, and any header.
const CALL: &Policy = cors_policy!({
    "allow_origins": [
        "https://a.example.com", "https://b.example.com", "https://c.example.com",
        "https://d.example.com", "https://e.example.com", "https://f.example.com",
        "https://g.example.com", "https://h.example.com", "https://i.example.com",
        "https://*.example.org",
    ],
    "allow_headers": ["*"],
    "expose_headers": ["X-Request-Id"],
    "max_age": "2h",
});

#[test]
fn both_are_policies() {
    for policy in [FILE, CALL] {
        assert!(policy.allows_method("GET"), "{policy} has no GET");
    }
}
