#![deny(warnings)]
#![allow(
    dead_code,
    non_camel_case_types,
    unused_macros,
    reason = "these names stand in the way and nothing else"
)]

use cors_runtime::{Policy, cors_policy};

type u8 = ();
type u16 = ();
type u32 = ();
type u64 = ();
type usize = ();
type bool = ();
type str = ();
struct Option;
struct Some;
struct None;
const POLICY: () = ();
const VALUE: () = ();
mod core {}
mod std {}

macro_rules! include_bytes {
    () => {};
}
macro_rules! option_env {
    () => {};
}

static FILE: &Policy = cors_policy!("../right.json");
static FROM_VARIABLES: &Policy = cors_policy!(concat!(env!("CARGO_PKG_VERSION_PRE"), "../right.json"));
static MANY: &Policy = cors_policy!({
    "allow_origins": [
        "https://a.test", "https://b.test", "https://c.test", "https://d.test", "https://e.test",
        "https://f.test", "https://g.test", "https://h.test", "https://i.test", "https://*.j.test",
    ],
    "allow_headers": ["X-A", "X-B", "X-C", "X-D", "X-E", "X-F", "X-G", "X-H", "X-I"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
});
static WITH_WARNINGS: &Policy = cors_policy!({
    "allow_origins": ["https://A.test"],
    "allow_headers": ["X-A"],
}, allow(upper_case_origin));

fn main() {
    assert_eq!(FILE.to_string(), FROM_VARIABLES.to_string());
    assert!(MANY.allow_credentials() && !WITH_WARNINGS.allow_credentials());
}
