//! What rules say of KrakenD is what was recorded from it.
//!
//! Each test quotes the sentence, so that one cannot change without the other.

mod lists;
mod options;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use super::findings;
use crate::rules::Rule;

/// A configuration with its recorded requests.
pub(super) struct Case(pub(super) Value);

/// A recorded request with its response.
struct Exchange<'a>(&'a Value);

/// All recorded configurations.
pub(super) static ALL: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/krakend-vectors.json");
    let vectors = fs::read_to_string(path).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&vectors).unwrap();
    cases.into_iter().map(Case).collect()
});

fn recorded(name: &str) -> &'static Case {
    ALL.iter().find(|case| case.name() == name).expect(name)
}

/// The cases whose names begin so.
fn group(start: &str) -> impl Iterator<Item = &'static Case> {
    ALL.iter()
        .filter(move |case| case.name().starts_with(start))
}

impl Case {
    fn name(&self) -> &str {
        self.0["name"].as_str().unwrap()
    }

    fn parsed(&self, setting: &str) -> &Value {
        &self.0["parsed"][setting]
    }

    fn exchanges(&self) -> impl Iterator<Item = Exchange<'_>> {
        self.0["requests"].as_array().unwrap().iter().map(Exchange)
    }

    fn exchange(&self, name: &str) -> Exchange<'_> {
        let found = self
            .exchanges()
            .find(|exchange| exchange.0["name"] == *name);
        found.unwrap_or_else(|| panic!("{}: {name}", self.name()))
    }

    /// The origins whose requests were granted.
    fn granted_origins(&self) -> Vec<&str> {
        let granted = self.exchanges().filter(Exchange::is_granted);
        granted
            .filter_map(|exchange| exchange.sent("Origin"))
            .collect()
    }

    /// Whether this is found in the configuration, with a note that says so if one is named.
    fn is_found(&self, rule: &Rule, note: Option<&str>) -> bool {
        let text = match self.0["config_text"].as_str() {
            Some(text) => text.to_owned(),
            None => self.0["config"].to_string(),
        };
        let file = format!("{{ \"extra_config\": {{ \"security/cors\": {text} }} }}");
        let (_, found) = findings("krakend.json", file.as_bytes());
        found.iter().any(|finding| {
            finding.rule == rule
                && note.is_none_or(|note| finding.notes.iter().any(|other| other.text == note))
        })
    }
}

impl<'a> Exchange<'a> {
    fn sent(&self, name: &str) -> Option<&'a str> {
        let lines = self.0["headers"].as_array().unwrap();
        let line = lines.iter().find(|line| line[0] == *name)?;
        line[1].as_str()
    }

    fn got(&self, name: &str) -> Option<&'a str> {
        self.0["expect"]["headers"][name][0].as_str()
    }

    /// The status as it arrives; none if the connection is closed.
    fn status(&self) -> Option<u64> {
        let wire = self.0["wire"]["status"].as_u64();
        wire.or_else(|| self.0["expect"]["status"].as_u64())
    }

    fn is_preflight(&self) -> bool {
        let method = self.sent("Access-Control-Request-Method");
        self.0["method"] == *"OPTIONS" && method.is_some_and(|method| !method.is_empty())
    }

    fn is_granted(&self) -> bool {
        self.got("Access-Control-Allow-Origin").is_some()
    }
}

#[track_caller]
fn says(rule: &Rule, sentence: &str) {
    assert!(rule.meaning.contains(sentence), "{}: {sentence}", rule.name);
}
