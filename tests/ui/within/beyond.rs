use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../beyond.json", allow(warnings), within({
    "allow_origins": ["https://*.example.com", "http://localhost:*"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Authorization", "Content-Type"],
    "max_age": "10m",
    "allow_credentials": true,
}));

fn main() {
    println!("{CORS}");
}
