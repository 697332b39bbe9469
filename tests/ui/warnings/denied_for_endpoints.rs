#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../endpoints.json", allow(forwarded_header_not_allowed));

fn main() {
    println!("{CORS}");
}
