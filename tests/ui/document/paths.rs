use cors_runtime::{Policy, cors_policy};

static NUL: &Policy = cors_policy!("krakend\0.json");
static SUFFIX: &Policy = cors_policy!("../right.json"x);

fn main() {}
