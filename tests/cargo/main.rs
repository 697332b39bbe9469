//! cargo and the configuration: where a path leads, and when it is read again. Scratch crates that
//! know the runtime under another name are built as users build theirs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail")]

mod documentation;
mod messages;
mod near;
mod places;
mod readme;
mod rebuild;
mod recipes;
mod scratch;
mod variables;
