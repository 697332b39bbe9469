//! Right files with one slip of the pen at a random place: the slip is found, and where the finding
//! has a literal, that mends it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::suggestions::mended;
use super::{faults, findings, tries};
use crate::finding::Finding;
use crate::rules;
use crate::tests::draw;

const RIGHT: &str = r#"{
  "version": 3,
  "timeout": "3000ms",
  "endpoints": [
    { "endpoint": "/users/{id}", "method": "GET", "backend": [{ "host": ["http://users:8080"] }] }
  ],
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com", "https://*.example.org"],
      "allow_methods": ["GET", "HEAD", "POST"],
      "allow_headers": [
        "Content-Type",
        "X-Request-Id"
      ],
      "max_age": "10m",
      "allow_credentials": true,
      "options_success_status": 204
    },
    "github_com/devopsfaith/krakend-gologging": { "level": "INFO" }
  }
}
"#;

/// One character, or all of a word, put in place of another.
#[derive(Clone, Copy, Debug)]
struct Slip {
    at: &'static str,
    with: &'static str,
}

const RIGHT_THEN: &str = "literal, and then the file is right";

const SLIPS: &[Slip] = &[
    slip(",", ""),
    slip(",", ",,"),
    slip(",", ";"),
    slip(",", ", // a remark\n"),
    slip(",", " # a remark\n,"),
    slip(",", ", /* a remark */"),
    slip(",", ",\u{a0}"),
    slip("]", "}"),
    slip("]", ""),
    slip("]", "]]"),
    slip("]", ",]"),
    slip("}", "]"),
    slip("}", ""),
    slip("}", ", }"),
    slip("[", "{"),
    slip("[", "[,"),
    slip("{", "["),
    slip("{", ""),
    slip(": ", " "),
    slip(": ", " = "),
    slip(": ", ": : "),
    slip("\"", ""),
    slip("\"", "'"),
    slip("\"", "\u{201c}"),
    slip("\"", "\"\""),
    slip("true", "True"),
    slip("204", "0204"),
    slip("204", "+204"),
    slip("204", "204x"),
    slip("204", "1e999"),
    slip("/", "\\/\\."),
    slip("A", "\t"),
    slip("e", "\n"),
    slip("\n", ""),
];

const fn slip(at: &'static str, with: &'static str) -> Slip {
    Slip { at, with }
}

/// The file with the slip at one of the places where it can happen.
fn slipped(slip: Slip, place: Index) -> String {
    let places: Vec<usize> = RIGHT.match_indices(slip.at).map(|(at, _)| at).collect();
    let at = places[place.index(places.len())];
    let mut text = RIGHT.to_owned();
    text.replace_range(at..at + slip.at.len(), slip.with);
    text
}

/// What the syntax has against a text.
fn of_syntax(text: &str) -> Option<Finding> {
    const SYNTAX: [&rules::Rule; 6] = [
        &rules::NOT_JSON,
        &rules::TRAILING_COMMA,
        &rules::COMMENT,
        &rules::TEMPLATE,
        &rules::FRAGMENT,
        &rules::OTHER_FORMAT,
    ];
    let (source, found) = findings("krakend.json", text.as_bytes());
    let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    let finding = found
        .into_iter()
        .find(|finding| SYNTAX.iter().any(|rule| rule.name == finding.rule.name));
    assert_eq!(finding.is_none(), is_json, "{text}");
    let finding = finding?;
    let drawn = draw(&finding, &source);
    assert!(drawn.contains(finding.rule.name), "{drawn}");
    Some(finding)
}

fn is_right(text: &str) -> bool {
    faults(text).is_empty()
}

#[test]
fn a_slip_is_mended_by_what_is_suggested() {
    assert!(is_right(RIGHT));
    let config = Config {
        cases: tries(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counts = std::cell::RefCell::new(BTreeMap::<&str, usize>::new());
    let outcome = runner.run(&(select(SLIPS), any::<Index>()), |(slip, place)| {
        let text = slipped(slip, place);
        let Some(finding) = of_syntax(&text) else {
            *counts.borrow_mut().entry("still JSON").or_default() += 1;
            return Ok(());
        };
        let Some(mended) = mended(&text, &finding) else {
            *counts.borrow_mut().entry("in words").or_default() += 1;
            return Ok(());
        };
        let what = match of_syntax(&mended) {
            None if is_right(&mended) => RIGHT_THEN,
            None => "literal, and then the file is JSON",
            Some(next) => {
                // What is left is another mistake, further on.
                let same = next.rule.name == finding.rule.name
                    && next.place().start <= finding.place().start;
                prop_assert!(!same, "{finding:?}\nleads to\n{next:?}\nin {text}");
                "literal, and then the file has another mistake"
            }
        };
        *counts.borrow_mut().entry(what).or_default() += 1;
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let counts = counts.into_inner();
    println!("{counts:#?}");
    // Some slips spoil a value too, and some can be mended in more than one way.
    let literals = counts
        .iter()
        .filter(|(what, _)| what.starts_with("literal"));
    let literals: usize = literals.map(|(_, count)| count).sum();
    assert!(counts[RIGHT_THEN] * 10 > literals * 9, "{counts:#?}");
}
