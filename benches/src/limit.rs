//! The least that a CORS library can cost: the same policies, each written by hand.
//!
//! Two standards are set. *Careful* code gives the guarantees of the library: two `Origin` lines
//! are refused, headers that a backend left behind are removed, `Vary` is not named twice, what is
//! asked for in a preflight is checked even where the answer does not depend on it, and what is
//! refused is kept to say why. *Careless* code does none of this, and is right for the requests that
//! are measured only.

pub mod hand;
mod names;
mod origins;

use http::{HeaderMap, Method, Response};

/// Answers a preflight, or writes into the headers of an answer that is there already.
pub type Answer = fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<Response<()>>;
