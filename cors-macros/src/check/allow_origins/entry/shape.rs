//! Entries that are no single origin at all, whatever their parts.

use std::ops::Range;

use crate::check::placeholder;
use crate::check::token::at_char;
use crate::finding::Finding;
use crate::json::Text;
use crate::literal::is_quotation_mark;
use crate::rules;

use super::super::regular_expression;

/// What people write between two origins.
pub(in crate::check::allow_origins) const SEPARATORS: [char; 3] = [',', ';', '|'];

/// An empty entry, a placeholder, a regular expression, or more than one origin in a string.
pub(super) fn mistake(item: &Text<'_>) -> Option<Finding> {
    let text = item.as_str();
    if text.is_empty() {
        return Some(Finding::new(
            &rules::EMPTY_ORIGIN,
            item.place(),
            "\"\" is not an origin",
            "an empty string",
        ));
    }
    if let Some(at) = placeholder::find(text) {
        return Some(placeholder::finding(item, at));
    }
    if let Some(sign) = regular_expression::sign(text) {
        return Some(Finding::new(
            &rules::REGULAR_EXPRESSION,
            item.part(sign),
            format!("\"{text}\" is a regular expression; KrakenD has none"),
            "compared literally",
        ));
    }
    not_one(item).or_else(|| two_schemes(item))
}

/// `https://https://…`.
fn two_schemes(item: &Text<'_>) -> Option<Finding> {
    let text = item.as_str();
    let colon = text.find("://")?;
    let rest = text[colon + 3..].to_ascii_lowercase();
    let second = ["https:", "http:"].iter().find(|s| rest.starts_with(*s))?;
    // A host may be called so, and have a port.
    let is_port = rest[second.len()..].starts_with(|c: char| c.is_ascii_digit());
    (!is_port).then(|| {
        Finding::new(
            &rules::MISSPELT_SCHEME,
            item.part(0..colon + 3 + second.len()),
            format!("\"{text}\" has two schemes; an origin has one"),
            "remove one of them",
        )
    })
}

fn not_one(item: &Text<'_>) -> Option<Finding> {
    let text = item.as_str();
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
    Some(Finding::new(
        &rules::NOT_ONE_ORIGIN,
        item.part(at_char(text, at)),
        format!("{text:?} is not a single origin"),
        what,
    ))
}

/// A second `*` among some bytes.
pub(super) fn second_star(item: &Text<'_>, within: Range<usize>) -> Option<Finding> {
    let text = item.as_str();
    let mut stars = text[within].match_indices('*').map(|(at, _)| at);
    let first = stars.next()?;
    let second = stars.next()?;
    let finding = Finding::new(
        &rules::SECOND_STAR,
        item.part(second..second + 1),
        format!("\"{text}\" has a second `*`, which is no wildcard"),
        "compared literally",
    )
    .also(item.part(first..first + 1), "this one is the wildcard");
    Some(if text.ends_with(":*") {
        finding.words("write an entry for each port, and keep the first `*`")
    } else {
        finding
    })
}

pub(super) fn without_scheme(item: &Text<'_>) -> Finding {
    let text = item.as_str();
    Finding::new(
        &rules::ORIGIN_WITHOUT_SCHEME,
        item.inside(),
        format!("\"{text}\" has no scheme; an origin begins with one"),
        "`https://` or `http://` is missing",
    )
}

pub(super) fn upper_case(item: &Text<'_>) -> Finding {
    let text = item.as_str();
    let is_upper = |c: char| c.is_ascii_uppercase();
    let start = text.find(is_upper).unwrap_or_default();
    let end = text.rfind(is_upper).map_or(start, |at| at + 1);
    Finding::new(
        &rules::UPPER_CASE_ORIGIN,
        item.part(start..end),
        format!("\"{text}\" has upper case; browsers send origins in lower case"),
        "write this in lower case",
    )
}
