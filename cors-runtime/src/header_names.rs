//! Header names that `http` has no constants for, and the lists of names in the Fetch standard.

use http::HeaderName;

pub(crate) const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

pub(crate) const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");

/// The [CORS-safelisted response-header names], without those that a response exposes.
///
/// [CORS-safelisted response-header names]: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
pub(crate) const SAFELISTED_RESPONSE_HEADERS: &[&str] = &[
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// The [forbidden response-header names].
///
/// [forbidden response-header names]: https://fetch.spec.whatwg.org/#forbidden-response-header-name
pub(crate) const FORBIDDEN_RESPONSE_HEADERS: &[&str] = &["set-cookie", "set-cookie2"];
