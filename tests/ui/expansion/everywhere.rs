#![deny(warnings)]
#![forbid(unsafe_code)]

use cors_runtime::{Policy, cors_policy};

static IN_A_STATIC: &Policy = cors_policy!("../right.json");
const IN_A_CONST: &Policy = cors_policy!("../right.json");
const A_CONST_OF_IT: &[&str] = IN_A_CONST.allow_methods();
const FROM_A_STATIC: bool = IN_A_STATIC.allow_credentials();

const fn in_a_const_fn() -> &'static Policy {
    cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"], "expose_headers": ["*"] })
}

struct Service;

impl Service {
    const CORS: &'static Policy = cors_policy!("../right.json");
}

fn main() {
    let in_a_body = cors_policy!("../right.json");
    assert_eq!(in_a_body.to_string(), IN_A_STATIC.to_string());
    assert_eq!(in_a_body.to_string(), Service::CORS.to_string());
    assert_eq!(A_CONST_OF_IT.len(), 6);
    assert!(!FROM_A_STATIC);
    assert_eq!(in_a_const_fn().allow_origins().collect::<Vec<_>>(), ["*"]);
}
