//! What the tests of `cors-macros` say of any text.

#[path = "../../../cors-macros/src/tests/named.rs"]
mod named;
#[path = "../../../cors-macros/src/tests/reading.rs"]
mod reading;
#[path = "../../../cors-macros/src/tests/splice.rs"]
pub(crate) mod splice;
#[path = "../../../cors-macros/src/tests/suggestions.rs"]
pub(crate) mod suggestions;
#[path = "../../../cors-macros/src/tests/titles.rs"]
mod titles;

pub(crate) use reading::{draw, findings};
