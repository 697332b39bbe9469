//! Ours are the only errors, wherever a refused policy is used.

use cors_runtime::{Policy, cors_policy};

static IN_A_STATIC: &Policy = cors_policy!("");
const IN_A_CONST: &Policy = cors_policy!("", allow(no_such_name));
const A_CONST_OF_IT: &[&str] = IN_A_CONST.allow_methods();
const _: () = assert!(IN_A_STATIC.allow_credentials());

const fn in_a_const_fn() -> &'static Policy {
    cors_policy!({ "allow_origins": ["https://app.example.com/"] })
}

fn takes(_: impl ToString) {}

fn main() {
    let in_a_body = cors_policy!("");
    in_a_body.allow_credentials();
    takes(cors_policy!(""));
    let chosen = if cfg!(unix) { cors_policy!(PATH) } else { in_a_const_fn() };
    println!("{chosen} {IN_A_STATIC} {:?}", A_CONST_OF_IT);
    cors_policy!("");
}
