//! A policy under review, as a user would keep it: `policy.txt` is everything that the policy of
//! the examples allows, and a pull request that changes the one changes the other.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("examples/krakend.json");

#[test]
fn the_policy_is_as_reviewed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshot/policy.txt");
    let policy = format!("{CORS:#}\n");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &policy).unwrap();
    }
    let reviewed = std::fs::read_to_string(path).unwrap();
    assert_eq!(policy, reviewed, "`BLESS=1 cargo test` accepts the change");
}
