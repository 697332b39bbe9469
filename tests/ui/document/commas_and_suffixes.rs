use cors_runtime::{Policy, cors_policy};

static OBJECT: &Policy = cors_policy!({,});
static LIST: &Policy = cors_policy!({ "allow_origins": [,], "allow_headers": ["X-Request-Id"] });
static SUFFIXES: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"x, r"https://admin.example.com"y],
    "allow_headers": ["X-Request-Id",],
    "options_success_status": 204_u16,
});
static TWO: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com",,] });
static BYTES: &Policy = cors_policy!({ "allow_origins": [b"https://app.example.com"] });

fn main() {}
