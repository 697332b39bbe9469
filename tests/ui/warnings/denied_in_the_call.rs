use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://App.example.com"],
    "allow_headers": ["Origin"],
    "debug": true,
}, deny(warnings), deny(hints));

fn main() {
    println!("{CORS}");
}
