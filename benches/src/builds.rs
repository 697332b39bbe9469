//! What a policy costs those who build it.
//!
//! Crates are made in a temporary folder and built by cargo, each once a round, so that a machine
//! that changes its speed does so for all of them. The least of all rounds counts. Processor time
//! stands beside the time on the clock, which other people's work can stretch.

mod bounds;
mod clean;
mod cost;
mod edit;
mod endpoints;
mod scratch;
mod sizes;

pub use cost::{LOG, compile};

use bounds::Bounds;

/// Prints the tables: all of them, or those that are named.
pub fn build(names: &[&str]) -> Result<(), String> {
    const ALL: [&str; 4] = ["edit", "endpoints", "sizes", "clean"];
    if let Some(unknown) = names.iter().find(|name| !ALL.contains(name)) {
        return Err(format!("`{unknown}` is none of {}", ALL.join(", ")));
    }
    let mut bounds = Bounds::default();
    for name in ALL {
        if names.is_empty() || names.contains(&name) {
            match name {
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
