//! cargo and the configuration: where a path leads, and when it is read again. Scratch crates that
//! know the runtime under another name are built as users build theirs.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

mod places;
mod readme;
mod rebuild;
mod scratch;
