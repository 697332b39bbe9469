use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com", "null"],
    "allow_headers": ["Content-Type"],
    "allow_credentials": true,
}, within({
    "allow_origins": ["https://*.example.com"],
    "allow_credentials": false,
}));

fn main() {
    println!("{CORS}");
}
