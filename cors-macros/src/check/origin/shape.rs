//! Entries that are no single origin at all, whatever their parts.

use std::ops::Range;

use super::fault::{Fault, Part, without_password};
use super::parts::user_info;
use super::regular_expression;
use super::without_scheme::words_for;
use crate::check::placeholder;
use crate::check::token::at_char;
use crate::literal::is_quotation_mark;
use crate::rules;

/// What people write between two origins.
pub(crate) const SEPARATORS: [char; 3] = [',', ';', '|'];

/// An empty entry, a placeholder, a regular expression, or more than one origin in a string.
pub(super) fn mistake(text: &str) -> Option<Fault> {
    if text.is_empty() {
        let (rule, what) = (&rules::EMPTY_ORIGIN, "is not an origin");
        return Some(Fault::new(rule, Part::Entry, what, "an empty string"));
    }
    if let Some(at) = behind_user_info(text, placeholder::find) {
        let title = placeholder::title(&text[at.clone()]);
        let label = placeholder::LABEL;
        return Some(Fault::titled(&rules::PLACEHOLDER, at, title, label));
    }
    if text.starts_with('[') && text.contains("](") {
        let (rule, what) = (&rules::NOT_ONE_ORIGIN, "is a Markdown link");
        let fault = Fault::new(rule, 0..text.len(), what, "not an origin");
        return Some(fault.words("write only the origin of the address"));
    }
    if let Some(sign) = behind_user_info(text, regular_expression::sign) {
        let what = "is a regular expression; KrakenD has none";
        let rule = &rules::REGULAR_EXPRESSION;
        return Some(Fault::new(rule, sign, what, "compared literally"));
    }
    not_one(text).or_else(|| two_schemes(text))
}

/// What is found in a text, though not in a password, which may have any character.
fn behind_user_info(
    text: &str,
    find: impl Fn(&str) -> Option<Range<usize>>,
) -> Option<Range<usize>> {
    let end = user_info(text).map_or(0, |info| info.end);
    let found = find(text)?;
    if found.end > end {
        return Some(found);
    }
    let found = find(&text[end..])?;
    Some(end + found.start..end + found.end)
}

/// A name has 253 bytes at the most.
pub(super) fn too_long(text: &str) -> Fault {
    let title = format!("an entry of {} bytes is longer than any origin", text.len());
    let rule = &rules::MALFORMED_HOST;
    Fault::titled(rule, Part::Entry, title, "no host is this long")
}

/// `https://https://…`.
fn two_schemes(text: &str) -> Option<Fault> {
    let colon = text.find("://")?;
    let rest = text[colon + 3..].to_ascii_lowercase();
    let second = ["https:", "http:"].iter().find(|s| rest.starts_with(*s))?;
    // A host may be called so, and have a port.
    let is_port = rest[second.len()..].starts_with(|c: char| c.is_ascii_digit());
    let (at, what) = (
        0..colon + 3 + second.len(),
        "has two schemes; an origin has one",
    );
    let fault = || Fault::new(&rules::MISSPELT_SCHEME, at, what, "remove one of them");
    (!is_port).then(fault)
}

fn not_one(text: &str) -> Option<Fault> {
    let stray = |c: char| {
        SEPARATORS.contains(&c) || is_quotation_mark(c) || c.is_whitespace() || c.is_control()
    };
    let in_brackets = text.starts_with(['<', '[', '(', '{']) && text.contains("://");
    let at = text.find(stray).or_else(|| in_brackets.then_some(0))?;
    let found = text[at..].chars().next()?;
    let label = match found {
        '<' | '[' | '(' | '{' => "no bracket can be here",
        c if SEPARATORS.contains(&c) => "no separator can be here",
        c if is_quotation_mark(c) => "no quotation mark can be here",
        c if c.is_whitespace() => "no white space can be here",
        _ => "no control character can be here",
    };
    // A quotation mark inside of it must not end it.
    let title = format!("{:?} is not a single origin", without_password(text));
    let (rule, at) = (&rules::NOT_ONE_ORIGIN, at_char(text, at));
    let fault = Fault::titled(rule, at, title, label);
    Some(match words_for(text) {
        Some(words) => fault.words(words),
        None => fault,
    })
}

/// A second `*` among some bytes.
pub(super) fn second_star(text: &str, within: Range<usize>) -> Option<Fault> {
    let mut stars = text[within].match_indices('*').map(|(at, _)| at);
    let first = stars.next()?;
    let second = stars.next()?;
    let (rule, what) = (
        &rules::SECOND_STAR,
        "has a second `*`, which is no wildcard",
    );
    let fault = Fault::new(rule, second..second + 1, what, "compared literally")
        .also(first..first + 1, "this one is the wildcard");
    Some(if text.ends_with(":*") {
        fault.words("write an entry for each port, and keep the first `*`")
    } else {
        fault
    })
}

pub(super) fn upper_case(text: &str) -> Fault {
    let is_upper = |c: char| c.is_ascii_uppercase();
    let start = text.find(is_upper).unwrap_or_default();
    let end = text.rfind(is_upper).map_or(start, |at| at + 1);
    let (rule, label) = (&rules::UPPER_CASE_ORIGIN, "write this in lower case");
    let what = "has upper case; browsers send origins in lower case";
    Fault::new(rule, start..end, what, label)
}
