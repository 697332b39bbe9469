//! What a text is: JSON, a part that templates include, a template, or none of these.

use serde_json::value::RawValue;

use super::document::{Document, Members, SPACE, read};
use super::{Object, Outline, Value, syntax};
use crate::finding::Finding;
use crate::report::Report;
use crate::rules;

/// What a text is.
pub(crate) enum Parsed<'a> {
    Json(Document<'a>),
    /// Members without braces around them, or with a comma behind, as templates include them. It
    /// comes with what is wrong with it if it is meant to be a whole text.
    Fragment(Document<'a>, Vec<Finding>),
    /// What is certain of a template, and that it is one.
    Template(Outline<'a>, Finding),
}

/// Reads a text that should be one JSON value. What is wrong with it otherwise is reported; the name
/// of its file may tell what it is.
pub(crate) fn parse<'a>(
    document: &'a str,
    name: Option<&str>,
    report: &mut Report,
) -> Option<Parsed<'a>> {
    let text = match document.strip_prefix('\u{feff}') {
        Some(text) => {
            report.push(syntax::byte_order_mark());
            text
        }
        None => document,
    };
    let raw = text.trim_matches(SPACE);
    let findings = match read(text, Value { document, raw }) {
        Ok(read) => match syntax::beyond_go(text) {
            Some(finding) => vec![finding],
            None => return Some(Parsed::Json(read)),
        },
        Err(error) => syntax::explain(text, name, &error),
    };
    let findings = if text.len() == document.len() {
        match part(text, findings) {
            Ok(parsed) => return Some(parsed),
            Err(findings) => findings,
        }
    } else {
        findings
    };
    for mut finding in findings {
        syntax::move_places(&mut finding, |at| at + document.len() - text.len());
        report.push(finding);
    }
    None
}

/// What a text is that is not JSON, if it may be a part of a configuration or a template.
fn part(text: &str, mut findings: Vec<Finding>) -> Result<Parsed<'_>, Vec<Finding>> {
    if let Some(fragment) = fragment(text) {
        return match fragment {
            Ok(fragment) => Ok(Parsed::Fragment(fragment, findings)),
            Err(finding) => Err(vec![finding]),
        };
    }
    let is_template = |finding: &Finding| *finding.rule == rules::TEMPLATE;
    // Braces that are missing around it are in the template that includes it.
    match findings.iter().position(is_template) {
        Some(nth) => match Outline::of(text) {
            Some(outline) => Ok(Parsed::Template(outline, findings.swap_remove(nth))),
            None => Err(vec![findings.swap_remove(nth)]),
        },
        None => Err(findings),
    }
}

/// Members without braces, or an object, and perhaps a comma; or what of them KrakenD does not read.
fn fragment(text: &str) -> Option<Result<Document<'_>, Finding>> {
    let trimmed = text.trim_matches(SPACE);
    let start = text.len() - text.trim_start_matches(SPACE).len();
    let (inside, has_comma) = match trimmed.strip_suffix(',') {
        Some(inside) => (inside, true),
        None => (trimmed, false),
    };
    if has_comma && inside.starts_with('{') {
        let value = Value {
            document: text,
            raw: inside.trim_end_matches(SPACE),
        };
        let read = read(inside, value).ok()?;
        return Some(beyond_go(inside, |at| at + start).map_or(Ok(read), Err));
    }
    let whole = format!("{{{inside}}}");
    let Members(members) = serde_json::from_str(&whole).ok()?;
    if let Some(finding) = beyond_go(&whole, |at| (at + start).saturating_sub(1)) {
        return Some(Err(finding));
    }
    // The same in the text, which has no brace in front.
    let part = |raw: &RawValue| {
        let at = raw.get().as_ptr() as usize - whole.as_ptr() as usize + start - 1;
        text.get(at..at + raw.get().len())
    };
    let document = Value {
        document: text,
        raw: trimmed,
    };
    let members: Option<Object<'_>> = members
        .into_iter()
        .map(|(key, value)| Some(document.member(part(key)?, part(value)?)))
        .collect();
    Some(Ok(Document::part(text, members?)))
}

fn beyond_go(text: &str, moved: impl Fn(usize) -> usize) -> Option<Finding> {
    let mut finding = syntax::beyond_go(text)?;
    syntax::move_places(&mut finding, moved);
    Some(finding)
}
