#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../right.json", allow(null_origin, debug_on));

fn main() {
    println!("{CORS}");
}
