use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com" "https://admin.example.com"],
});

fn main() {
    println!("{CORS}");
}
