//! Overrides that are limited to headers.

use proc_macro2::Span;

use super::levels;
use crate::report::{Report, Verdict};
use crate::tests::faults;

/// `X-A` and `X-B` may be of anybody, `X-Api-Key` and `DPoP` are of pages.
fn verdict(text: &str) -> Verdict<Span> {
    let file = r#"{ "version": 3, "extra_config": { "security/cors": {
        "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"]
    } }, "endpoints": [
        { "endpoint": "/a", "input_headers": ["X-A", "X-Api-Key"] },
        { "endpoint": "/b", "input_headers": ["x-a", "DPoP", "X-B"] }
    ] }"#;
    let found = faults(file);
    assert_eq!(found.len(), 2, "{found:?}");
    let mut report = Report::default();
    crate::check_source(&source(file), None, &mut report);
    report.conclude(&levels(text))
}

fn source(text: &str) -> crate::source::Source {
    let file = crate::source::File::named("krakend.json");
    crate::source::Source::file(file, text.to_owned())
}

/// A call, and the headers of its errors, its warnings and its unused `allow`s.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

#[test]
fn a_header_is_narrower_than_its_rule() {
    const ALL: &[&str] = &["DPoP", "X-A", "X-Api-Key", "X-B"];
    let cases: &[Case] = &[
        ("", &[], ALL, &[]),
        (", allow(forwarded_header_not_allowed)", &[], &[], &[]),
        (
            r#", allow(forwarded_header_not_allowed("X-A"))"#,
            &[],
            &["DPoP", "X-Api-Key", "X-B"],
            &[],
        ),
        (
            r#", allow(forwarded_header_not_allowed("x-b", "dpop",),)"#,
            &[],
            &["X-A", "X-Api-Key"],
            &[],
        ),
        (
            r#", allow(forwarded_header_not_allowed("X-A"), forwarded_header_not_allowed("X-B"))"#,
            &[],
            &["DPoP", "X-Api-Key"],
            &[],
        ),
        (
            r#", allow(forwarded_header_not_allowed("X-A")), deny(warnings)"#,
            &["DPoP", "X-Api-Key", "X-B"],
            &[],
            &[],
        ),
        (
            r#", deny(forwarded_header_not_allowed("X-A")), allow(forwarded_header_not_allowed)"#,
            &["X-A"],
            &[],
            &[],
        ),
        (
            r#", allow(forwarded_header_not_allowed("X-A")), warn(forwarded_header_not_allowed("x-a"))"#,
            &[],
            ALL,
            &[],
        ),
        // Misspelt, set by nobody's page, and not forwarded at all.
        (
            r#", allow(forwarded_header_not_allowed("X_A", "X-Remote-User", "X-B", ""))"#,
            &[],
            &["DPoP", "X-A", "X-Api-Key"],
            &["X_A", "X-Remote-User", ""],
        ),
    ];
    for (text, errors, warnings, unused) in cases {
        let verdict = verdict(text);
        let mut found = [verdict.errors, verdict.warnings].map(|findings| {
            let entries = findings.iter().flat_map(|finding| finding.entries());
            entries.cloned().collect::<Vec<String>>()
        });
        found.iter_mut().for_each(|headers| headers.sort());
        assert_eq!(found[0], *errors, "errors under `{text}`");
        assert_eq!(found[1], *warnings, "warnings under `{text}`");
        let expected = unused.iter();
        let expected: Vec<String> = expected
            .map(|header| format!("`forwarded_header_not_allowed` for `{header}`"))
            .collect();
        let named = verdict.unused.iter().map(|(target, _)| target.to_string());
        assert_eq!(named.collect::<Vec<_>>(), expected, "unused under `{text}`");
    }
}
