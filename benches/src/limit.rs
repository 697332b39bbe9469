//! The least that a CORS library can cost: the same policies, each written by hand.
//!
//! Two standards are set. *Careful* code gives the guarantees of the library: two `Origin` lines
//! are refused, headers that a backend left behind are removed, `Vary` does not name anything
//! twice, what a preflight asks for is checked even where the response does not depend on it, and
//! what is refused is kept to say why. *Careless* code does none of this. It is right only for the
//! requests that are measured.

#[cfg(test)]
mod guarantees;
pub mod hand;
mod names;
mod origins;

use http::{HeaderMap, Method, Response};

/// Responds to a preflight, or writes into the headers of a response that is there already.
pub type Respond = fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<Response<()>>;
