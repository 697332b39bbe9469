//! The snippet for pingora of the guide `frameworks`.

pub mod gateway;

use cors_runtime::{Policy, cors_policy};

pub static CORS: &Policy = cors_policy!("../../../examples/krakend.json");
