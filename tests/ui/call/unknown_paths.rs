use cors_runtime::{Policy, cors_policy};

const PATH: &str = "../right.json";

static CONSTANT: &Policy = cors_policy!(PATH);
static IN_A_MODULE: &Policy = cors_policy!(crate::PATH, allow(hints));
static REFERENCE: &Policy = cors_policy!(&"../right.json");
static METHOD: &Policy = cors_policy!("../right.json".to_string());
static SUM: &Policy = cors_policy!("../" + "right.json");
static FORMATTED: &Policy = cors_policy!(format!("{}/right.json", ".."));
static IN_CONCAT: &Policy = cors_policy!(concat!("../", PATH));
static CHOSEN: &Policy = cors_policy!(if cfg!(unix) { "a.json" } else { "b.json" });
static INCLUDED: &Policy = cors_policy!(include_str!("../right.json"));
static OPTIONAL: &Policy = cors_policy!(option_env!("GATEWAY"));
static OWN_MACRO: &Policy = cors_policy!(my::env!("GATEWAY"));
static BYTES: &Policy = cors_policy!(b"../right.json");
static SUFFIX: &Policy = cors_policy!(concat!("../", "right.json"x));
static NUMBER: &Policy = cors_policy!(concat!("right.", 3));
static NO_NAME: &Policy = cors_policy!(env!());

fn main() {}
