//! What several tests need: the recorded vectors, and a browser to read answers with.

pub(crate) mod browser;
pub(crate) mod vectors;
