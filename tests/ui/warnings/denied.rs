#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../ten_warnings.json");

fn main() {
    println!("{CORS}");
}
