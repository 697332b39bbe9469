//! Files that are far from right: every one is refused with words, quickly, and without a panic.

use std::time::{Duration, Instant};

use super::{faults, file, findings, is_fault, names};
use crate::tests::draw;

fn found(text: &str) -> Vec<&'static str> {
    let mut found = names(&faults(text));
    found.dedup();
    found
}

#[test]
fn deep_and_large_files() {
    let nest = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let with = |value: &str| {
        format!(
            "{{ \"extra_config\": {{ \"security/cors\": {{ \"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"X-A\"] }} }}, \"other\": {value} }}"
        )
    };
    let string = format!("\"{}\"", "x".repeat(4 << 20));
    let cases: &[(&str, String, &[&str])] = &[
        ("nested as deep as KrakenD reads", with(&nest(9_999)), &[]),
        ("nested deeper", with(&nest(10_000)), &["not_json"]),
        ("nested without end", "[".repeat(100_000), &["not_json"]),
        (
            "objects without end",
            "{\"a\":".repeat(100_000),
            &["not_json"],
        ),
        (
            "a deep origin",
            with(&nest(50)).replace("[\"https://a.test\"]", &nest(9_000)),
            &["wrong_type"],
        ),
        ("four megabytes of string", with(&string), &[]),
        (
            "four megabytes of nothing",
            " ".repeat(4 << 20),
            &["empty_file"],
        ),
        (
            "half a surrogate pair",
            with("1").replace("a.test", "\\ud800.test"),
            &["non_ascii_host"],
        ),
    ];
    for (case, text, expected) in cases {
        assert_eq!(found(text), *expected, "{case}");
    }
    let deeper = with(&nest(10_000));
    let place = faults(&deeper)[0].place();
    let count = |brackets: [char; 2]| deeper[..place.end].matches(brackets).count();
    let depth = count(['{', '[']) - count(['}', ']']);
    assert_eq!((depth, place.end - place.start), (10_001, 1));
}

/// What takes time with the square of a text's length, or nests, is not done for a long text.
#[test]
fn entries_without_end() {
    let origin =
        |text: String| format!("\"allow_origins\": [\"{text}\"], \"allow_headers\": [\"X-A\"]");
    let cases = [
        ("brackets", "(".repeat(100_000), "malformed_host"),
        (
            "brackets of a length that is read",
            "(".repeat(2_000),
            "regular_expression",
        ),
        ("placeholders", "{".repeat(100_000), "malformed_host"),
        (
            "a host",
            format!("https://{}.test", "a.".repeat(50_000)),
            "malformed_host",
        ),
        ("wide characters", "é".repeat(100_000), "malformed_host"),
    ];
    for (case, text, expected) in cases {
        assert_eq!(found(&file(&origin(text))), [expected], "{case}");
    }
    let header = format!(
        "\"allow_origins\": [\"https://a.test\"], \"allow_headers\": [\"{}\"]",
        "é{".repeat(100_000)
    );
    assert_eq!(found(&file(&header)), ["not_a_header_name"]);
}

