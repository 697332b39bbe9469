//! Tests that need several stages at once.

mod any_text;
mod browser;
mod calls;
mod ceiling;
mod editor;
mod endpoint_suggestions;
mod endpoints;
mod examples;
mod findings_page;
mod fixes;
mod golden;
mod guides;
mod inline;
mod levels;
mod list_suggestions;
mod lists;
mod mutations;
mod named;
mod notes_in_the_call;
mod oracle;
mod origin_patterns;
mod origin_slips;
mod origin_suggestions;
mod promises;
mod quotation_marks;
mod recorded;
mod recovery;
mod registrable_domains;
mod secrets;
mod sections;
mod splices;
mod suggestions;
mod syntax;
mod templates;
mod titles;
mod together;
mod types;

use crate::call::{Call, Input, Levels};
use crate::entry::file;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::Report;
use crate::rules::Level;
use crate::source::{File, Source};

/// How many random cases a test tries. `CORS_TEST_CASES` multiplies the number, for longer runs.
fn tries(default: u32) -> u32 {
    match std::env::var("CORS_TEST_CASES") {
        Ok(factor) => default * factor.parse::<u32>().expect("a whole number"),
        Err(_) => default,
    }
}

/// A file, everything that is found in it, hints included, in file order, and its policy.
fn checked(name: &str, bytes: &[u8]) -> (Source, Vec<Finding>, Option<Policy>) {
    let mut report = Report::default();
    let source = Source::decode(File::named(name), bytes.to_vec(), &mut report);
    let policy = crate::check_source(&source, None, &mut report);
    (source, report.into_findings(), policy)
}

/// The same without the policy.
fn findings(name: &str, bytes: &[u8]) -> (Source, Vec<Finding>) {
    let (source, findings, _) = checked(name, bytes);
    (source, findings)
}

/// The same of an object in the call.
fn findings_inline(object: &str) -> (Source, Vec<Finding>) {
    let call = format!("cors_runtime, {object}").parse().unwrap();
    let Ok(Call {
        input: Input::Object(object),
        ..
    }) = Call::read(call)
    else {
        panic!("no object: {object}");
    };
    let mut report = Report::default();
    let (source, _) = crate::check_object(&object, check_policy, &mut report);
    (source, report.into_findings())
}

/// A configuration of a call without `within`, checked.
fn check_policy(source: &Source, report: &mut Report) -> Option<Policy> {
    crate::check_source(source, None, report)
}

/// What is found above a hint. A test that is not about hints looks at this, so that a new hint
/// breaks none.
fn faults(text: &str) -> Vec<Finding> {
    let mut found = findings("krakend.json", text.as_bytes()).1;
    found.retain(is_fault);
    found
}

/// A finding as the compiler shows it, from a call without levels. The link at the end is the same for
/// every message of a rule, and has the crate's version: it is checked here, and left out.
fn draw(finding: &Finding, source: &Source) -> String {
    let drawn = crate::draw::draw(finding, source, &Levels::default());
    let (message, link) = drawn.rsplit_once('\n').unwrap();
    assert_eq!(
        link.trim_start(),
        format!("= help: {}", finding.rule.link())
    );
    message.to_owned()
}

fn is_fault(finding: &Finding) -> bool {
    finding.rule.level > Level::Hint
}

fn names(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.name).collect()
}
