//! What several tests need: the recorded vectors, and a browser to read responses with.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests may fail")]

pub(crate) mod browser;
pub(crate) mod vectors;
