//! One entry of `allow_origins`: is it an origin as a browser writes it, or a pattern for some?

mod address;
mod domain;
mod fault;
mod host;
mod internal;
mod parts;
mod pattern;
mod port;
pub(crate) mod public_suffix;
pub(super) mod regular_expression;
mod risk;
mod sample;
mod scheme;
mod shape;
mod shared_hosts;
pub(super) mod unicode;
mod usual;
mod without_scheme;

use crate::literal::LONGEST;
use crate::policy::Pattern;
use crate::rules;

pub(super) use address::{canonical, is_local};
pub(super) use fault::{Fault, Part};
pub(super) use parts::{Parts, user_info};
use pattern::Hosts;
pub(super) use port::is_default;
pub(super) use scheme::meant as meant_scheme;
pub(super) use shape::SEPARATORS;

/// What an entry allows.
pub(super) enum Entry {
    /// `*`.
    Any,
    /// One origin in lower case, `null` among them.
    Exact(String),
    /// The origins that a pattern matches.
    Pattern {
        pattern: Pattern,
        /// Whether it matches every site.
        any: bool,
        /// Whether it matches `null` too.
        null: bool,
    },
}

/// An entry with all that is wrong with it. What to write instead depends on the other entries, so it
/// is found later.
pub(super) struct Checked {
    /// `None` where it can match nothing; then a fault says why.
    pub(super) entry: Option<Entry>,
    pub(super) faults: Vec<Fault>,
}

/// Checks the text of one entry, for a policy with or without credentials.
pub(super) fn check(text: &str, credentials: bool) -> Checked {
    let mut faults = Vec::new();
    if text.len() > LONGEST {
        faults.push(shape::too_long(text));
        return Checked {
            entry: None,
            faults,
        };
    }
    let entry = if usual::is_usual(text) {
        Some(Entry::Exact(text.to_owned()))
    } else {
        unusual(text, credentials, &mut faults)
    };
    Checked { entry, faults }
}

/// Checks an entry that is not a usual one.
fn unusual(text: &str, credentials: bool, faults: &mut Vec<Fault>) -> Option<Entry> {
    if text == "*" {
        return Some(Entry::Any);
    }
    if text.eq_ignore_ascii_case("null") {
        faults.push(risk::null(text));
        return Some(Entry::Exact("null".to_owned()));
    }
    if let Some(fault) = shape::mistake(text) {
        faults.push(fault);
        return None;
    }
    let Some(colon) = text.find("://") else {
        return pattern_without_scheme(text, credentials, faults);
    };
    let scheme = &text[..colon];
    if scheme.eq_ignore_ascii_case("file") {
        return file(text, faults);
    }
    // Where the scheme is that of no origin, the rest is none of its parts either.
    if !scheme::check(text, colon, faults) {
        return None;
    }
    let (parts, whole) = parts::cut(text, colon, faults);
    if let Some(fault) = shape::second_star(text, 0..parts.end()) {
        faults.push(fault);
        return None;
    }
    let port = port::check(&parts, faults);
    let host = host::check(&parts, faults);
    if !(whole && port && host) {
        return None;
    }
    if text.contains(|c: char| c.is_ascii_uppercase()) {
        faults.push(shape::upper_case(text));
    }
    let lower = text.to_ascii_lowercase();
    let Some(star) = lower.find('*') else {
        faults.extend(risk::of_origin(&parts, credentials));
        return Some(Entry::Exact(lower));
    };
    let (pattern, breadth) = pattern::entry(&parts, lower, star);
    faults.extend(risk::of_pattern(text, &pattern, &breadth, credentials));
    Some(Entry::Pattern {
        any: breadth.hosts == Hosts::Any,
        null: false,
        pattern,
    })
}

/// An entry without `://`: a pattern whose `*` may match it, or else a mistake.
fn pattern_without_scheme(text: &str, credentials: bool, faults: &mut Vec<Fault>) -> Option<Entry> {
    if let Some(fault) = shape::second_star(text, 0..text.len()) {
        faults.push(fault);
        return None;
    }
    let null = pattern::matches_null(text);
    if null {
        faults.push(risk::null(text));
    }
    let Some((pattern, breadth)) = pattern::without_scheme(text) else {
        if null {
            return Some(Entry::Exact("null".to_owned()));
        }
        faults.push(without_scheme::fault(text));
        return None;
    };
    if let Some(at) = pattern.text[breadth.star..].find(['/', '?', '#', '\\', '@']) {
        let path = breadth.star + at..text.len();
        faults.push(parts::with_path(text, path));
        return None;
    }
    let mut risks = risk::of_pattern(text, &pattern, &breadth, credentials);
    // That the pattern matches `null` says all of its open start.
    let open_start = [&rules::OPEN_START, &rules::OPEN_START_WITH_CREDENTIALS];
    risks.retain(|risk| !(null && open_start.contains(&risk.rule)));
    faults.extend(risks);
    Some(Entry::Pattern {
        any: breadth.hosts == Hosts::Any,
        null,
        pattern,
    })
}

/// `file://`, which is an origin for some, or a path.
fn file(text: &str, faults: &mut Vec<Fault>) -> Option<Entry> {
    if text.eq_ignore_ascii_case("file://") {
        let (rule, what) = (
            &rules::FILE_ORIGIN,
            "allows every local file that a web view opens",
        );
        faults.push(Fault::new(rule, Part::Entry, what, "every local file"));
        return Some(Entry::Exact("file://".to_owned()));
    }
    let what = "names a file; files have no origin of their own";
    let rule = &rules::NON_ORIGIN_SCHEME;
    faults.push(
        Fault::new(rule, 0..text.len(), what, "no origin names a file")
        .words("serve the page over https and list its origin; \"file://\" is all that older web views send"),
    );
    None
}