/// `serde_json` and Go's `encoding/json`, which KrakenD reads with, differ in little; where they do,
/// Go's verdict counts.
#[test]
fn what_go_reads_is_read_and_what_it_refuses_is_refused() {
    let right = file(r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"]"#);
    let with = |member: &str| right.replacen('{', &format!("{{ {member},"), 1);
    let digits = |count| format!("\"a\": {}", "9".repeat(count));
    let read = [
        r#""a": 1e308"#.to_owned(),
        r#""a": 1.7976931348623158e308"#.to_owned(),
        // It becomes 0.
        r#""a": 1e-400"#.to_owned(),
        r#""a": -0.0E+0"#.to_owned(),
        digits(308),
        // It becomes U+FFFD.
        r#""a": "\udc00\ud800""#.to_owned(),
        r#""\ud800": "\u0000\/""#.to_owned(),
        "\"a\": \"\u{7f}\u{a0}\u{2028}\u{feff}\"".to_owned(),
        r#""": null, "": null"#.to_owned(),
        r#""a": "1e400""#.to_owned(),
    ];
    for member in read {
        assert_eq!(found(&with(&member)), [""; 0], "{member}");
    }
    let refused = [
        r#""a": 1e309"#.to_owned(),
        r#""a": -1e400"#.to_owned(),
        r#""a": 1.7976931348623159e308"#.to_owned(),
        r#""a": [{ "b": [0, 1E+999] }]"#.to_owned(),
        digits(400),
        r#""a": 01"#.to_owned(),
        r#""a": 1."#.to_owned(),
        r#""a": .5"#.to_owned(),
        r#""a": "\x41""#.to_owned(),
        r#""a": NaN"#.to_owned(),
        "\"a\": \"\u{1f}\"".to_owned(),
        "\"a\":\u{a0}1".to_owned(),
        "\"a\":\u{c}1".to_owned(),
    ];
    for member in refused {
        assert_eq!(found(&with(&member)), ["not_json"], "{member}");
    }
    // A byte order mark does not hide what else is wrong.
    let marked = format!("\u{feff}{}", right.replace("a.test", "a.test/"));
    assert_eq!(found(&marked), ["not_json", "origin_with_path"]);
}

/// Where white space is wider than a byte, no place is inside a character.
#[test]
fn wide_white_space_is_no_panic() {
    for space in ['\u{85}', '\u{a0}', '\u{2028}', '\u{3000}'] {
        for text in [
            r#"{"a":["x_y"] "b":1}"#,
            r#"{"a":["x"]_ "b":1}"#,
            r#"{"a":["x"_"y"]}"#,
            r#"{"a"_1}"#,
            r#"{"a":1_,"b":2}"#,
            r#"{"a":1,_}"#,
            r#"{"a":[1,_]}"#,
            r#"{"a":_,}"#,
            r#"{"a":"x_"#,
            r#"{"a":["x"_"#,
            r#"_{"a":1}"#,
            r#"{"a":1}_"#,
            r#"{_// x_"#,
            r#"{"a":tru_e}"#,
            r#"{"a":'x_y'}"#,
        ] {
            let text = text.replace('_', &space.to_string());
            let (source, found) = findings("krakend.json", text.as_bytes());
            assert!(!found.is_empty(), "{text:?}");
            for finding in &found {
                draw(finding, &source);
            }
        }
    }
}

#[test]
fn a_place_behind_half_a_surrogate_pair_is_right() {
    let text = file(
        r#""allow_origins": ["https://\ud800\ud83d\ude00.test/path"], "allow_headers": ["X-A"]"#,
    );
    let (source, found) = findings("krakend.json", text.as_bytes());
    let path = found
        .iter()
        .find(|finding| finding.rule.name == "origin_with_path")
        .unwrap();
    assert_eq!(&source.text()[path.place().range()], "/path");
}

#[test]
fn one_mistake_neither_hides_nor_causes_another() {
    let cases: &[(&str, &[&str])] = &[
        (
            r#""allowed_origins": ["https://a.test"], "allow_credentials": true, "allow_headers": ["X-A"]"#,
            &["unknown_key"],
        ),
        (
            r#""allow_origins": "*", "allow_credentials": true, "allow_headers": ["X-A"]"#,
            &["wrong_type"],
        ),
        (
            r#""allow_origins": [1], "allow_credentials": true, "allow_headers": ["X-A"]"#,
            &["wrong_type"],
        ),
        (
            r#""allow_origins": ["https://a.test"], "allow_headers": "X-A""#,
            &["wrong_type"],
        ),
        (
            r#""allow_origins": ["https://a.test"], "allow_headers": [null]"#,
            &["wrong_type"],
        ),
        (
            r#""allow_origins": ["https://a.test"], "allow_methods": [""], "allow_headers": ["X-A"]"#,
            &["not_a_method"],
        ),
        (
            r#""allow_origins": ["https://a.test/", "b.test", "*"], "allow_credentials": true, "allow_headers": ["X-A"]"#,
            &[
                "origins_beside_star",
                "origin_with_path",
                "origin_without_scheme",
                "star_with_credentials",
            ],
        ),
        (
            r#""allow_origins": ["https://a.test/"], "max_age": 5, "debug": 1, "expose_headers": ["Set-Cookie"], "allow_headers": ["X-A"]"#,
            &["origin_with_path", "wrong_type", "unexposable_header"],
        ),
    ];
    for (members, expected) in cases {
        assert_eq!(found(&file(members)), *expected, "{members}");
    }
}

#[test]
fn a_large_file_on_one_line_is_judged_and_drawn_quickly() {
    let endpoint = r#"{"endpoint":"/users/{id}","method":"GET","backend":[]},"#;
    let origins: Vec<String> = (0..60).map(|n| format!("\"https://a{n}.test/\"")).collect();
    let text = format!(
        r#"{{"endpoints":[{}{{}}],"extra_config":{{"security/cors":{{"allow_headers":["X-A"],"allow_origins":[{}]}}}}}}"#,
        endpoint.repeat((8 << 20) / endpoint.len()),
        origins.join(",")
    );
    let start = Instant::now();
    let (source, found) = findings("krakend.json", text.as_bytes());
    let faults = found.iter().filter(|finding| is_fault(finding));
    let drawn: Vec<String> = faults.map(|finding| draw(finding, &source)).collect();
    // Many times what it takes, and far less than a look at the whole line for every finding.
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(drawn.len(), 60);
    let last = drawn.last().unwrap();
    let column = text.find("a59.test/").unwrap() + "a59.test".len() + 1;
    assert!(
        last.contains(&format!("krakend.json:1:{column}\n")),
        "{last}"
    );
    assert!(last.len() < 1_000, "{last}");
}
