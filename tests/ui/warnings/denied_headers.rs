#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

// Only one of the two is accepted, and one `allow` has a typo.
static CORS: &Policy = cors_policy!(
    "../headers.json",
    allow(forwarded_header_not_allowed("X-Captcha-Id", "X-Tennant"))
);

fn main() {
    println!("{CORS}");
}
