//! The check of large files without rustc: the program `cors-check`, which runs the stages of the macro,
//! compared with a parser that only reads JSON.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

use super::cost::{self, Rounds};
use super::scratch::Scratch;
use super::{endpoints, sizes};
use crate::table::Table;

const ROUNDS: usize = 9;

pub fn print() -> Result<(), String> {
    let scratch = Scratch::new("check")?;
    let program = program(&scratch)?;
    let mut table = Table::new("check of a file, processor time in ms");
    table.head(["MB", "cors-check", "serde_json::Value", "×"]);
    for (name, text) in [
        (
            "20000 endpoints",
            endpoints::configuration(20_000, "endpoints"),
        ),
        ("100000 origins", sizes::configuration(100_000)),
    ] {
        let file = scratch.file("krakend.json");
        fs::write(&file, &text).map_err(|error| format!("{}: {error}", file.display()))?;
        let (mut checked, mut parsed) = (Rounds::default(), Rounds::default());
        for _ in 0..ROUNDS {
            let levels = ["--allow", "hints", "--allow", "warnings"];
            checked.add(cost::run(Command::new(&program).args(levels).arg(&file))?.cpu);
            let this = env::current_exe().map_err(|error| error.to_string())?;
            parsed.add(cost::run(Command::new(this).arg("parse").arg(&file))?.cpu);
        }
        let (checked, parsed) = (1e3 * checked.least(), 1e3 * parsed.least());
        table.row(
            name,
            [
                format!("{:.1}", text.len() as f64 / 1e6),
                format!("{checked:.0}"),
                format!("{parsed:.0}"),
                format!("{:.2}", checked / parsed),
            ],
        );
    }
    table.print();
    Ok(())
}

/// `parse FILE`: what `cors-check` is compared with.
pub fn parse(file: &str) -> Result<(), String> {
    let text = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let value: Value = serde_json::from_slice(&text).map_err(|error| format!("{file}: {error}"))?;
    std::hint::black_box(&value);
    Ok(())
}

/// Builds `cors-check`.
fn program(scratch: &Scratch) -> Result<PathBuf, String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("cors-macros/Cargo.toml");
    let target = scratch.file("target");
    cost::run(
        Command::new("cargo")
            .args([
                "build",
                "--release",
                "--features",
                "check",
                "--manifest-path",
            ])
            .arg(manifest)
            .env("CARGO_TARGET_DIR", &target),
    )?;
    Ok(target.join("release/cors-check"))
}
