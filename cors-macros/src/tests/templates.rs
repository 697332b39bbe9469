//! Templates whose section is read before anything has filled them: whatever the actions write, the
//! policy is that of the file that comes out.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::{checked, names, tries};

const SECTION: &str = r#""security/cors": { "allow_origins": ["https://app.example.com"], "allow_headers": ["X-A"] }"#;

/// What is where a member may be: how the template has it, and what may come of it. What comes of
/// it ends with a comma, if it is anything.
const IN_FRONT: &[(&str, &[&str])] = &[
    ("", &[""]),
    ("{{/* }} , { \" */}}", &[""]),
    ("{{ $x := \"}}\" }}", &[""]),
    ("\"name\": \"{{ .name }}\",", &["\"name\": \"a\","]),
    ("\"port\": {{ .port }},", &["\"port\": 80,"]),
    (
        "\"host\": [{{ range .hosts }}{{ . }},{{ end }} \"a\"],",
        &["\"host\": [\"a\"],"],
    ),
    (
        "{{ include \"a\" }}",
        &["", "\"a\": 1,", OTHER_SECTION, OTHER_CONFIG],
    ),
    (
        "{{ include \"a\" }},",
        &["\"a\": 1,", OTHER_SECTION, OTHER_CONFIG],
    ),
    (
        "{{ if .a }}\"a\": { {{ else }}\"b\": { {{ end }} \"c\": 1 },",
        &["\"a\": { \"c\": 1 },"],
    ),
    ("{{ if .a }}\"a\": 1,{{ end }}", &["", "\"a\": 1,"]),
    (
        "{{ with .a }}\"a\": {},{{ else }}\"b\": [],{{ end }}",
        &["\"a\": {},", "\"b\": [],"],
    ),
    (
        "\"{{ .key }}\": { \"allow_origins\": [\"*\"] },",
        &[OTHER_SECTION, "\"a\": { \"allow_origins\": [\"*\"] },"],
    ),
    (OTHER_SECTION_IF, &["", OTHER_SECTION]),
    (OTHER_CONFIG_IF, &["", OTHER_CONFIG]),
    (
        "\"level\": {{ if .a }}\"b\"{{ else }}\"c\"{{ end }} {{ template \"d\" }},",
        &[
            "\"level\": \"b\",",
            "\"level\": \"b\", \"d\": 1,",
            "\"level\": \"b\", \"security/cors\": {},",
        ],
    ),
];
const OTHER_SECTION: &str = r#""security/cors": { "allow_origins": ["*"] },"#;
const OTHER_CONFIG: &str =
    r#""extra_config": { "security/cors": { "allow_origins": ["*"], "debug": true } },"#;
const OTHER_SECTION_IF: &str =
    "{{ if .a }}\"security/cors\": { \"allow_origins\": [\"*\"] },{{ end }}";
const OTHER_CONFIG_IF: &str = "{{ if .a }}\"extra_config\": { \"security/cors\": { \"allow_origins\": [\"*\"], \"debug\": true } },{{ end }}";

/// The section, and what may come of it.
const SECTIONS: &[(&str, &str)] = &[
    (SECTION, SECTION),
    (SECTION, SECTION),
    (SECTION, SECTION),
    (SECTION_IF, "\"a\": 1"),
];
const SECTION_IF: &str = r#"{{ if .a }}"security/cors": { "allow_origins": ["https://app.example.com"], "allow_headers": ["X-A"] }, {{ end }}"a": 1"#;

/// What is around the members of an object.
const BRACES: &[(&str, &str, &str)] = &[
    ("{", "", "}"),
    ("{", "", "}"),
    ("{{- if .a }}{{ end -}} {", "{", "}"),
    ("{", "", "}"),
    ("{{ if .a }}{{{ else }}[{{ end }}", "{", "}"),
    ("{{ if .a }} { \"z\": 1, {{ end }}", "{ \"z\": 1,", "}"),
];

type Piece = (&'static str, &'static str);

fn piece() -> impl Strategy<Value = Piece> {
    select(IN_FRONT).prop_flat_map(|(template, writes)| {
        select(writes).prop_map(move |written| (template, written))
    })
}

/// The text of a member and what is around it, as a template or as what comes out.
fn around(before: &[&str], member: &str, after: &[&str]) -> String {
    let before = before.concat();
    let after: String = after.concat();
    // The comma behind the last member is that of the one in front of it.
    let after = after.trim_end().strip_suffix(',').unwrap_or(&after);
    let comma = if after.trim().is_empty() { "" } else { "," };
    format!("{before} {member}{comma} {after}")
}

fn policy(text: &str) -> (Option<String>, Vec<&'static str>) {
    let (_, findings, policy) = checked("krakend.tmpl", text.as_bytes());
    (policy.map(|policy| format!("{policy:?}")), names(&findings))
}

#[test]
fn what_comes_out_of_a_template_has_the_policy_that_was_read_from_it() {
    let pieces = || proptest::collection::vec(piece(), 0..2);
    let of_template =
        |pieces: &[Piece]| -> Vec<&'static str> { pieces.iter().map(|piece| piece.0).collect() };
    let written =
        |pieces: &[Piece]| -> Vec<&'static str> { pieces.iter().map(|piece| piece.1).collect() };
    let config = Config {
        cases: tries(3_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let (read, refused) = (Cell::new(0), Cell::new(0));
    let cases = (
        pieces(),
        pieces(),
        pieces(),
        pieces(),
        select(SECTIONS),
        select(BRACES),
        select(BRACES),
    );
    runner
        .run(&cases, |(a, b, c, d, section, root, extra)| {
            let text = |of: &dyn Fn(&[Piece]) -> Vec<&'static str>, is_template: bool| {
                let open = |braces: &(&'static str, &'static str, &'static str)| {
                    if is_template || braces.1.is_empty() {
                        braces.0
                    } else {
                        braces.1
                    }
                };
                let section = if is_template { section.0 } else { section.1 };
                let section = around(&of(&a), section, &of(&b));
                let config = format!("\"extra_config\": {} {section} {}", open(&extra), extra.2);
                let members = around(&of(&c), &config, &of(&d));
                format!("{} {members} {}", open(&root), root.2)
            };
            let template = text(&of_template, true);
            let rendered = text(&written, false);
            let (expected, findings) = policy(&rendered);
            prop_assert!(!findings.contains(&"not_json"), "{rendered}");
            let (policy, findings) = policy(&template);
            if findings.contains(&"template") || findings.contains(&"placeholder") {
                refused.set(refused.get() + 1);
                return Ok(());
            }
            read.set(read.get() + 1);
            prop_assert_eq!(policy, expected, "{} {}", template, rendered);
            Ok(())
        })
        .unwrap();
    let counts = (read.get(), refused.get());
    assert!(
        counts.0 > 300 && counts.1 > 300,
        "read and refused: {counts:?}"
    );
}
