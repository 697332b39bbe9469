//! What a policy costs at build time.
//!
//! Crates are created in a temporary folder and built by cargo, each once per round, so that a
//! change of the machine's speed affects all of them. The minimum of all rounds counts. Processor
//! time is shown beside wall-clock time, which other work on the machine can stretch.

mod bounds;
mod check;
mod clean;
mod cost;
mod edit;
mod endpoints;
mod scratch;
mod sizes;

pub use check::parse;
pub use cost::{LOG, compile};

use bounds::Bounds;

/// Prints the named tables, or all of them.
pub fn build(names: &[&str]) -> Result<(), String> {
    const ALL: [&str; 5] = ["check", "edit", "endpoints", "sizes", "clean"];
    if let Some(unknown) = names.iter().find(|name| !ALL.contains(name)) {
        return Err(format!("`{unknown}` is none of {}", ALL.join(", ")));
    }
    let mut bounds = Bounds::default();
    for name in ALL {
        if names.is_empty() || names.contains(&name) {
            match name {
                "check" => check::print()?,
                "edit" => edit::print(&mut bounds)?,
                "endpoints" => endpoints::print(&mut bounds)?,
                "sizes" => sizes::print(&mut bounds)?,
                _ => clean::print(&mut bounds)?,
            }
        }
    }
    bounds.print();
    Ok(())
}
