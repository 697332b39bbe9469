//! Other people's libraries, as the services that they are.
//!
//! A handler responds at once with what was made before, so that next to nothing is left
//! to subtract. Peers are configured from the policy itself.

pub mod actix;
pub mod axum;
pub mod tower;
