//! What is suggested for a faulty origin: named cases, and thousands of right ones that were
//! changed a little.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::findings;
use super::suggestions::mended;
use crate::check::allow_origins::public_suffix;
use crate::finding::{Finding, Help};
use crate::rules::Level;

fn file(origins: &[&str], credentials: bool) -> String {
    let cors = json!({
        "allow_origins": origins,
        "allow_headers": ["Content-Type"],
        "allow_credentials": credentials,
    });
    json!({ "version": 3, "extra_config": { "security/cors": cors } }).to_string()
}

/// What is found, hints left out.
fn faults(text: &str) -> Vec<Finding> {
    let mut found = findings("krakend.json", text.as_bytes()).1;
    found.retain(|finding| finding.rule.level > Level::Hint);
    found
}

/// The origins of a file after the suggestion of the first finding, if it is literal.
fn suggested(text: &str) -> Option<Vec<String>> {
    let mended = mended(text, faults(text).first()?)?;
    let document: Value = serde_json::from_str(&mended).unwrap();
    let origins = &document["extra_config"]["security/cors"]["allow_origins"];
    let origins = origins.as_array().unwrap().iter();
    Some(
        origins
            .map(|origin| origin.as_str().unwrap().to_owned())
            .collect(),
    )
}

#[test]
fn named_cases() {
    // Entry, rule and suggestion without credentials; no suggestion means words.
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "https://*.example.com/*",
            "origin_with_path",
            &["https://*.example.com"],
        ),
        (
            "https://https://example.com",
            "misspelt_scheme",
            &["https://example.com"],
        ),
        (
            "https:///example.com",
            "malformed_host",
            &["https://example.com"],
        ),
        (
            "https;//example.com",
            "not_one_origin",
            &["https://example.com"],
        ),
        (
            "https:/example.com",
            "origin_without_scheme",
            &["https://example.com"],
        ),
        (
            "https:example.com",
            "origin_without_scheme",
            &["https://example.com"],
        ),
        (
            "https//example.com",
            "origin_without_scheme",
            &["https://example.com"],
        ),
        (
            "//example.com",
            "origin_without_scheme",
            &["https://example.com"],
        ),
        (
            "example.com",
            "origin_without_scheme",
            &["https://example.com"],
        ),
        (
            "localhost:3000",
            "origin_without_scheme",
            &["http://localhost:3000"],
        ),
        (
            "192.168.0.7",
            "origin_without_scheme",
            &["http://192.168.0.7"],
        ),
        (
            ".example.com",
            "origin_without_scheme",
            &["https://*.example.com"],
        ),
        (
            "example.com:443",
            "origin_without_scheme",
            &["https://example.com"],
        ),
        (
            "example.com:80",
            "origin_without_scheme",
            &["http://example.com"],
        ),
        (
            "https://a.example;https://b.example",
            "not_one_origin",
            &["https://a.example", "https://b.example"],
        ),
        (
            "https://a.example|https://b.example",
            "not_one_origin",
            &["https://a.example", "https://b.example"],
        ),
        (
            "https://a.example, https://b.example",
            "not_one_origin",
            &["https://a.example", "https://b.example"],
        ),
        (
            "https://a.example https://b.example",
            "not_one_origin",
            &["https://a.example", "https://b.example"],
        ),
        (
            "a.example, b.example",
            "not_one_origin",
            &["https://a.example", "https://b.example"],
        ),
        (
            "https:// app.example.com",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            "'https://app.example.com'",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            "'https://app.example.com",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            "https://app.example.com\"",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            "\\\"https://app.example.com\\\"",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            "“https://app.example.com”",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            " https://app.example.com/ ",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        (
            "<https://app.example.com>",
            "not_one_origin",
            &["https://app.example.com"],
        ),
        ("https://*-team.vercel.app", "public_suffix", &[]),
        (
            "https://*team.vercel.app",
            "open_start",
            &["https://*.team.vercel.app", "https://team.vercel.app"],
        ),
        ("https://*s3.amazonaws.com", "public_suffix", &[]),
        ("https://*.amazonaws.com", "public_suffix", &[]),
        ("http://192.168.1.*:3000", "open_end", &[]),
        ("https://example.*", "open_end", &[]),
        ("https://example.com*", "open_end", &["https://example.com"]),
        (
            "http://::1:3000",
            "ipv6_not_canonical",
            &["http://[::1]:3000"],
        ),
        (
            "https://.*\\.example\\.com",
            "regular_expression",
            &["https://*.example.com"],
        ),
        (
            "^https://app\\.example\\.com$",
            "regular_expression",
            &["https://app.example.com"],
        ),
        (
            "/https:\\/\\/app\\.example\\.com/",
            "regular_expression",
            &["https://app.example.com"],
        ),
        (
            "https://(a|b).example.com",
            "regular_expression",
            &["https://a.example.com", "https://b.example.com"],
        ),
        ("https://[a-z]+.example.com", "regular_expression", &[]),
        (
            "http*://*.a.example",
            "second_star",
            &["https://*.a.example", "http://*.a.example"],
        ),
        (
            "*://*.a.example",
            "second_star",
            &["https://*.a.example", "http://*.a.example"],
        ),
        (
            "*://a.example",
            "any_scheme",
            &["https://a.example", "http://a.example"],
        ),
        (
            "*.a.example",
            "any_scheme",
            &["https://*.a.example", "http://*.a.example"],
        ),
        (
            "https://*.*.a.example",
            "second_star",
            &["https://*.a.example"],
        ),
        (
            "https://**.a.example",
            "second_star",
            &["https://*.a.example"],
        ),
        ("https://*.a.example:*", "second_star", &[]),
        ("https://foo.example:*0", "open_port", &[]),
        ("https://foo.example:80*", "open_port", &[]),
        ("https://foo.example:0", "malformed_port", &[]),
        (
            "https://foo.example:",
            "malformed_port",
            &["https://foo.example"],
        ),
        (
            "https://foo.example:0443",
            "malformed_port",
            &["https://foo.example"],
        ),
        (
            "htps://foo.example",
            "misspelt_scheme",
            &["https://foo.example"],
        ),
        (
            "htttp://foo.example",
            "misspelt_scheme",
            &["http://foo.example"],
        ),
        (
            "hxxps://foo.example/",
            "misspelt_scheme",
            &["https://foo.example"],
        ),
        (
            "ftp://foo.example",
            "non_origin_scheme",
            &["https://foo.example"],
        ),
        (
            "wss://foo.example:8443/socket",
            "non_origin_scheme",
            &["https://foo.example:8443"],
        ),
        (
            "blob:https://foo.example",
            "non_origin_scheme",
            &["https://foo.example"],
        ),
        ("mailto:me@foo.example", "origin_without_scheme", &[]),
        ("file:///home/me", "non_origin_scheme", &[]),
        ("file://", "file_origin", &[]),
        ("moz-extension://*", "any_extension", &[]),
        ("chrome-extension://abcdef", "app_scheme", &[]),
        ("null", "null_origin", &[]),
        ("n*", "null_origin", &[]),
        ("nul*", "null_origin", &[]),
        ("*null", "null_origin", &[]),
        ("https://*:443", "default_port", &[]),
        (
            "https://user:pw@foo.example/a?b",
            "origin_with_user_info",
            &["https://foo.example"],
        ),
        (
            "HTTPS://Foo.Example/",
            "origin_with_path",
            &["https://foo.example"],
        ),
        (
            "https://foo.example.",
            "unusual_host",
            &["https://foo.example"],
        ),
        ("https://a_b.example", "unusual_host", &[]),
        (
            "https://Bücher.example/",
            "non_ascii_host",
            &["https://xn--bcher-kva.example"],
        ),
        ("https://other.example/", "origin_with_path", &["removed"]),
        (
            "*.other.example",
            "any_scheme",
            &["https://*.other.example", "http://*.other.example"],
        ),
        ("${ORIGIN}", "placeholder", &[]),
        ("https://{env}.example.com/", "placeholder", &[]),
        ("", "empty_origin", &["removed"]),
    ];
    let mut wrong = Vec::new();
    for (entry, rule, expected) in cases {
        let text = file(&["https://other.example", entry], false);
        let first = faults(&text).first().map(|finding| finding.rule.name);
        let origins = suggested(&text).unwrap_or_default();
        let origins: Vec<&str> = origins.iter().map(String::as_str).collect();
        let expected = match *expected {
            [] => vec![],
            ["removed"] => vec!["https://other.example"],
            some => [&["https://other.example"], some].concat(),
        };
        if first != Some(*rule) || origins != expected {
            wrong.push(format!("{entry:?}: {first:?} {origins:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn named_cases_with_credentials() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        // One entry with two mistakes reports both, and one suggestion mends both.
        (
            "http://app.example.com/",
            &["insecure_origin_with_credentials", "origin_with_path"],
            &["https://app.example.com"],
        ),
        (
            "http://app.example.com",
            &["insecure_origin_with_credentials"],
            &["https://app.example.com"],
        ),
        (
            "*://app.example.com",
            &["any_scheme_with_credentials"],
            &["https://app.example.com"],
        ),
        (
            "http*://*.example.com",
            &["second_star"],
            &["https://*.example.com"],
        ),
        (
            "https://*example.com",
            &["open_start_with_credentials"],
            &["https://*.example.com", "https://example.com"],
        ),
        (
            "http://localhost:3000/",
            &["origin_with_path"],
            &["http://localhost:3000"],
        ),
        (
            "https://*.github.io/",
            &["public_suffix_with_credentials", "origin_with_path"],
            &[],
        ),
        (
            "https://*.",
            &["any_origin_with_credentials", "unusual_host"],
            &[],
        ),
        (
            "https://*.com.",
            &["public_suffix_with_credentials", "unusual_host"],
            &[],
        ),
        (
            "https://*.co.uk.",
            &["public_suffix_with_credentials", "unusual_host"],
            &[],
        ),
        (
            "https://*.github.io.",
            &["public_suffix_with_credentials", "unusual_host"],
            &[],
        ),
        (
            "https://example.*.",
            &["open_end_with_credentials", "unusual_host"],
            &[],
        ),
        (
            "http://*.example.com.",
            &["insecure_origin_with_credentials", "unusual_host"],
            &["https://*.example.com"],
        ),
        (
            "https://*.example.com.",
            &["unusual_host"],
            &["https://*.example.com"],
        ),
        ("*.", &["any_origin_with_credentials"], &[]),
        (
            "*.com.",
            &[
                "public_suffix_with_credentials",
                "any_scheme_with_credentials",
            ],
            &[],
        ),
        (
            "https://*s3.amazonaws.com",
            &["public_suffix_with_credentials"],
            &[],
        ),
        ("https://*com", &["public_suffix_with_credentials"], &[]),
        (
            "https://*.amazonaws.com",
            &["public_suffix_with_credentials"],
            &[],
        ),
        (
            "moz-extension://*",
            &["any_extension_with_credentials"],
            &[],
        ),
        (
            "moz-extension://*.com",
            &["any_extension_with_credentials"],
            &[],
        ),
        (
            "*null",
            &[
                "null_origin",
                "open_start_with_credentials",
                "any_scheme_with_credentials",
            ],
            &[],
        ),
        (
            "*l",
            &[
                "null_origin",
                "public_suffix_with_credentials",
                "any_scheme_with_credentials",
            ],
            &[],
        ),
        ("*", &["star_with_credentials"], &[]),
    ];
    let mut wrong = Vec::new();
    for (entry, rules, expected) in cases {
        let text = file(&[entry], true);
        let found = faults(&text);
        let mut names: Vec<&str> = found.iter().map(|finding| finding.rule.name).collect();
        names.sort_unstable();
        let mut rules = rules.to_vec();
        rules.sort_unstable();
        let literal = |finding: &Finding| matches!(finding.help, Help::Write(..));
        let taken: Vec<Vec<String>> = found
            .iter()
            .filter(|finding| literal(finding))
            .map(|finding| {
                let mended = mended(&text, finding).unwrap();
                let document: Value = serde_json::from_str(&mended).unwrap();
                let origins = &document["extra_config"]["security/cors"]["allow_origins"];
                serde_json::from_value(origins.clone()).unwrap()
            })
            .collect();
        let expected_all = match expected.is_empty() {
            true => vec![],
            false => vec![expected.to_vec(); found.len()],
        };
        if names != rules || taken != expected_all {
            wrong.push(format!("{entry:?}: {names:?} {taken:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

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

/// The hosts of an origin or a text that has some in it, as far as letters tell.
fn letters(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
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
        cases: 4_000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let slips = proptest::collection::vec(slip(), 1..3);
    let counts = std::cell::RefCell::new([0; 4]);
    let cases = (select(RIGHT), slips, any::<bool>());
    let outcome = runner.run(&cases, |(right, slips, credentials)| {
        let slipped = slips.iter().fold(right.to_owned(), |text, slip| {
            match text.is_ascii() && !text.is_empty() {
                true => slip.make(&text),
                false => text,
            }
        });
        let text = file(&["https://first.example", &slipped], credentials);
        let found = faults(&text);
        let mut counts = counts.borrow_mut();
        counts[0] += usize::from(!found.is_empty());
        for finding in &found {
            let Some(mended) = mended(&text, finding) else {
                counts[3] += 1;
                continue;
            };
            counts[1] += 1;
            let after = faults(&mended);
            prop_assert!(
                after.is_empty(),
                "{slipped:?}: {:?} leads to {:?}",
                finding.help,
                after[0].headline()
            );
            if let Help::Write(_, literal) = &finding.help {
                let origins: Vec<String> = serde_json::from_str(&format!("[{literal}]")).unwrap();
                for origin in &origins {
                    prop_assert!(origin != "*", "{slipped:?}");
                    let host = origin.split_once("://").unwrap().1;
                    let named = letters(&slipped).contains(&letters(host))
                        || host.starts_with(|c: char| c.is_ascii_digit())
                        || !slipped.is_ascii()
                        || slipped.contains('%')
                        || slipped.contains(['(', '|']);
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
    assert!(faulty > 2_000 && literal > 2_000);
}
