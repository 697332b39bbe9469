//! x
#![forbid(unsafe_code)]

mod decision;
mod display;
mod headers;
#[cfg(feature = "tracing")]
mod log;
mod names;
mod origin;
mod parts;
mod policy;
mod refusal;
mod request;
mod requested_headers;
mod table;
#[cfg(feature = "tower")]
mod tower;

pub use crate::decision::{Actual, Decision, Preflight};
pub use crate::policy::Policy;
pub use crate::refusal::{Refusal, Value};
#[cfg(feature = "tower")]
pub use crate::tower::{Cors, CorsLayer, ResponseFuture};

/// What expansions of [`cors_policy!`] are made of. No part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use ::core;
    pub use cors_macros::cors_policy;
    pub use http::HeaderValue;

    pub use crate::parts::{Headers, Origins, Parts, Pattern, Reach, Table};

    /// The policy of these parts.
    #[must_use]
    pub const fn policy(parts: Parts) -> crate::Policy {
        crate::Policy::new(parts)
    }
}

#[doc = include_str!("findings.md")]
pub mod findings {}

/// Compiles a KrakenD configuration into a `&'static` [`Policy`].
#[macro_export]
macro_rules! cors_policy {
    ($($input:tt)*) => {
        $crate::__private::cors_policy!($crate, $($input)*)
    };
}
