//! The examples of the rules and what is right instead, as the documentation prints them.

use super::suggestions::mended;
use super::{file, findings, is_fault, names};
use crate::rules::{self, Example, Rule};

/// An example as it is printed.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    /// Otherwise it is some members of a CORS object.
    pub(super) is_file: bool,
}

impl Shown {
    pub(super) fn new(example: Example) -> Option<Self> {
        let (text, is_file) = match example {
            Example::Cors(members) => (members, false),
            Example::File(text) => (text, true),
            // `ceiling` tests those.
            Example::Call(_) | Example::Nothing => return None,
        };
        let text = text.to_owned();
        Some(Self { text, is_file })
    }

    /// What is right instead of a rule's example: the rule says it, or the suggestion of its message.
    pub(super) fn right(rule: &Rule) -> Option<Self> {
        if let Some(right) = rule.right {
            return Self::new(right);
        }
        let wrong = Self::new(rule.example)?;
        let configuration = wrong.configuration();
        let (_, found) = findings("example.json", configuration.as_bytes());
        let finding = found.iter().find(|finding| finding.rule == rule)?;
        let mut text = mended(&configuration, finding)?;
        if !wrong.is_file {
            let around = file("…");
            let (before, after) = around.split_once('…').unwrap();
            let added = &complete(&wrong.text)[wrong.text.len()..];
            let added = added.trim_start_matches(", ");
            let members = text.strip_prefix(before).unwrap();
            let members = members.strip_suffix(after).unwrap();
            let members = members.replace("],\n      \"", "], \"");
            let members = members.strip_suffix(added).unwrap_or(&members);
            text = members.trim_matches([',', ' ', '\n']).to_owned();
        }
        Some(Self { text, ..wrong })
    }

    fn configuration(&self) -> String {
        if self.is_file {
            self.text.clone()
        } else {
            file(&complete(&self.text))
        }
    }

    fn found(&self) -> Vec<&'static str> {
        let (_, found) = findings("example.json", self.configuration().as_bytes());
        names(&found)
    }
}

/// Members of a CORS object with those that an example need not have, so that it shows one mistake.
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

#[test]
fn every_example_shows_its_rule() {
    for rule in rules::all() {
        let Some(wrong) = Shown::new(rule.example) else {
            continue;
        };
        let found = wrong.found();
        assert!(found.contains(&rule.name), "{}: {found:?}", rule.name);
    }
}

#[test]
fn what_is_right_instead_has_no_fault() {
    for rule in rules::all() {
        let right = Shown::right(rule);
        let has_example = Shown::new(rule.example).is_some();
        assert_eq!(right.is_some(), has_example, "{}", rule.name);
        let Some(right) = right else { continue };
        let text = right.configuration();
        let (_, mut found) = findings("example.json", text.as_bytes());
        // A file is a part of one, as the example is.
        found.retain(|finding| finding.rule == rule || is_fault(finding) && !right.is_file);
        // Every origin of an extension has this warning, so the right one, too.
        found.retain(|finding| *finding.rule != rules::APP_SCHEME || *rule == rules::APP_SCHEME);
        assert!(
            found.is_empty(),
            "{}: {text}: {:?}",
            rule.name,
            names(&found)
        );
    }
}
