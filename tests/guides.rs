//! The links of the guides: rustdoc checks where they lead, but not the place on the page.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

use std::fs;
use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime/src")
}

fn read(name: &str) -> String {
    fs::read_to_string(source().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What rustdoc makes of the headings of a page.
fn anchors(page: &str) -> Vec<String> {
    let headings = page
        .lines()
        .map(|line| line.trim_start_matches("//!").trim_start())
        .filter(|line| line.starts_with('#'));
    headings
        .map(|heading| {
            let text = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = text.chars().filter_map(|char| match char {
                ' ' => Some('-'),
                '-' | '_' => Some(char),
                char => char.is_alphanumeric().then_some(char),
            });
            kept.collect()
        })
        .collect()
}

#[test]
fn links_lead_to_a_heading() {
    let mut checked = 0;
    for page in fs::read_dir(source().join("guides")).unwrap() {
        let page = page.unwrap().file_name().into_string().unwrap();
        let text = read(&format!("guides/{page}"));
        for link in text.split("](").skip(1) {
            let (link, _) = link.split_once(')').expect("the end of a link");
            let Some((place, anchor)) = link.split_once('#') else {
                continue;
            };
            let target = match place {
                "crate" => read("lib.rs"),
                "crate::findings" => read("findings.md"),
                place => match place.strip_prefix("crate::guides::") {
                    Some(name) => read(&format!("guides/{name}.md")),
                    None => continue,
                },
            };
            let found = anchors(&target).iter().any(|one| one == anchor);
            assert!(found, "{page}: {link}");
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} links");
}

/// What the guides tell to accept by name is a finding.
#[test]
fn names_are_those_of_findings() {
    let findings = anchors(&read("findings.md"));
    let mut checked = 0;
    for page in ["behind_the_gateway", "faq", "from_tower_http", "reviewing"] {
        let text = read(&format!("guides/{page}.md"));
        for names in text.split("allow(").skip(1) {
            let (names, _) = names.split_once(')').expect("the end of a call");
            for name in names.split(", ") {
                assert!(findings.iter().any(|one| one == name), "{page}: {name}");
                checked += 1;
            }
        }
    }
    assert!(checked > 3, "{checked} names");
}
