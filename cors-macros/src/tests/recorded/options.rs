//! `max_age`, `options_success_status`, the switches, and the types of values.

use super::{Exchange, group, recorded, says};
use crate::rules;

#[test]
fn statuses() {
    says(
        &rules::STATUS_OUT_OF_RANGE,
        "KrakenD sends 101 and 300 to 999 as they are, sends 200 after any other status from 100 to 199, \
         and closes the connection for numbers that are no status",
    );
    says(
        &rules::UNUSUAL_STATUS,
        "KrakenD reads 0 as no status at all",
    );
    let mut seen = 0;
    for case in group("status/") {
        let status = case.parsed("options_success_status").as_i64().unwrap();
        let expected = match status {
            0 => Some(204),
            101 | 200..=999 => Some(status as u64),
            100..=199 => Some(200),
            _ => None,
        };
        let preflights = case.exchanges().filter(Exchange::is_preflight);
        for preflight in preflights {
            assert_eq!(preflight.status(), expected, "{}", case.name());
            seen += 1;
        }
        let is_error = !matches!(status, 0 | 200..=299);
        let found = case.is_found(&rules::STATUS_OUT_OF_RANGE, None);
        assert_eq!(found, is_error, "{}", case.name());
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn durations() {
    says(
        &rules::MALFORMED_MAX_AGE,
        "It silently ignores anything else and sends no `Access-Control-Max-Age`",
    );
    says(
        &rules::MAX_AGE_BELOW_A_SECOND,
        "For 0 seconds it sends no `Access-Control-Max-Age`",
    );
    says(
        &rules::MAX_AGE_ZERO,
        "KrakenD sends no `Access-Control-Max-Age` for it",
    );
    says(
        &rules::MAX_AGE_NEGATIVE,
        "KrakenD sends `Access-Control-Max-Age: 0` for a negative duration",
    );
    says(
        &rules::MAX_AGE_FRACTION,
        "KrakenD drops fractions of a second, so it sends a shorter time than is written here",
    );
    let mut seen = [0; 5];
    for case in group("max-age/'") {
        let sent = case.exchanges().find(Exchange::is_preflight).unwrap();
        let sent = sent.got("Access-Control-Max-Age");
        let rules = [
            &rules::MALFORMED_MAX_AGE,
            &rules::MAX_AGE_BELOW_A_SECOND,
            &rules::MAX_AGE_ZERO,
            &rules::MAX_AGE_NEGATIVE,
            &rules::MAX_AGE_FRACTION,
        ];
        for (nth, rule) in rules.into_iter().enumerate() {
            if case.is_found(rule, None) {
                seen[nth] += 1;
                match nth {
                    0..=2 => assert_eq!(sent, None, "{}", case.name()),
                    3 => assert_eq!(sent, Some("0"), "{}", case.name()),
                    _ => assert_eq!(sent, Some("1"), "{}", case.name()),
                }
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn types() {
    let crashes = "KrakenD crashes on a `max_age` that is not a string";
    for name in ["max-age/type-number", "max-age/type-object"] {
        let case = recorded(name);
        assert_eq!(case.0["outcome"], "panic", "{name}");
        assert!(case.is_found(&rules::WRONG_TYPE, Some(crashes)), "{name}");
    }
    let reads_false = "KrakenD silently reads this as `false`";
    for (name, setting) in [
        ("pna/string", "allow_private_network"),
        ("passthrough/number", "options_passthrough"),
        ("shape/debug-string", "debug"),
    ] {
        let case = recorded(name);
        assert_eq!(*case.parsed(setting), false, "{name}");
        assert!(
            case.is_found(&rules::WRONG_TYPE, Some(reads_false)),
            "{name}"
        );
    }
    let missing = "KrakenD takes `null` for a missing value";
    for (name, setting) in [
        ("credentials/null-value", "allow_credentials"),
        ("passthrough/null", "options_passthrough"),
        ("shape/expose-null", "expose_headers"),
        ("status/None", "options_success_status"),
    ] {
        let case = recorded(name);
        let parsed = case.parsed(setting);
        let is_nothing = parsed.is_null() || *parsed == false || *parsed == 0;
        assert!(
            is_nothing || parsed.as_array().is_some_and(Vec::is_empty),
            "{name}"
        );
        assert!(case.is_found(&rules::WRONG_TYPE, Some(missing)), "{name}");
    }
    let ignores = "KrakenD ignores the status";
    for name in ["status/'200'", "status/''", "status/True", "status/[200]"] {
        let case = recorded(name);
        assert_eq!(*case.parsed("options_success_status"), 0, "{name}");
        assert!(case.is_found(&rules::WRONG_TYPE, Some(ignores)), "{name}");
    }
    let fraction = "KrakenD cuts off the fraction";
    for (name, status) in [
        ("status/200.9", 200),
        ("status/204.5", 204),
        ("status/0.5", 0),
    ] {
        let case = recorded(name);
        assert_eq!(*case.parsed("options_success_status"), status, "{name}");
        assert!(case.is_found(&rules::WRONG_TYPE, Some(fraction)), "{name}");
    }
}

#[test]
fn passthrough() {
    says(
        &rules::PASSTHROUGH,
        "with `options_passthrough`, KrakenD does not answer preflights",
    );
    for (name, passes_on) in [("passthrough/on", true), ("passthrough/off", false)] {
        let case = recorded(name);
        assert_eq!(
            case.is_found(&rules::PASSTHROUGH, None),
            passes_on,
            "{name}"
        );
        for preflight in case.exchanges().filter(Exchange::is_preflight) {
            assert_eq!(preflight.0["expect"]["reached"], passes_on, "{name}");
        }
    }
}
