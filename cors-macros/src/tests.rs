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
mod reading;
mod recorded;
mod recovery;
mod registrable_domains;
mod secrets;
mod sections;
mod splice;
mod splices;
mod suggestions;
mod syntax;
mod templates;
mod titles;
mod together;
mod types;

use self::reading::{checked, draw, findings};
use crate::call::{Call, Input};
use crate::entry::file;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::Report;
use crate::rules::Level;
use crate::source::Source;

/// How many random cases a test tries. `CORS_TEST_CASES` multiplies the number, for longer runs.
fn tries(default: u32) -> u32 {
    match std::env::var("CORS_TEST_CASES") {
        Ok(factor) => default * factor.parse::<u32>().expect("a whole number"),
        Err(_) => default,
    }
}

/// An object in the call, and everything that is found in it.
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

fn is_fault(finding: &Finding) -> bool {
    finding.rule.level > Level::Hint
}

fn names(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.name).collect()
}
