//! What the guide tells to type is understood, and what it says of the output is true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{Folder, file};

const WRONG: &str = r#""allow_origins": ["https://a.test/"]"#;

fn guide() -> String {
    let path = "../cors-runtime/src/guides/gateway_repository.md";
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The limits that the guide shows.
fn limits(guide: &str) -> &str {
    let (_, block) = guide.split_once("```json\n").unwrap();
    block.split_once("```").unwrap().0
}

/// The arguments of the commands in the guide.
fn commands(guide: &str) -> Vec<Vec<&str>> {
    let code = guide.split('`').map(str::trim).flat_map(str::lines);
    let commands = code.filter_map(|line| {
        let line = line.trim_start().trim_start_matches("- ");
        let line = line.strip_prefix("run: ").unwrap_or(line);
        line.strip_prefix("cors-check ")
    });
    commands
        .map(|arguments| arguments.split(" > ").next().unwrap().split(' ').collect())
        .collect()
}

#[test]
fn its_commands_are_understood() {
    let guide = guide();
    let commands = commands(&guide);
    assert!(commands.len() >= 6, "{commands:?}");
    for arguments in commands {
        let folder = Folder::with("guide", "krakend.json", &file(WRONG));
        fs::write(folder.0.join("limits.json"), limits(&guide)).unwrap();
        let output = folder.run(&arguments);
        assert_ne!(output.status, 2, "{arguments:?}: {output:?}");
        assert!(!output.stdout.contains("limits.json:"), "{output:?}");
    }
}

#[test]
fn its_table_has_the_keys_of_a_finding() {
    let guide = guide();
    let (_, table) = guide.split_once("| key | |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let cells = table.lines().filter_map(|line| line.split('|').nth(1));
    let keys: BTreeSet<&str> = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    let folder = Folder::with("keys", "krakend.json", &file(WRONG));
    let output = folder.run(&["--format", "json", "krakend.json"]);
    let line = output.stdout.lines().next().unwrap();
    let finding: Value = serde_json::from_str(line).unwrap();
    let printed: BTreeSet<&str> = finding
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, printed);
}
