//! The policies. All but two allow credentials and expose one header. An allowed actual request
//! then gets four headers, and a preflight six.

use cors_runtime::{Policy, cors_policy};

/// Every origin, without credentials.
pub static ANY: &Policy = cors_policy!({
    "allow_origins": ["*"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type", "X-Request-Id"],
    "expose_headers": ["X-Request-Id"],
    "max_age": "10m",
}, allow(hints, warnings));

/// One origin.
pub static ONE: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type", "X-Request-Id"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
}, allow(hints, warnings));

/// A handful.
pub static FIVE: &Policy = cors_policy!({
    "allow_origins": [
        "https://app.example.com",
        "https://admin.example.com",
        "https://tenant-0042.apps.example.com",
        "https://shop.example.org",
        "https://staging.example.net:8443",
    ],
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type", "X-Request-Id"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
}, allow(hints, warnings));

/// The same with thirty request headers.
pub static THIRTY_HEADERS: &Policy = cors_policy!({
    "allow_origins": [
        "https://app.example.com",
        "https://admin.example.com",
        "https://tenant-0042.apps.example.com",
        "https://shop.example.org",
        "https://staging.example.net:8443",
    ],
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": [
        "Accept-Version", "Authorization", "Baggage", "Cache-Control", "Content-Encoding",
        "Content-Type", "If-Match", "If-Modified-Since", "If-None-Match", "If-Unmodified-Since",
        "Pragma", "Prefer", "Range", "Sentry-Trace", "Traceparent", "Tracestate", "X-Api-Key",
        "X-B3-Sampled", "X-B3-SpanId", "X-B3-TraceId", "X-Client-Id", "X-Client-Version",
        "X-Correlation-Id", "X-CSRF-Token", "X-Device-Id", "X-Locale", "X-Request-Id",
        "X-Requested-With", "X-Session-Id", "X-Tenant",
    ],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
}, allow(hints, warnings));

/// Every request header with credentials: the names are echoed.
pub static ECHO: &Policy = cors_policy!({
    "allow_origins": [
        "https://app.example.com",
        "https://admin.example.com",
        "https://tenant-0042.apps.example.com",
        "https://shop.example.org",
        "https://staging.example.net:8443",
    ],
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": ["*"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
}, allow(hints, warnings));

/// All subdomains of one host.
pub static PATTERN: &Policy = cors_policy!({
    "allow_origins": ["https://*.apps.example.com"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": ["Authorization", "Content-Type", "X-Request-Id"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
}, allow(hints, warnings));

include!(concat!(env!("OUT_DIR"), "/policies.rs"));
