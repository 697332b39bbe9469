use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com/", "https://admin.example.com"],
    "allow_methods": ["GET", "put"],
    "allow_header": ["X-A"],
    "max_age": 600,
});

fn main() {
    let policy: &'static Policy = cors_policy!({ "allow_origins": ["*"], "allow_headers": ["X-A"], "allow_credentials": true });
    println!("{CORS} {policy}");
}
