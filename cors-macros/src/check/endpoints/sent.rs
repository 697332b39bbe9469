//! Who sets a request header: the scripts of a page, or somebody on the way.

use crate::check::allow_headers;

/// Headers that browsers set themselves, or let scripts send without asking. `Content-Type` is among
/// them, except for JSON bodies, which have a finding of their own.
const BY_BROWSERS: [&str; 12] = [
    "cache-control",
    "content-type",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "pragma",
    "priority",
    "range",
    "upgrade-insecure-requests",
    "user-agent",
];

/// Headers that proxies, content delivery networks and tracing add.
const BY_PROXIES: [&str; 17] = [
    "b3",
    "baggage",
    "forwarded",
    "sentry-trace",
    "traceparent",
    "tracestate",
    "true-client-ip",
    "uber-trace-id",
    "x-amzn-trace-id",
    "x-client-ip",
    "x-cloud-trace-context",
    "x-correlation-id",
    "x-original-uri",
    "x-original-url",
    "x-real-ip",
    "x-request-id",
    "x-trace-id",
];

/// What the names begin with that are made by those.
const FAMILIES: [&str; 8] = [
    "access-control-",
    "cf-",
    "cloudfront-",
    "x-b3-",
    "x-datadog-",
    "x-envoy-",
    "x-forwarded-",
    "x-krakend",
];

/// Whether the scripts of a page set a header that browsers ask for first, by its name in lower case.
/// In doubt, nobody should be told to allow a header that no page sends.
pub(super) fn by_scripts(lower: &str) -> bool {
    allow_headers::is_of_scripts(lower)
        && !BY_BROWSERS.contains(&lower)
        && !BY_PROXIES.contains(&lower)
        && !FAMILIES.iter().any(|family| lower.starts_with(family))
}
