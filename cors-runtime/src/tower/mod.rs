//! The policy as a middleware.
//!
//! It neither decides nor writes: that do [`Policy::decide`](crate::Policy::decide) and what it
//! returns.

mod future;
mod layer;
mod not_a_layer;
mod service;

pub use future::ResponseFuture;
pub use layer::{CorsLayer, Ignore, OnRefusal};
pub use service::Cors;
