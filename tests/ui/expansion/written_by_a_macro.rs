#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

macro_rules! policy {
    ($path:expr) => {
        cors_policy!($path)
    };
}

static LITERAL: &Policy = policy!("../right.json");
static CONCAT: &Policy = policy!(concat!("..", "/right", concat!(".", "json")));

fn main() {
    assert_eq!(LITERAL.to_string(), CONCAT.to_string());
}
