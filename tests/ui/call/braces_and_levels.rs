use cors_runtime::{Policy, cors_policy};

static NO_BRACES: &Policy = cors_policy!("allow_origins": ["https://app.example.com"]);
static NO_QUOTES: &Policy = cors_policy!(allow_origins: ["https://app.example.com"]);
static HYPHEN: &Policy = cors_policy!("../right.json", allow(null-origin), forbid(warnings));
static REASON: &Policy = cors_policy!("../right.json", expect(debug_on, reason = "only here"));
static AN_ERROR: &Policy = cors_policy!("../right.json", allow("origin with path"));

fn main() {}
