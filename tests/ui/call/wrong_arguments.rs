use cors_runtime::{Policy, cors_policy};

static NOTHING: &Policy = cors_policy!();
static NUMBER: &Policy = cors_policy!(42);
static LIST: &Policy = cors_policy!(["https://app.example.com"]);
static VARIABLE: &Policy = cors_policy!(PATH);
static NO_COMMA: &Policy = cors_policy!("../right.json" allow(null_origin));
static OTHER_WORD: &Policy = cors_policy!("../right.json", forbid(null_origin));
static NO_NAMES: &Policy = cors_policy!("../right.json", allow("null_origin"));

fn main() {}
