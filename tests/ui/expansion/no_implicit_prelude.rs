#![deny(warnings)]
#![no_implicit_prelude]

mod core {}
mod std {}
#[allow(dead_code)]
struct Option;
#[allow(dead_code)]
struct Some;

static CORS: &::cors_runtime::Policy = ::cors_runtime::cors_policy!("../right.json");
static PATTERNS: &::cors_runtime::Policy = ::cors_runtime::cors_policy!({
    "allow_origins": ["https://*.example.com", "http://localhost:*", "https://*"],
    "allow_methods": ["GET", "PURGE"],
    "allow_headers": ["*"],
    "allow_credentials": true,
    "allow_private_network": true,
    "options_success_status": 200,
    "max_age": "-1s",
}, allow(any_origin_with_credentials, everything_with_credentials, private_network_for_any_origin, warnings));

fn main() {
    ::std::assert!(::std::ptr::eq(CORS, CORS));
    ::std::assert!(PATTERNS.allow_credentials());
}
