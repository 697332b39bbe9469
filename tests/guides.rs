//! The links of the guides: rustdoc checks where they lead, but not the place on the page.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

#[path = "support/pages.rs"]
mod pages;

use std::fs;
use std::path::Path;

use pages::{files, read, source};

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

/// The pages of the documentation.
fn all_pages() -> Vec<String> {
    let guides = fs::read_dir(source().join("guides")).unwrap();
    let guides = guides.map(|page| page.unwrap().file_name().into_string().unwrap());
    let guides = guides.map(|page| format!("guides/{page}"));
    guides.chain(["findings.md".to_owned()]).collect()
}

/// Where the links of a text lead.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.split("](").skip(1);
    ends.map(|link| link.split_once(')').expect("the end of a link").0)
}

/// rustdoc checks links to items, with features and without. It does not check links to the files that it
/// writes, and what a feature adds is not always there.
#[test]
fn links_lead_to_items_and_not_to_files() {
    let mut checked = 0;
    for end in [".md", ".rs"] {
        for path in files(&source(), end) {
            let text = fs::read_to_string(&path).unwrap();
            let links = text
                .split(['(', ' ', '<'])
                .filter(|word| word.contains(".html") && !word.starts_with("http"));
            let wrong: Vec<&str> = links.collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", path.display());
            assert!(!text.contains("](../"), "{}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 40, "{checked} files");
}

/// The files that are read in the repository.
#[test]
fn links_between_files_lead_to_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut checked = 0;
    for file in [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "benches/README.md",
        "cors-macros/README.md",
        "cors-macros/data/README.md",
        "cors-runtime/README.md",
        "tests/fuzz/README.md",
        "tests/oracle/README.md",
    ] {
        let path = root.join(file);
        let text = fs::read_to_string(&path).unwrap();
        for link in links(&text).filter(|link| !link.contains("://")) {
            let (place, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match place {
                "" => path.clone(),
                place => path.with_file_name(place),
            };
            assert!(target.exists(), "{file}: {link}");
            if !anchor.is_empty() {
                let found = anchors(&fs::read_to_string(target).unwrap());
                assert!(found.iter().any(|one| one == anchor), "{file}: {link}");
            }
            checked += 1;
        }
    }
    assert!(checked > 5, "{checked} links");
}

#[test]
fn links_lead_to_a_heading() {
    let mut checked = 0;
    for page in all_pages() {
        let text = read(&page);
        for link in links(&text) {
            let Some((place, anchor)) = link.split_once('#') else {
                continue;
            };
            let target = match place {
                "" => text.clone(),
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
                // A header may be named after it.
                let (name, _) = name.split_once('(').unwrap_or((name, ""));
                assert!(findings.iter().any(|one| one == name), "{page}: {name}");
                checked += 1;
            }
        }
    }
    assert!(checked > 3, "{checked} names");
}
