//! The policy as a middleware.
//!
//! It neither decides nor writes: that do [`Policy::decide`](crate::Policy::decide) and what it
//! returns.

mod future;
mod layer;
mod not_a_layer;
mod on_refusal;
mod service;

pub use future::ResponseFuture;
pub use layer::CorsLayer;
pub use on_refusal::{IgnoreRefusals, OnRefusal, RefusedRequest};
pub use service::Cors;
