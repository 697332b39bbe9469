//! The examples of the rules, as the documentation prints them.

use super::{file, findings};
use crate::rules::{self, Example};

#[test]
fn every_example_shows_its_rule() {
    for rule in rules::all() {
        let text = match rule.example {
            Example::Cors(members) => file(&complete(members)),
            Example::File(text) => text.to_owned(),
            Example::Nothing => continue,
        };
        let (_, found) = findings("example.json", text.as_bytes());
        assert!(
            found.iter().any(|finding| finding.rule.name == rule.name),
            "{} is not found in {text}, but {:?}",
            rule.name,
            found
                .iter()
                .map(|finding| finding.rule.name)
                .collect::<Vec<_>>(),
        );
    }
}

/// An example with what it need not say, so that it shows one mistake.
fn complete(members: &str) -> String {
    let mut members = members.to_owned();
    for (key, value) in [
        (
            "allow_origin",
            "\"allow_origins\": [\"https://app.example.com\"]",
        ),
        ("allow_headers", "\"allow_headers\": [\"X-Request-Id\"]"),
    ] {
        if !members.contains(key) {
            members = format!("{members}, {value}");
        }
    }
    members
}
