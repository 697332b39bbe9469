//! Header names that `http` has no constants for.

use http::HeaderName;

// A `static` could be borrowed instead, but comparing and inserting take the name by value anyway.
#[allow(
    clippy::declare_interior_mutable_const,
    reason = "a name from static text shares nothing"
)]
pub(crate) const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

#[allow(
    clippy::declare_interior_mutable_const,
    reason = "a name from static text shares nothing"
)]
pub(crate) const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");
