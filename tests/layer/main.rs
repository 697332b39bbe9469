//! The policy as a middleware: what its responses say, how it behaves as a tower service, and what
//! depends on where it stands among routes and other layers.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

mod on_refusal;
mod responses;
mod routers;
mod seen;
mod service;
mod stacks;
mod support;
