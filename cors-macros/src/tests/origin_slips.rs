//! Right origins that were changed as people change them by mistake: what is suggested
//! for them.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::named::names;
use super::origin_suggestions::file;
use super::suggestions::{breach, mended};
use super::titles::misquoted;
use super::{faults, findings, is_fault, tries};
use crate::finding::Help;

/// A change that somebody makes by mistake.
#[derive(Clone, Debug)]
enum Slip {
    Append(&'static str),
    Prepend(&'static str),
    Around(&'static str, &'static str),
    Replace(&'static str, &'static str),
    Upper,
    Drop(Index),
    Double(Index),
    Insert(Index, char),
}

impl Slip {
    fn make(&self, origin: &str) -> String {
        let at = |index: &Index| index.index(origin.len());
        match self {
            Self::Append(text) => format!("{origin}{text}"),
            Self::Prepend(text) => format!("{text}{origin}"),
            Self::Around(before, after) => format!("{before}{origin}{after}"),
            Self::Replace(from, to) => origin.replacen(from, to, 1),
            Self::Upper => origin.to_ascii_uppercase(),
            Self::Drop(index) => format!("{}{}", &origin[..at(index)], &origin[at(index) + 1..]),
            Self::Double(index) => format!("{}{}", &origin[..=at(index)], &origin[at(index)..]),
            Self::Insert(index, c) => {
                format!("{}{c}{}", &origin[..at(index)], &origin[at(index)..])
            }
        }
    }
}

fn slip() -> impl Strategy<Value = Slip> {
    const APPEND: &[&str] = &[
        "/",
        "/*",
        "/app",
        "?x=1",
        "#top",
        "/index.html",
        ",",
        ";",
        " ",
        "\"",
        "'",
        ":",
        ".",
        ":443",
        ":80",
        ":0",
        ":*",
        "*",
        "\u{a0}",
        "\u{0}",
        "//",
    ];
    const PREPEND: &[&str] = &[
        " ", "'", "\"", "https://", "http://", "user:pw@", "*", "^", "//", "blob:", "\u{202e}",
    ];
    const AROUND: &[(&str, &str)] = &[
        ("'", "'"),
        ("\"", "\""),
        ("^", "$"),
        ("<", ">"),
        ("[", "]"),
        ("(", ")"),
        ("/", "/"),
        ("${", "}"),
        ("“", "”"),
        ("\\\"", "\\\""),
    ];
    const REPLACE: &[(&str, &str)] = &[
        ("://", ":/"),
        ("://", ":///"),
        ("://", ":"),
        ("://", "//"),
        ("://", ";//"),
        ("https://", ""),
        ("https", "htps"),
        ("http", "htttp"),
        ("https", "*"),
        ("http", "http*"),
        (".", "\\."),
        (".", ".*"),
        (".", "*."),
        (".", ".."),
        (".", ","),
        ("a", "*"),
        ("a", "ä"),
        ("e", "%65"),
        ("https", "wss"),
        ("://", "://user@"),
        ("*", "**"),
        ("*.", "*"),
        ("*.", ".*\\."),
    ];
    prop_oneof![
        select(APPEND).prop_map(Slip::Append),
        select(PREPEND).prop_map(Slip::Prepend),
        select(AROUND).prop_map(|(before, after)| Slip::Around(before, after)),
        select(REPLACE).prop_map(|(from, to)| Slip::Replace(from, to)),
        Just(Slip::Upper),
        any::<Index>().prop_map(Slip::Drop),
        any::<Index>().prop_map(Slip::Double),
        (any::<Index>(), any::<char>()).prop_map(|(index, c)| Slip::Insert(index, c)),
    ]
}

#[test]
fn thousands_of_slips() {
    const RIGHT: &[&str] = &[
        "https://app.example.com",
        "https://app.example.com:8443",
        "https://*.example.org",
        "https://example.co.uk",
        "https://admin.shop.example.de",
        "http://localhost:3000",
        "http://127.0.0.1:8080",
        "https://*.eu.example.net:8443",
    ];
    let config = Config {
        cases: tries(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let slips = proptest::collection::vec(slip(), 1..3);
    let counts = std::cell::RefCell::new([0; 4]);
    let cases = (select(RIGHT), slips, any::<bool>());
    let outcome = runner.run(&cases, |(right, slips, credentials)| {
        let slipped = slips.iter().fold(right.to_owned(), |text, slip| {
            if text.is_ascii() && !text.is_empty() {
                slip.make(&text)
            } else {
                text
            }
        });
        let text = file(&["https://first.example", &slipped], credentials);
        let found = findings("krakend.json", text.as_bytes()).1;
        let mut counts = counts.borrow_mut();
        counts[0] += usize::from(found.iter().any(is_fault));
        for finding in &found {
            prop_assert_eq!(misquoted(finding, &text), None, "{}", slipped);
            let Some(mended) = mended(&text, finding) else {
                counts[3] += usize::from(is_fault(finding));
                continue;
            };
            prop_assert_eq!(breach(&text, &found, finding, &mended), None, "{}", slipped);
            if !is_fault(finding) {
                continue;
            }
            counts[1] += 1;
            let after = faults(&mended);
            prop_assert!(
                after.is_empty(),
                "{slipped:?}: {:?} leads to {:?}",
                finding.help,
                after[0].title()
            );
            if let Help::Write(_, literal) = &finding.help {
                let origins: Vec<String> = serde_json::from_str(&format!("[{literal}]")).unwrap();
                for origin in &origins {
                    prop_assert!(origin != "*", "{slipped:?}");
                    let named = names(&slipped, origin);
                    prop_assert!(named, "{slipped:?} does not name {origin}");
                }
                counts[2] += usize::from(origins == [right]);
            }
        }
        Ok(())
    });
    let [faulty, literal, original, words] = counts.into_inner();
    println!(
        "{faulty} faulty entries: {literal} literal suggestions, {original} of them the original; {words} in words"
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(faulty > 500 && literal > 500);
}
