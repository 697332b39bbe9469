//! The program `cors-check`: the check of `cors_policy!` for a file, wherever it is.
//!
//! It compiles the modules of the library, which as a procedural macro can hand on nothing but the
//! macro.
#![forbid(unsafe_code)]
#![allow(
    dead_code,
    unused_imports,
    reason = "parts of the modules are only for the macro"
)]

include!("modules.rs");

#[warn(dead_code, unused_imports)]
mod checked;
#[warn(dead_code, unused_imports)]
mod entry;
#[warn(dead_code, unused_imports)]
mod fixes;
#[warn(dead_code, unused_imports)]
mod program;
#[warn(dead_code, unused_imports)]
mod replace;

fn main() -> std::process::ExitCode {
    program::run()
}
