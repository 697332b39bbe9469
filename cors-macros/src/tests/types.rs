//! What is suggested for values of wrong types.

use super::{faults, file};
use crate::finding::Help;

#[test]
fn what_was_clearly_meant_is_suggested() {
    // What stands in the place of the value afterwards; nothing where that depends on what is meant.
    let cases: &[(&str, &str, Option<&str>)] = &[
        ("options_success_status", r#""200""#, Some("200")),
        ("options_success_status", r#""299""#, Some("299")),
        ("options_success_status", r#""300""#, None),
        ("options_success_status", r#""199""#, None),
        ("options_success_status", r#""""#, None),
        ("options_success_status", "[204]", None),
        ("options_success_status", "true", None),
        ("options_success_status", "299.5", Some("299")),
        ("options_success_status", "300.5", None),
        ("options_success_status", "199.5", None),
        ("max_age", "1", Some("\"1s\"")),
        ("max_age", "86400", Some("\"86400s\"")),
        ("max_age", "86401", None),
        ("max_age", "0", None),
        ("max_age", "-1", None),
        ("max_age", "1.5", None),
        ("max_age", "99999999999", None),
        ("max_age", "true", None),
        ("max_age", r#"["10m"]"#, None),
        ("debug", r#""off""#, Some("false")),
        ("debug", r#""No""#, Some("false")),
        ("debug", r#""""#, Some("false")),
        ("debug", "0", Some("false")),
        ("debug", "1", None),
        ("debug", r#""true""#, None),
        ("debug", "[]", None),
        ("allow_credentials", r#""true""#, None),
        ("allow_credentials", "1", None),
        ("allow_methods", r#""GET""#, Some("[\"GET\"]")),
        ("allow_methods", r#""GET ""#, None),
        ("allow_methods", r#""GET|POST""#, None),
        ("allow_methods", r#"{ "GET": true }"#, None),
        ("expose_headers", r#""*""#, None),
        ("expose_headers", r#"",""#, None),
        ("expose_headers", "5", None),
    ];
    for (key, value, expected) in cases {
        let text = file(&format!(
            r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "{key}": {value}"#
        ));
        let found = faults(&text);
        let wrong: Vec<_> = found
            .iter()
            .filter(|finding| finding.rule.name == "wrong_type")
            .collect();
        let [wrong] = *wrong else {
            panic!("{key}: {value}: {wrong:?}");
        };
        let suggested = match &wrong.help {
            Help::Write(_, text) => Some(&**text),
            Help::Add(..) | Help::Remove(_) => panic!("{key}: {value} is not to be kept"),
            Help::OfRule | Help::Render(_) | Help::Words(_) => None,
        };
        assert_eq!(suggested, *expected, "{key}: {value}");
    }
}

#[test]
fn a_list_is_shown_with_one_element_for_each_word() {
    let text = file(
        r#""allow_origins": "https://a.test; https://b.test,https://c.test", "allow_headers": ["X-A"]"#,
    );
    let help = &faults(&text)[0].help;
    let expected = r#"write a list: ["https://a.test", "https://b.test", "https://c.test"]"#;
    assert_eq!(*help, Help::Words(expected.to_owned()));
}

#[test]
fn null_is_removed_unless_that_opens_something() {
    for (key, removed) in [
        ("allow_origins", false),
        ("allow_headers", false),
        ("allow_methods", true),
        ("expose_headers", true),
        ("max_age", true),
        ("allow_credentials", true),
        ("allow_private_network", true),
        ("debug", true),
        ("options_passthrough", true),
        ("options_success_status", true),
    ] {
        let other = [
            ("allow_origins", "https://a.test"),
            ("allow_headers", "X-A"),
        ]
        .into_iter()
        .filter(|(other, _)| *other != key)
        .map(|(other, value)| format!(", \"{other}\": [\"{value}\"]"))
        .collect::<String>();
        let text = file(&format!("\"{key}\": null{other}"));
        let found = faults(&text);
        assert_eq!(found[0].rule.name, "wrong_type", "{key}");
        assert_eq!(matches!(found[0].help, Help::Remove(_)), removed, "{key}");
    }
}

#[test]
fn elements_that_are_no_strings() {
    let removed = |list: &str| {
        let text = file(&format!(
            r#""allow_origins": ["https://a.test"], "allow_headers": {list}"#
        ));
        let found = faults(&text);
        assert_eq!(found[0].rule.name, "wrong_type", "{list}");
        matches!(found[0].help, Help::Remove(_))
    };
    assert!(removed(r#"["X-A", null]"#));
    // An empty list would allow every header.
    assert!(!removed("[null]"));
    assert!(!removed(r#"["X-A", 5]"#));
}

#[test]
fn a_long_value_is_cut_in_the_headline() {
    let title = |length: usize| {
        let text = file(&format!(
            r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A", {}]"#,
            "1".repeat(length)
        ));
        faults(&text)[0].title()
    };
    let ones = "1".repeat(40);
    assert_eq!(title(40), format!("a list of strings holds `{ones}`"));
    assert_eq!(title(41), format!("a list of strings holds `{ones}…`"));
}
