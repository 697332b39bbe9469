// What the crate says of deprecated items does not silence the findings.
#![deny(warnings)]
#![allow(deprecated)]

use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"],
    "allow_headers": ["X-Request-Id"],
    "debug": true,
});

fn main() {
    println!("{CORS}");
}
