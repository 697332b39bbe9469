//! The program `cors-check`: the check of `cors_policy!` for a file, wherever it is.
//!
//! It compiles the modules of the library, which as a procedural macro can hand on nothing but the
//! macro. What only the macro needs of them is not used here.
#![forbid(unsafe_code)]

#[allow(dead_code, reason = "the macro's call")]
mod call;
mod check;
mod checked;
mod config;
#[allow(dead_code, reason = "the compiler's drawings")]
mod draw;
mod edits;
mod entry;
mod finding;
mod fixes;
mod gateway;
mod json;
#[allow(dead_code, reason = "the words of a call")]
mod levels;
#[allow(dead_code, reason = "the literals of a call")]
mod literal;
mod policy;
mod program;
mod replace;
mod report;
mod rules;
#[allow(dead_code, unused_imports, reason = "objects in a call, and its path")]
mod source;
mod spelling;
mod stages;
#[allow(dead_code, reason = "expressions in a call")]
mod written;

fn main() -> std::process::ExitCode {
    program::run()
}
