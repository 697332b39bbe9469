//! Entries that are no single origin at all, whatever their parts.

use std::ops::Range;

use super::fault::{Fault, Part};
use super::regular_expression;
use crate::check::placeholder;
use crate::check::token::at_char;
use crate::literal::is_quotation_mark;
use crate::rules;

/// What people write between two origins.
pub(crate) const SEPARATORS: [char; 3] = [',', ';', '|'];

/// An empty entry, a placeholder, a regular expression, or more than one origin in a string.
pub(super) fn mistake(text: &str) -> Option<Fault> {
    if text.is_empty() {
        return Some(Fault::new(
            &rules::EMPTY_ORIGIN,
            Part::Entry,
            "\"\" is not an origin",
            "an empty string",
        ));
    }
    if let Some(at) = placeholder::find(text) {
        let title = placeholder::title(&text[at.clone()]);
        return Some(Fault::new(
            &rules::PLACEHOLDER,
            at,
            title,
            placeholder::LABEL,
        ));
    }
    if let Some(sign) = regular_expression::sign(text) {
        return Some(Fault::new(
            &rules::REGULAR_EXPRESSION,
            sign,
            format!("\"{text}\" is a regular expression; KrakenD has none"),
            "compared literally",
        ));
    }
    not_one(text).or_else(|| two_schemes(text))
}

/// `https://https://…`.
fn two_schemes(text: &str) -> Option<Fault> {
    let colon = text.find("://")?;
    let rest = text[colon + 3..].to_ascii_lowercase();
    let second = ["https:", "http:"].iter().find(|s| rest.starts_with(*s))?;
    // A host may be called so, and have a port.
    let is_port = rest[second.len()..].starts_with(|c: char| c.is_ascii_digit());
    (!is_port).then(|| {
        Fault::new(
            &rules::MISSPELT_SCHEME,
            0..colon + 3 + second.len(),
            format!("\"{text}\" has two schemes; an origin has one"),
            "remove one of them",
        )
    })
}

fn not_one(text: &str) -> Option<Fault> {
    let stray = |c: char| {
        SEPARATORS.contains(&c) || is_quotation_mark(c) || c.is_whitespace() || c.is_control()
    };
    let in_brackets = text.starts_with(['<', '[', '(']) && text.contains("://");
    let at = text.find(stray).or_else(|| in_brackets.then_some(0))?;
    let found = text[at..].chars().next()?;
    let what = match found {
        '<' | '[' | '(' => "no bracket can stand here",
        c if SEPARATORS.contains(&c) => "no separator can stand here",
        c if is_quotation_mark(c) => "no quotation mark can stand here",
        c if c.is_whitespace() => "no white space can stand here",
        _ => "no control character can stand here",
    };
    Some(Fault::new(
        &rules::NOT_ONE_ORIGIN,
        at_char(text, at),
        format!("{text:?} is not a single origin"),
        what,
    ))
}

/// A second `*` among some bytes.
pub(super) fn second_star(text: &str, within: Range<usize>) -> Option<Fault> {
    let mut stars = text[within].match_indices('*').map(|(at, _)| at);
    let first = stars.next()?;
    let second = stars.next()?;
    let fault = Fault::new(
        &rules::SECOND_STAR,
        second..second + 1,
        format!("\"{text}\" has a second `*`, which is no wildcard"),
        "compared literally",
    )
    .also(first..first + 1, "this one is the wildcard");
    Some(if text.ends_with(":*") {
        fault.words("write an entry for each port, and keep the first `*`")
    } else {
        fault
    })
}

pub(super) fn without_scheme(text: &str) -> Fault {
    Fault::new(
        &rules::ORIGIN_WITHOUT_SCHEME,
        0..text.len(),
        format!("\"{text}\" has no scheme; an origin begins with one"),
        "`https://` or `http://` is missing",
    )
}

pub(super) fn upper_case(text: &str) -> Fault {
    let is_upper = |c: char| c.is_ascii_uppercase();
    let start = text.find(is_upper).unwrap_or_default();
    let end = text.rfind(is_upper).map_or(start, |at| at + 1);
    Fault::new(
        &rules::UPPER_CASE_ORIGIN,
        start..end,
        format!("\"{text}\" has upper case; browsers send origins in lower case"),
        "write this in lower case",
    )
}
