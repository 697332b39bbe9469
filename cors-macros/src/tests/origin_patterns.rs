//! The checker beside jub0bs/cors, the strictest of its peers, pattern by pattern.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::findings;
use crate::rules::Level;

/// Patterns that it refuses and the checker takes without a warning, and why.
const TAKEN: &[(&str, &str)] = &[(
    "https://foo.*.example.com",
    "it has no `*` but the first label; KrakenD does, and the hosts are fewer than those of \
     `https://*.example.com`: with credentials both are the hint `subdomains_with_credentials`",
)];

/// Patterns that it takes and the checker refuses, and why.
const REFUSED: &[(&str, &str)] = &[(
    "https://*.example.com:*",
    "it knows a second wildcard, for the port; KrakenD takes the second `*` for a plain character \
     and never matches the pattern",
)];

/// The highest level among the findings about one pattern.
fn level(pattern: &str, credentials: bool) -> Option<Level> {
    let file = json!({ "extra_config": { "security/cors": {
        "allow_origins": [pattern],
        "allow_headers": ["X-Request-Id"],
        "allow_credentials": credentials,
    } } });
    let found = findings("krakend.json", file.to_string().as_bytes()).1;
    found.iter().map(|finding| finding.rule.level).max()
}

#[test]
fn it_is_no_laxer_and_no_stricter_than_its_strictest_peer() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/origin-patterns.json");
    let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (mut taken, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for row in &rows {
        let pattern = row["pattern"].as_str().unwrap();
        let level = level(pattern, row["credentialed"].as_bool().unwrap());
        match row["jub0bs_verdict"].as_str().unwrap() {
            "ok" if level >= Some(Level::Denied) => _ = refused.insert(pattern),
            "ok" => {}
            _ if level < Some(Level::Warning) => _ = taken.insert(pattern),
            _ => {}
        }
    }
    let known = |exceptions: &[(&'static str, &str)]| -> BTreeSet<&str> {
        exceptions.iter().map(|(pattern, _)| *pattern).collect()
    };
    assert_eq!(taken, known(TAKEN), "refused by the peer, silent here");
    assert_eq!(refused, known(REFUSED), "taken by the peer, refused here");
}
