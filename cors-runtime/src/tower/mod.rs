//! The policy as tower middleware.
//!
//! The middleware itself neither decides nor writes headers. [`Policy::decide`](crate::Policy::decide)
//! does the one, and the decision that it returns the other.

mod future;
mod layer;
mod not_a_layer;
mod on_refusal;
mod service;

pub use future::ResponseFuture;
pub use layer::CorsLayer;
pub use on_refusal::{IgnoreRefusals, OnRefusal, RefusedRequest};
pub use service::Cors;
