//! Rust where JSON is expected: one message at the whole expression.

use cors_runtime::{Policy, cors_policy};

static CONSTANTS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com", env!("APP")],
    "allow_methods": [http::Method::GET, Method::POST, "PUT", Method::PUT],
    "allow_headers": [header::CONTENT_TYPE],
    "max_age": 2h,
});

static COMMENTED: &Policy = cors_policy!({
    /// Our app, and
    /// nothing else.
    "allow_origins": ["https://app.example.com"],
    #[cfg(debug_assertions)]
    "debug": true,
    // Rust drops this.
    "allow_headers": ["X-Request-Id"],
});

static CHOSEN: &Policy = cors_policy!({
    "allow_origins": if cfg!(debug_assertions) {
        ["*"]
    } else {
        ["https://app.example.com"]
    },
    allow_headers: ["X-Request-Id"],
    ..Default::default()
});

macro_rules! policy {
    ($origin:expr) => {
        cors_policy!({ "allow_origins": [$origin], "allow_headers": ["X-Request-Id"] })
    };
}

static HANDED_ON: &Policy = policy!("https://app.example.com");
static HANDED_ON_UNKNOWN: &Policy = policy!(ORIGINS[0].as_str());

static WHOLE: &Policy = cors_policy!({
    "version": 3,
    "extra_config": {
        "security/cors": { "allow_origins": ["https://app.example.com"], "allow_headers": ["X-Request-Id"] },
    },
});

fn main() {
    println!("{HANDED_ON}");
}
