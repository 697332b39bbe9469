//! What other rules suggest under a ceiling: nothing that would be beyond it.

use super::{compared, right};
use crate::check::Ceiling;
use crate::finding::{Finding, Help};
use crate::report::Report;
use crate::rules;
use crate::source::{File, Source};
use crate::tests::golden;
use crate::tests::suggestions::mended;

/// A case: its name, the members of a file, those of the ceiling, the rule whose message it is, and what the
/// message says to do if that is in words.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("an accepted origin", r#""allow_origins": ["https://a.test/"]"#, r#""allow_origins": ["https://a.test"]"#, "origin_with_path", None),
    ("another origin", r#""allow_origins": ["https://b.test/"]"#, r#""allow_origins": ["https://a.test"]"#, "origin_with_path",
        Some(r#"write "https://b.test", and accept it in `within`"#)),
    ("origins that are not limited", r#""allow_origins": ["https://b.test/"]"#, r#""allow_methods": ["GET", "HEAD", "POST"]"#, "origin_with_path", None),
    ("a pattern and its domain", r#""allow_origins": ["https://*example.com"], "allow_credentials": true"#, r#""allow_origins": ["https://*.example.com"]"#, "open_start_with_credentials",
        Some(r#"write "https://*.example.com", "https://example.com", and accept it in `within`"#)),
    ("an accepted pattern", r#""allow_origins": ["https://*example.com"], "allow_credentials": true"#, r#""allow_origins": ["*.example.com", "https://example.com"]"#, "open_start_with_credentials", None),
    ("a method", r#""allow_methods": ["GET", "put"]"#, r#""allow_methods": ["GET"]"#, "method_not_upper_case",
        Some(r#"write "PUT", and accept it in `within`"#)),
    ("an accepted method", r#""allow_methods": ["GET", "put"]"#, r#""allow_methods": ["GET", "PUT"]"#, "method_not_upper_case", None),
    ("methods", r#""allow_methods": []"#, r#""allow_methods": ["GET", "HEAD"]"#, "no_methods",
        Some(r#"write ["GET", "HEAD", "POST"], and accept it in `within`"#)),
    ("headers", r#""allow_headers": ["X-A, X-B"]"#, r#""allow_headers": ["X-A"]"#, "not_a_header_name",
        Some(r#"write "X-A", "X-B", and accept it in `within`"#)),
    ("a duration", r#""max_age": "600""#, r#""max_age": "5m""#, "malformed_max_age",
        Some(r#"write "600s", and accept it in `within`"#)),
    ("an accepted duration", r#""max_age": "600""#, r#""max_age": "10m""#, "malformed_max_age", None),
    ("a number", r#""max_age": 600"#, r#""max_age": "5m""#, "wrong_type",
        Some(r#"write "600s", and accept it in `within`"#)),
    ("an accepted number", r#""max_age": 600"#, r#""max_age": "10m""#, "wrong_type", None),
    ("a status", r#""options_success_status": "204""#, r#""max_age": "10m", "allow_methods": ["GET", "HEAD", "POST"]"#, "wrong_type", None),
    ("a key", r#""allow_origin": ["https://a.test"]"#, r#""allow_origins": ["https://a.test"]"#, "unknown_key", None),
];

#[test]
fn what_is_beyond_a_ceiling_is_in_words() {
    for (name, members, accepted, rule, expected) in CASES {
        let found = compared(members, &right(accepted)).1;
        let finding = found.iter().find(|finding| finding.rule.name == *rule);
        let Some(finding) = finding else {
            panic!("{name}: {:?}", super::super::names(&found));
        };
        match (&finding.help, expected) {
            (Help::Words(words), Some(expected)) => assert_eq!(words, expected, "{name}"),
            (Help::Words(words), None) => panic!("{name}: {words}"),
            (_, expected) => assert_eq!(*expected, None, "{name}"),
        }
    }
}

/// What the endpoints of a file need is suggested in the same way.
#[test]
fn what_endpoints_need() {
    let text = r#"{
      "version": 3,
      "extra_config": { "security/cors": { "allow_origins": ["https://a.test"], "allow_headers": ["X-A"] } },
      "endpoints": [
        { "endpoint": "/a", "method": "PUT", "input_headers": ["X-A", "X-Api-Key"] },
        { "endpoint": "/b", "method": "GET", "input_headers": ["DPoP"] }
      ]
    }"#;
    let help = |accepted: &str, rule: &str| {
        let source = Source::file(File::named("krakend.json"), text.to_owned());
        let mut report = Report::default();
        crate::check_source(&source, Some(&right(accepted)), &mut report);
        let mut found = report.into_findings();
        found.retain(|finding| finding.rule.name == rule);
        found.into_iter().map(|finding| finding.help).collect()
    };
    let methods = r#""allow_methods": ["GET", "HEAD", "POST"]"#;
    let words = r#"add "allow_methods": ["GET", "HEAD", "POST", "PUT"], and accept it in `within`"#;
    let found: Vec<Help> = help(methods, "endpoint_method_not_allowed");
    assert_eq!(found, [Help::Words(words.to_owned())]);
    let headers = r#""allow_headers": ["X-A", "DPoP"]"#;
    let found: Vec<Help> = help(headers, "forwarded_header_not_allowed");
    assert_eq!(found.len(), 2, "{found:?}");
    let words = r#"add "X-Api-Key", and accept it in `within`"#;
    assert_eq!(found[0], Help::Words(words.to_owned()));
    assert!(
        matches!(&found[1], Help::Add(_, text) if text == "\"DPoP\""),
        "{found:?}"
    );
}

fn beyond(text: &str, ceiling: &Ceiling) -> (Vec<Finding>, usize) {
    let source = Source::file(File::named("krakend.json"), text.to_owned());
    let mut report = Report::default();
    crate::check_source(&source, Some(ceiling), &mut report);
    let found = report.into_findings();
    let is_beyond = |finding: &&Finding| *finding.rule == rules::BEYOND_CEILING;
    let count = found.iter().filter(is_beyond).count();
    (found, count)
}

/// Every suggestion for a golden case, under a ceiling that covers little.
#[test]
fn a_suggestion_that_is_taken_is_not_beyond_the_ceiling() {
    let ceiling = right(
        r#""allow_origins": ["https://app.example.com", "https://*.example.com"],
           "allow_methods": ["GET", "HEAD", "POST"], "allow_headers": ["Content-Type"],
           "expose_headers": ["ETag"], "max_age": "1m""#,
    );
    let (mut taken, mut in_words) = (0, 0);
    for (name, source, _) in golden::cases() {
        let text = source.text();
        // What is not JSON hides what is beyond.
        if serde_json::from_str::<serde_json::Value>(text).is_err() {
            continue;
        }
        let (found, before) = beyond(text, &ceiling);
        for finding in &found {
            in_words += usize::from(
                matches!(&finding.help, Help::Words(words) if words.ends_with("accept it in `within`")),
            );
            let Some(mended) = mended(text, finding) else {
                continue;
            };
            taken += 1;
            let (_, after) = beyond(&mended, &ceiling);
            let (rule, help) = (finding.rule.name, &finding.help);
            assert!(after <= before, "{name}: {help:?} of {rule}");
        }
    }
    println!("{taken} taken, {in_words} in words");
    assert!(taken > 100 && in_words > 100, "{taken}, {in_words}");
}
