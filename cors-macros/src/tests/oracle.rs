//! What the checker says of the configurations that KrakenD's answers were recorded for.
//!
//! `BLESS=1 cargo test -p cors-macros` writes `tests/oracle/outcomes.json` and `policies.rs` anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::findings;
use crate::rules::Level;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle")
}

#[test]
fn every_configuration_has_its_outcome() {
    let vectors = fs::read_to_string(folder().join("krakend-vectors.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&vectors).unwrap();
    let mut outcomes: BTreeMap<&str, Value> = BTreeMap::new();
    let mut policies = String::from(
        "//! A policy for every recorded configuration that the checker accepts, with what it has to say of it\n\
         //! allowed. Made by the tests of `cors-macros`; see `README.md`.\n\n\
         use cors_runtime::{Policy, cors_policy};\n\n\
         #[rustfmt::skip]\n\
         pub(crate) static POLICIES: &[(&str, &Policy)] = &[\n",
    );
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let text = match case["config_text"].as_str() {
            Some(text) => text.to_owned(),
            None => case["config"].to_string(),
        };
        let file = format!("{{ \"extra_config\": {{ \"security/cors\": {text} }} }}");
        let found = findings("krakend.json", file.as_bytes()).1;
        let at = |level: Level| -> Vec<&str> {
            let mut names: Vec<&str> = found
                .iter()
                .filter(|finding| finding.rule.level == level)
                .map(|finding| finding.rule.name)
                .collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let errors = at(Level::Error);
        if errors.is_empty() {
            let allowed = [at(Level::Denied), at(Level::Warning)].concat();
            let allow = if allowed.is_empty() {
                String::new()
            } else {
                format!(", allow({})", allowed.join(", "))
            };
            let config = rust(&case["config"]);
            writeln!(policies, "    ({name:?}, cors_policy!({config}{allow})),").unwrap();
            outcomes.insert(
                name,
                serde_json::json!({ "accepted": { "allow": allowed } }),
            );
        } else {
            outcomes.insert(name, serde_json::json!({ "refused": errors }));
        }
    }
    policies.push_str("];\n");
    let outcomes = serde_json::to_string_pretty(&outcomes).unwrap() + "\n";
    for (file, text) in [("outcomes.json", outcomes), ("policies.rs", policies)] {
        let path = folder().join(file);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == text, "{file} is out of date");
    }
}

/// JSON as tokens of Rust: strings have other escapes.
fn rust(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(rust).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| format!("{key:?}: {}", rust(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => other.to_string(),
    }
}
