//! No text makes the macro panic, and none reaches a terminal with characters that act on it.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::mutations::{document, right};
use super::titles::misquoted;
use super::{file, findings, tries};
use crate::finding::Help;
use crate::tests::draw;

/// Characters that are more than a byte, that a terminal acts on, that nobody sees, or that mean
/// something to JSON.
const UNUSUAL: &[char] = &[
    '\0',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    '\u{301}',
    '\u{61c}',
    '\u{1680}',
    '\u{2003}',
    '\u{200b}',
    '\u{200d}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202e}',
    '\u{2066}',
    '\u{2069}',
    '\u{3000}',
    '\u{3164}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{fffd}',
    '\u{e0041}',
    '\u{10ffff}',
    'é',
    'ß',
    'Ａ',
    '日',
    '👩',
    '“',
    '”',
    '«',
    '\'',
    '`',
    '"',
    '\\',
    '/',
    '#',
    '*',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '=',
    '<',
    '%',
    '$',
    '+',
    '-',
    '.',
    '0',
    'e',
];

/// What must not reach a terminal: it moves the cursor, changes the direction, or is not seen.
fn is_unprintable(c: char) -> bool {
    c != '\n' && c.is_control()
        || matches!(
            c,
            '\u{a0}'
                | '\u{ad}'
                | '\u{61c}'
                | '\u{1680}'
                | '\u{2003}'
                | '\u{200b}'
                | '\u{200d}'
                | '\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202e}'
                | '\u{2066}'
                | '\u{2069}'
                | '\u{3000}'
                | '\u{3164}'
                | '\u{fe0f}'
                | '\u{feff}'
                | '\u{e0041}'
        )
}

#[test]
fn no_text_makes_it_panic() {
    let config = Config {
        cases: tries(2_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let letter = prop_oneof![3 => select(UNUSUAL), 1 => any::<char>()];
    let edits = proptest::collection::vec((any::<Index>(), 0..6_u8, letter), 1..8);
    let outcome = runner.run(&(right(), edits), |(members, edits)| {
        let mut text: Vec<char> = document(&members).chars().collect();
        for (at, how, letter) in edits {
            if text.is_empty() {
                break;
            }
            let at = at.index(text.len());
            match how {
                0 => drop(text.remove(at)),
                1 => text.truncate(at),
                2 => text[at] = letter,
                _ => text.insert(at, letter),
            }
        }
        let text: String = text.into_iter().collect();
        let (source, found) = findings("krakend.json", text.as_bytes());
        for finding in &found {
            let drawn = draw(finding, &source);
            let unprintable = drawn.chars().find(|c| is_unprintable(*c));
            prop_assert_eq!(unprintable, None, "{} for {:?}", drawn, text);
            prop_assert_eq!(misquoted(finding, &text), None);
            prop_assert!(drawn.contains(finding.rule.name), "{}", drawn);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Values of every setting, put together from what means something there.
#[test]
fn no_value_makes_it_panic() {
    const PARTS: &[&str] = &[
        "https",
        "http",
        "file",
        "null",
        "://",
        ":",
        "/",
        ".",
        "*",
        "*.",
        "example",
        "com",
        "co.uk",
        "localhost",
        "127.0.0.1",
        "0x7f",
        "[",
        "]",
        "::1",
        "443",
        ":8080",
        "@",
        "?",
        "#",
        "%2e",
        "xn--",
        "${A}",
        "{{",
        "}}",
        "(",
        ")",
        "|",
        "^",
        "$",
        "\\.",
        "\\",
        ",",
        ";",
        " ",
        "'",
        "-",
        "_",
        "+",
        "GET",
        "put",
        "Content-Type",
        "Cookie",
        "Sec-",
        "10",
        "h",
        "m",
        "s",
        "µs",
        "μ",
        "d",
        "e9",
        "İ",
    ];
    let config = Config {
        cases: tries(400),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let part = prop_oneof![
        4 => select(PARTS).prop_map(str::to_owned),
        1 => select(UNUSUAL).prop_map(String::from),
    ];
    let value = proptest::collection::vec(part, 0..9).prop_map(|parts| parts.concat());
    let values = proptest::collection::vec(value, 6);
    let outcome = runner.run(&(values, any::<bool>()), |(values, credentials)| {
        let [a, b, c, d, e, f] = values.as_slice() else {
            return Ok(());
        };
        let section = json!({
            "allow_origins": [a, b], "allow_methods": [c], "allow_headers": [d],
            "expose_headers": [e], "max_age": f, "allow_credentials": credentials, a: b,
        });
        let text = json!({ "extra_config": { "security/cors": section } }).to_string();
        let (source, found) = findings("krakend.json", text.as_bytes());
        for finding in &found {
            let drawn = draw(finding, &source);
            let unprintable = drawn.chars().find(|c| is_unprintable(*c));
            prop_assert_eq!(unprintable, None, "{} for {:?}", drawn, text);
            prop_assert_eq!(misquoted(finding, &text), None);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Where a text of the file is repeated, in headlines, labels, notes and help, too.
#[test]
fn unusual_characters_are_shown_by_number_and_written_as_escapes() {
    let spoilt: &[&str] = &[
        "\"allow_origins\": [\"https://a.test/X\"], \"allow_headers\": [\"X-A\"]",
        "\"allow_origins\": [\"https://Xa.test/\"], \"allow_headers\": [\"X-A\"]",
        "\"allow_origins\": [\"httpXs://a.test\"], \"allow_headers\": [\"X-A\"]",
        "\"allow_origins\": [\"https://a.test https://bX.test\"], \"allow_headers\": [\"X-A\"]",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"AX, B\", \"C X\"]",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"], \"allow_methods\": [\"geXt\"]",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"], \"max_age\": \"1X0m\"",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"], \"alXlow\": true",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"], alXlow: true",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"], 'alXlow': true",
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"], \"debug\": trXue",
        "\"allow_origins\": [\"https://a.test\"], // X remark\n \"allow_headers\": [\"X-A\"]",
        "\"allow_origins\": [\"https://aX.test\" \"https://b.test\"], \"allow_headers\": [\"X-A\"]",
        "\"allow_origins\": [\"https://{X}.test\"], \"allow_headers\": [\"X-A\"]",
        "\"allow_oriXgins\" [\"https://a.test\"], \"allow_headers\": [\"X-A\"]",
    ];
    for members in spoilt {
        for c in UNUSUAL.iter().copied().filter(|c| is_unprintable(*c)) {
            // As it is, and as an escape where it is inside a string.
            let escape: String = c
                .encode_utf16(&mut [0; 2])
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect();
            for written in [c.to_string(), escape] {
                let text = file(&members.replacen("X", &written, 1));
                let (source, found) = findings("krakend.json", text.as_bytes());
                assert!(!found.is_empty(), "{text:?}");
                for finding in &found {
                    let drawn = draw(finding, &source);
                    let raw = drawn.chars().find(|c| is_unprintable(*c));
                    assert_eq!(raw, None, "{drawn}");
                    let Help::Write(place, literal) = &finding.help else {
                        continue;
                    };
                    let whole = source.text().get(place.range()).unwrap();
                    // What is written for whole strings is JSON.
                    if whole.starts_with('"')
                        && whole.ends_with('"')
                        && !literal.ends_with([',', ':'])
                    {
                        let list: Result<Value, _> = serde_json::from_str(&format!("[{literal}]"));
                        assert!(list.is_ok(), "{literal:?} for {text:?}");
                    }
                }
            }
        }
    }
}
