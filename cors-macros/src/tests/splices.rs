//! Two files cut at random places and joined: no panic, every finding can be drawn, and what is suggested
//! for a text that is JSON keeps its promise.
//!
//! `CORS_TEST_CASES=300 cargo test -p cors-macros splices` looks at 300 times as many.

use std::cell::RefCell;
use std::fs;
use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::suggestions::{Counts, take};
use super::titles::misquoted;
use super::{file, findings, golden, tries};
use crate::tests::draw;

/// The parts of a file that are cut.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    File,
    Line,
    /// What is between two quotation marks of one line.
    String,
}

/// A cut in a file: in which of its parts, and where in that.
pub(super) type Cut = (Index, Index, Index);

impl Unit {
    fn all(self, text: &str) -> Vec<Range<usize>> {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        });
        match self {
            Self::File => std::iter::once(0..text.len()).collect(),
            Self::Line => lines.collect(),
            Self::String => lines.flat_map(|line| strings(text, line)).collect(),
        }
    }

    /// The part and the byte in it.
    fn cut(self, text: &str, (part, at): (Index, Index)) -> (Range<usize>, usize) {
        let all = self.all(text);
        if all.is_empty() {
            return (0..0, 0);
        }
        let part = all[part.index(all.len())].clone();
        let length = text[part.clone()].chars().count();
        let before = text[part.clone()].chars().take(at.index(length + 1));
        let at = part.start + before.map(char::len_utf8).sum::<usize>();
        (part, at)
    }
}

/// The insides of the strings of a line.
fn strings(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let marks: Vec<usize> = text[line.clone()]
        .match_indices('"')
        .map(|(at, _)| line.start + at)
        .collect();
    let pairs = marks.chunks_exact(2);
    pairs.map(|pair| pair[0] + 1..pair[1]).collect()
}

/// The first file, whose part goes on behind the cut as that of the second does.
pub(super) fn spliced(texts: &[String], unit: Unit, first: Cut, second: Cut) -> String {
    let [one, other] = [first, second].map(|(file, ..)| &texts[file.index(texts.len())]);
    let (part, at) = unit.cut(one, (first.1, first.2));
    let (its_part, its_at) = unit.cut(other, (second.1, second.2));
    [&one[..at], &other[its_at..its_part.end], &one[part.end..]].concat()
}

pub(super) fn texts() -> Vec<String> {
    let examples = ["examples/krakend.json", "examples/serve/krakend.json"];
    let examples = examples.map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        fs::read_to_string(path).unwrap()
    });
    let golden = golden::cases().map(|(_, source, _)| source.text().to_owned());
    golden.chain(examples).collect()
}

/// Where two files are cut.
pub(super) fn cuts() -> impl Strategy<Value = (Unit, Cut, Cut)> {
    let cut = (any::<Index>(), any::<Index>(), any::<Index>());
    let units = select(&[Unit::File, Unit::Line, Unit::String, Unit::String][..]);
    (units, cut.clone(), cut)
}

/// What is wrong with the findings of a text.
fn complaint(text: &str, counts: &mut Counts) -> Result<(), String> {
    let (source, found) = findings("krakend.json", text.as_bytes());
    for finding in &found {
        let drawn = draw(finding, &source);
        if !drawn.contains(finding.rule.name) {
            return Err(format!("{drawn}\ndoes not say why, in {text}"));
        }
        if let Some(misquoted) = misquoted(finding, text) {
            return Err(format!("{misquoted}, in {text}"));
        }
    }
    if serde_json::from_str::<Value>(text).is_ok() {
        take("a splice", text, counts)?;
    }
    Ok(())
}

#[test]
fn splices_keep_what_is_promised() {
    let texts = texts();
    let config = Config {
        cases: tries(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counts = RefCell::new(Counts::default());
    let outcome = runner.run(&cuts(), |(unit, first, second)| {
        let text = spliced(&texts, unit, first, second);
        complaint(&text, &mut counts.borrow_mut()).map_err(TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{counts:?}");
    let taken = counts.into_inner().literal();
    assert!(taken > 200, "{taken}");
}

/// Splices whose suggestions once broke their promise, as the members of a CORS object.
const ONCE_BROKEN: &[(&str, &str)] = &[
    (
        "a setting that is set twice, of which one is to be removed",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "debug": "no", "debug": true"#,
    ),
    (
        "a pattern that is to be replaced matches yet",
        r#""allow_origins": ["https://*xample.com", "https://example.com/"], "allow_headers": ["X-A"]"#,
    ),
    (
        "several names in place of a list",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "expose_headers": "s:8080""#,
    ),
    (
        "an origin with a character of a word processor in place of a list",
        "\"allow_origins\": \"https://https://my\u{2011}app.test\", \"allow_headers\": [\"X-A\"]",
    ),
    (
        "every method in place of a list",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "allow_methods": "ANY""#,
    ),
    (
        "an origin of either scheme in place of a list",
        r#""allow_origins": "http*://*.a.test", "allow_headers": ["X-A"]"#,
    ),
    (
        "a name beside any exposed",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "expose_headers": ["*", ":443"]"#,
    ),
    (
        "a name beside any allowed",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["*", "X-A:3000"]"#,
    ),
    (
        "origins beside any",
        r#""allow_origins": ["https://a.test/", "*", "https:b.test, https://c.test"], "allow_headers": ["X-A"]"#,
    ),
    (
        "null that takes back what is set before",
        r#""allow_origins": ["*://a.test"], "allow_headers": ["X-A"], "allow_credentials": true, "allow_credentials": null"#,
    ),
    (
        "null beside null under a misspelt key",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "allow_credentals": null, "allow_credentials": null"#,
    ),
];

#[test]
fn splices_that_once_broke_a_promise() {
    let settings_at_the_root = r#"{ "allow_origins": ["https://a.test"], "allow_headers": ["X-A"],
        "extra_config": { "security/cors": { "allow_origins": ["https://a.test"], "allow_headers": ["X-A"] } } }"#;
    let cases = ONCE_BROKEN
        .iter()
        .map(|(name, members)| (*name, file(members)))
        .chain([("settings at the root", settings_at_the_root.to_owned())]);
    let complaints: Vec<String> = cases
        .filter_map(|(name, text)| {
            let complaint = complaint(&text, &mut Counts::default()).err();
            complaint.map(|complaint| format!("{name}: {complaint}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
