//! `cargo bench` runs the program in this folder. That is a separate package, so that the peers it
//! measures are not dependencies of the library's tests.
//!
//! `cargo bench` counts instructions; `cargo bench -- build` and the like print the other tables.

use std::env;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    // cargo adds `--bench` to the arguments.
    let mut arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    if arguments.is_empty() {
        arguments.push("count".to_owned());
    }
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--release", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/Cargo.toml"))
        .arg("--")
        .args(arguments)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
