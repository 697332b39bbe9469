//! What the levels of a call make of the findings.

mod headers;

use proc_macro2::Span;

use super::{checked, file, findings};
use crate::call::{Call, Levels};
use crate::expand::{Judged, expand};
use crate::finding::{Finding, Place};
use crate::report::{Report, Verdict};
use crate::rules;
use crate::source::{File, Source};

fn levels(text: &str) -> Levels {
    let call = format!("cors_runtime, \"krakend.json\"{text}");
    Call::read(call.parse().unwrap())
        .unwrap_or_else(|misuse| panic!("{text}: {}", misuse.mistakes))
        .levels
}

fn refusal(text: &str) -> String {
    let call = format!("cors_runtime, \"krakend.json\"{text}");
    let Err(misuse) = Call::read(call.parse().unwrap()) else {
        panic!("{text} is accepted");
    };
    let messages = misuse.mistakes.into_iter().map(|error| error.to_string());
    messages.collect::<Vec<_>>().join("\n\n")
}

/// The verdict on the rules that are broken on purpose, so that a new hint changes no case.
fn verdict(members: &str, text: &str) -> Verdict<Span> {
    let mut report = Report::default();
    let mut found = findings("krakend.json", file(members).as_bytes()).1;
    found.retain(|finding| BROKEN.contains(&finding.rule.name));
    for finding in found {
        report.push(finding);
    }
    report.conclude(&levels(text))
}

const BROKEN: [&str; 5] = [
    "null_origin",
    "upper_case_origin",
    "debug_on",
    "origin_request_header",
    "safelisted_request_header",
];
const DENIED: &str = r#""allow_origins": ["null"], "allow_headers": ["X-A"]"#;
const WARNED: &str =
    r#""allow_origins": ["https://A.test"], "debug": true, "allow_headers": ["X-A"]"#;
const HINTED: &str =
    r#""allow_origins": ["https://a.test"], "allow_headers": ["Origin", "Accept"]"#;

#[test]
fn a_name_or_its_group_sets_the_weight() {
    let cases: &[(&str, &str, &[&str], &[&str])] = &[
        (DENIED, "", &["null_origin"], &[]),
        (DENIED, ", allow(null_origin)", &[], &[]),
        (DENIED, ", warn(null_origin)", &[], &["null_origin"]),
        (
            DENIED,
            ", allow(null_origin), deny(null_origin)",
            &["null_origin"],
            &[],
        ),
        (DENIED, ", allow(warnings, hints)", &["null_origin"], &[]),
        (WARNED, "", &[], &["upper_case_origin", "debug_on"]),
        (WARNED, ", allow(debug_on)", &[], &["upper_case_origin"]),
        (WARNED, ", allow(warnings)", &[], &[]),
        (
            WARNED,
            ", deny(warnings)",
            &["upper_case_origin", "debug_on"],
            &[],
        ),
        (
            WARNED,
            ", deny(warnings), allow(debug_on)",
            &["upper_case_origin"],
            &[],
        ),
        (
            WARNED,
            ", allow(debug_on), deny(warnings)",
            &["upper_case_origin"],
            &[],
        ),
        (
            WARNED,
            ", deny(debug_on)",
            &["debug_on"],
            &["upper_case_origin"],
        ),
        (HINTED, "", &[], &[]),
        (
            HINTED,
            ", warn(hints)",
            &[],
            &["origin_request_header", "safelisted_request_header"],
        ),
        (
            HINTED,
            ", warn(origin_request_header)",
            &[],
            &["origin_request_header"],
        ),
        (
            HINTED,
            ", deny(hints),",
            &["origin_request_header", "safelisted_request_header"],
            &[],
        ),
    ];
    for (members, text, errors, warnings) in cases {
        let verdict = verdict(members, text);
        let names = |findings: &[Finding]| -> Vec<&str> {
            findings.iter().map(|finding| finding.rule.name).collect()
        };
        assert_eq!(names(&verdict.errors), *errors, "errors under `{text}`");
        assert_eq!(
            names(&verdict.warnings),
            *warnings,
            "warnings under `{text}`"
        );
    }
}

