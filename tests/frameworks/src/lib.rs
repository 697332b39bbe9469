//! The snippets of the guide `frameworks`. The guide shows each file as it is.

pub mod axum;
pub mod http_types;
pub mod hyper;
pub mod lambda;
pub mod poem;
pub mod rocket;
pub mod salvo;
pub mod tonic;
pub mod warp;
pub mod worker;

use cors_runtime::{Policy, cors_policy};

pub static CORS: &Policy = cors_policy!("../../examples/krakend.json");
