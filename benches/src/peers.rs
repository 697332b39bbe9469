//! Other CORS libraries, measured as services.
//!
//! The handler returns a response that was made before, so that almost nothing is left to
//! subtract. The peers are configured from the policy itself.

pub mod actix;
pub mod axum;
pub mod by_hand;
pub mod tower;
