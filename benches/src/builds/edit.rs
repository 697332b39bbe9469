//! After an edit: what a policy adds to `cargo check` of the crate around it.

use super::bounds::Bounds;
use super::cost::Rounds;
use super::scratch::{Scratch, runtime};
use crate::table::Table;

const ROUNDS: usize = 41;

/// The configuration of a complete gateway.
const CONFIGURATION: &str = include_str!("../../../examples/krakend.json");

const POLICY: &str = "cors_runtime::cors_policy!(\"krakend.json\", allow(warnings))";

pub fn print(bounds: &mut Bounds) -> Result<(), String> {
    let scratch = Scratch::new("edit")?;
    let variants = [
        ("a constant", "constant", "static CORS: &str = \"policy\";"),
        (
            "`cors_policy!`",
            "policy",
            &format!("static CORS: &cors_runtime::Policy = {POLICY};"),
        ),
    ];
    let mut packages = Vec::new();
    for (title, name, item) in variants {
        let package = scratch.package(name, "target", &runtime("\"tower\""))?;
        package.write("krakend.json", CONFIGURATION)?;
        packages.push((title, package, item, Rounds::default(), Rounds::default()));
    }
    for round in 0..=ROUNDS {
        for (_, package, item, wall, cpu) in &mut packages {
            package.write("src/main.rs", &source(item, round))?;
            let cost = package.cargo(&["check"])?;
            // The first round builds the dependencies.
            if round > 0 {
                wall.add(cost.wall);
                cpu.add(cost.cpu);
            }
        }
    }
    let mut table = Table::new("`cargo check` after an edit, ms");
    table.head(["least", "median", "CPU, least", "CPU, median"]);
    let figures: Vec<[f64; 4]> = packages
        .iter()
        .map(|(_, _, _, wall, cpu)| {
            [wall.least(), wall.median(), cpu.least(), cpu.median()].map(|seconds| 1e3 * seconds)
        })
        .collect();
    for ((title, ..), figures) in packages.iter().zip(&figures) {
        table.row(title, figures.map(|figure| format!("{figure:.0}")));
    }
    if let [constant, policy] = figures.as_slice() {
        let added = [0, 1, 2, 3].map(|nth| policy[nth] - constant[nth]);
        table.row("added", added.map(|figure| format!("{figure:.0}")));
        bounds.add("a policy adds to an edit, ms", 50.0, added[0]);
    }
    table.print();
    Ok(())
}

fn source(item: &str, round: usize) -> String {
    format!(
        "{item}\n\
         fn main() {{\n\
         \x20   println!(\"{{CORS:?}} {round}\");\n\
         }}\n"
    )
}
