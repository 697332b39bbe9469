use cors_runtime::{Policy, cors_policy};

static NUL: &Policy = cors_policy!("krakend\0.json");
static SUFFIX: &Policy = cors_policy!("../right.json"x);
static EMPTY: &Policy = cors_policy!("");
static BEHIND_A_FILE: &Policy = cors_policy!("../right.json/security/cors");
static NOT_SET: &Policy = cors_policy!(concat!(env!("NOBODY_SETS_THIS"), "/krakend.json"));
static WITH_MESSAGE: &Policy = cors_policy!(env!("NOBODY_SETS_THIS", "name the gateway's file"));
static NO_BUILD_SCRIPT: &Policy = cors_policy!(concat!(env!("OUT_DIR"), "/krakend.json"));

fn main() {}
