#![deny(warnings)]

extern crate cors_runtime as another_name;

mod handed_on {
    pub use another_name::{Policy, cors_policy};
}

static CORS: &handed_on::Policy = handed_on::cors_policy!("../right.json");

macro_rules! wrapped {
    ($path:literal) => {
        handed_on::cors_policy!($path, allow(hints))
    };
}

fn main() {
    assert_eq!(CORS.to_string(), wrapped!("../right.json").to_string());
}
