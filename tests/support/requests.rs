//! Headers of requests, from names and values.

#![allow(dead_code, reason = "no test needs all of it")]

use http::{HeaderMap, HeaderName, HeaderValue};

pub(crate) const ORIGIN: &str = "origin";
pub(crate) const METHOD: &str = "access-control-request-method";
pub(crate) const HEADERS: &str = "access-control-request-headers";
pub(crate) const NETWORK: &str = "access-control-request-private-network";

/// The headers with these lines. Values are bytes, as hostile ones need not be text.
pub(crate) fn headers<V: AsRef<[u8]>>(
    lines: impl IntoIterator<Item = (&'static str, V)>,
) -> HeaderMap {
    lines
        .into_iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_bytes(value.as_ref()).unwrap();
            (HeaderName::from_static(name), value)
        })
        .collect()
}

/// The bytes that can stand in a header value.
pub(crate) fn header_bytes() -> impl Iterator<Item = u8> {
    (0..=u8::MAX).filter(|byte| HeaderValue::from_bytes(&[*byte]).is_ok())
}
