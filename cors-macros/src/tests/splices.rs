//! Two files cut at random places and joined: no panic, every finding can be drawn, and what is suggested
//! for a text that is JSON keeps its promise.
//!
//! `CORS_TEST_CASES=300 cargo test -p cors-macros splices` looks at 300 times as many.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::splice::{Cut, Unit, complaint, spliced};
use super::suggestions::Counts;
use super::{file, golden, tries};

pub(super) fn texts() -> Vec<String> {
    let examples = ["examples/krakend.json", "examples/serve/krakend.json"];
    let examples = examples.map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        fs::read_to_string(path).unwrap()
    });
    let golden = golden::cases().map(|(_, source, _)| source.text().to_owned());
    golden.chain(examples).collect()
}

/// Two of the files, cut and joined.
pub(super) fn splices(texts: Vec<String>) -> impl Strategy<Value = String> {
    let parts = || (any::<Index>(), any::<usize>(), any::<usize>());
    let units = select(&[Unit::File, Unit::Line, Unit::String, Unit::String][..]);
    (units, parts(), parts()).prop_map(move |(unit, first, second)| {
        let [first, second] = [first, second].map(|(file, part, at)| {
            let text = texts[file.index(texts.len())].as_str();
            (text, Cut { part, at })
        });
        spliced(unit, first, second)
    })
}

#[test]
fn splices_keep_what_is_promised() {
    let config = Config {
        cases: tries(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counts = RefCell::new(Counts::default());
    let outcome = runner.run(&splices(texts()), |text| {
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
        .chain([
            ("settings at the root", settings_at_the_root.to_owned()),
            (
                "a comment that does not end, before a string that does not",
                format!(
                    "{{\n  \"a\": 3/*b\": 3,\n  \"c{}d\n}}\n",
                    "\u{1b}".repeat(60)
                ),
            ),
        ]);
    let complaints: Vec<String> = cases
        .filter_map(|(name, text)| {
            let complaint = complaint(&text, &mut Counts::default()).err();
            complaint.map(|complaint| format!("{name}: {complaint}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
