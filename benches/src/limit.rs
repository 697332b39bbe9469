//! The minimum that a CORS library can cost: the same policies, each written by hand.
//!
//! There are two standards. *Careful* code gives the guarantees of the library: two `Origin` lines
//! are refused, CORS headers of a backend are removed, `Vary` has no name twice, the requested
//! method and headers of a preflight are checked even if the response does not depend on them, and
//! the reason for a refusal is kept. *Careless* code does none of this. It is right only for the
//! requests that are measured.

#[cfg(test)]
mod guarantees;
pub mod hand;
pub mod layer;
mod names;
mod origins;

use http::{HeaderMap, Method, Response};

/// Answers a preflight, or writes into the headers of an existing response.
pub type Respond = fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<Response<()>>;
