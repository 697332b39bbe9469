//! The program `cors-check`: the check of `cors_policy!` for a file, wherever it is.
//!
//! It compiles the modules of the library, which as a procedural macro can hand on nothing but the
//! macro.
#![forbid(unsafe_code)]
#![allow(
    dead_code,
    unused_imports,
    reason = "some of the modules is for the macro alone"
)]

include!("modules.rs");

mod checked;
mod entry;
mod fixes;
mod program;
mod replace;

fn main() -> std::process::ExitCode {
    program::run()
}
