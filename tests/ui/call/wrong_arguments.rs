use cors_runtime::{Policy, cors_policy};

static NOTHING: &Policy = cors_policy!();
static NUMBER: &Policy = cors_policy!(42);
static LIST: &Policy = cors_policy!(["https://app.example.com"]);
static VARIABLE: &Policy = cors_policy!(PATH);
static NO_COMMA: &Policy = cors_policy!("../right.json" allow(null_origin));
static OTHER_WORD: &Policy = cors_policy!("../right.json", forbid(null_origin));
static IN_QUOTES: &Policy = cors_policy!("../right.json", allow("null-origin", debug_onn));
static AS_VALUE: &Policy = cors_policy!("../right.json", allow = null_origin, deny(warnings));
static AS_LIST: &Policy = cors_policy!("../right.json", warn: ["hints", "debug_on"]);
static IN_BRACKETS: &Policy = cors_policy!("../right.json", deny[findings::debug_on]);
static NO_NAMES: &Policy = cors_policy!("../right.json", allow);

fn main() {}