/// The call that a message shows is understood, keeps what was in it, and accepts the finding.
#[test]
fn the_call_that_accepts_a_finding_does_so() {
    let cases = [
        ("", "allow(null_origin)"),
        (", allow(debug_on)", "allow(debug_on, null_origin)"),
        (", deny(warnings)", "deny(warnings), allow(null_origin)"),
        (
            ", deny(null_origin)",
            "deny(null_origin), allow(null_origin)",
        ),
        (
            ", allow(debug_on), warn(hints), warn(file_origin),",
            "allow(debug_on), warn(hints, file_origin), allow(null_origin)",
        ),
    ];
    let denied = verdict(DENIED, "").errors.remove(0);
    for (text, expected) in cases {
        let accepting = levels(text).and_allow(&denied);
        assert_eq!(accepting, expected, "{text}");
        let errors = verdict(DENIED, &format!(", {accepting}")).errors;
        assert!(errors.is_empty(), "{accepting}");
    }
    // Headers by their names, unless there are many.
    let forwarded = |count: usize| {
        let rule = &rules::FORWARDED_HEADER_NOT_ALLOWED;
        let place = Place::new(0, 1);
        let entry = |nth: usize| {
            let header = format!("X-{nth}");
            Finding::of_entry(rule, place, (place, &header), "{} is not allowed", "here")
        };
        let mut finding = entry(0);
        finding.merge((1..count).map(entry).collect());
        levels(", deny(hints)").and_allow(&finding)
    };
    for (count, expected) in [
        (
            2,
            r#"deny(hints), allow(forwarded_header_not_allowed("X-0", "X-1"))"#,
        ),
        (9, "deny(hints), allow(forwarded_header_not_allowed)"),
    ] {
        assert_eq!(forwarded(count), expected);
    }
}

#[test]
fn an_allow_that_silences_nothing_is_noticed() {
    let unused = |members, text| -> Vec<String> {
        let unused = verdict(members, text).unused;
        unused
            .iter()
            .map(|(target, _)| target.to_string())
            .collect()
    };
    assert_eq!(
        unused(WARNED, ", allow(null_origin, debug_on)"),
        ["`null_origin`"]
    );
    assert_eq!(unused(WARNED, ", allow(hints), warn(null_origin)"), [""; 0]);
    // An error may hide what the `allow` is for.
    assert_eq!(unused(DENIED, ", allow(debug_on)"), [""; 0]);
}

#[test]
fn names_are_checked() {
    let cases = [
        (
            ", allow(nul_origin)",
            "no finding is called `nul_origin`\n= help: did you mean `null_origin`?",
        ),
        (", allow(warning)", "did you mean `warnings`?"),
        (
            ", allow(frobnicate)",
            "`cors_runtime::findings` lists them all",
        ),
        (
            ", allow(origin_with_path)",
            "`origin_with_path` is an error that cannot be turned off",
        ),
        (", warn(origin_with_path)", "cannot be turned off"),
        (
            ", permit(null_origin)",
            "expected `allow(…)`, `warn(…)` or `deny(…)`",
        ),
        (", allow(nul_origin, debug_onn)", "`debug_on`"),
        (
            ", allow(debug_on(\"X-A\"))",
            "`debug_on` cannot be limited to headers\n= help: write `debug_on`",
        ),
        (", allow(hints(\"X-A\"))", "`hints` cannot be limited"),
        (
            ", allow(forwarded_header_not_allowed())",
            "expected names of headers, such as `forwarded_header_not_allowed(\"X-Client-Id\")`",
        ),
        (
            ", allow(forwarded_header_not_allowed(X_A))",
            "expected names of headers, such as `forwarded_header_not_allowed(\"X-Client-Id\")`",
        ),
        (
            ", allow(forwarded_header_not_alowed(\"X-A\"))",
            "did you mean `forwarded_header_not_allowed`?",
        ),
    ];
    for (text, expected) in cases {
        let refusal = refusal(text);
        assert!(refusal.contains(expected), "{text}: {refusal}");
    }
    // Denying what is an error already changes nothing, and is no mistake.
    levels(", deny(origin_with_path)");
}

#[test]
fn findings_beyond_the_fiftieth_are_counted() {
    let call = "cors_runtime, \"krakend.json\"".parse().unwrap();
    let Ok(call) = Call::read(call) else {
        panic!("the call is right");
    };
    let text = file(HINTED);
    let (_, _, policy) = checked("krakend.json", text.as_bytes());
    let finding = Finding::new(&rules::DEBUG_ON, Place::new(0, 1), "this is on", "here");
    let cases = [
        (50, None, None),
        (
            51,
            Some("1 more warning, not shown"),
            Some("1 more mistake, not shown"),
        ),
        (
            60,
            Some("10 more warnings, not shown"),
            Some("10 more mistakes, not shown"),
        ),
    ];
    for (count, warnings, errors) in cases {
        let some = || vec![finding.clone(); count];
        let expansion = |errors, warnings| {
            let unused = Vec::new();
            let verdict = Verdict {
                errors,
                warnings,
                unused,
            };
            let source = Source::file(File::named("krakend.json"), text.clone());
            expand(&call, &[Judged { source, verdict }], policy.as_ref()).to_string()
        };
        for (text, expected) in [
            (expansion(vec![], some()), warnings),
            (expansion(some(), vec![]), errors),
        ] {
            assert_eq!(text.matches("this is on").count(), 50);
            assert_eq!(text.contains("not shown"), expected.is_some(), "{count}");
            assert!(
                expected.is_none_or(|expected| text.contains(&format!("\"{expected}\""))),
                "{count}"
            );
        }
    }
}
