//! What messages and searches lead to is in the documentation as rustdoc writes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../../README.md");
const FINDINGS: &str = include_str!("../../cors-runtime/src/findings.md");

/// Builds the documentation, and returns its folder.
fn documentation() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args(["doc", "--no-deps", "--offline", "--quiet", "--all-features"])
        .args(["--package", "cors-runtime", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    target.join("doc")
}

/// The names of all findings, by their entries.
fn names() -> Vec<&'static str> {
    let headings = FINDINGS
        .lines()
        .filter_map(|line| line.strip_prefix("## `"));
    headings.map(|name| name.trim_end_matches('`')).collect()
}

/// The text of all files in a folder.
fn texts(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| {
            if path.is_dir() {
                texts(&path)
            } else {
                fs::read_to_string(&path).unwrap()
            }
        })
        .collect()
}

#[test]
fn the_link_of_every_message_and_a_search_for_every_name_lead_to_its_entry() {
    let documentation = documentation();
    // The link below a message, up to the name. The README shows what the compiler shows.
    let (_, link) = README
        .split_once("= help: https://docs.rs/cors-runtime/")
        .unwrap();
    let (link, _) = link.split_once('#').unwrap();
    let (_version, page) = link.split_once('/').unwrap();
    let page = fs::read_to_string(documentation.join(page)).unwrap();
    let index = texts(&documentation.join("search.index"));
    let names = names();
    assert!(names.len() > 100, "{names:?}");
    for name in names {
        assert!(page.contains(&format!("id=\"{name}\"")), "no entry {name}");
        assert!(index.contains(name), "no search for {name}");
    }
}
