//! The policy as a middleware.

mod future;
mod layer;
mod service;
mod template;

pub use future::ResponseFuture;
pub use layer::CorsLayer;
pub use service::Cors;
