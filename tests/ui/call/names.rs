use cors_runtime::{Policy, cors_policy};

static UNKNOWN: &Policy = cors_policy!("../right.json", allow(nul_origin), warn(hint));
static AN_ERROR: &Policy = cors_policy!("../right.json", allow(origin_with_path));

fn main() {}
