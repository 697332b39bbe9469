// Everything is reported in one build, whatever keeps the policy from being compiled.
use cors_runtime::{Policy, cors_policy};

static FILE: &Policy = cors_policy!("../error_and_warning.json");
static CALL: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com/", "https://*.example.com"],
    "allow_headers": ["X-Request-Id", "Server"],
    "debug": true,
});

fn main() {
    println!("{FILE}{CALL}");
}
