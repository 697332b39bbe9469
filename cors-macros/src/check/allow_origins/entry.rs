//! One entry of `allow_origins`: is it an origin as a browser writes it, or a pattern for some?

mod host;
mod parts;
mod pattern;
mod plain;
mod port;
mod risk;
mod scheme;
mod shape;

use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::policy::Pattern;
use crate::rules;

pub(super) use host::{canonical, is_local};
pub(super) use parts::Parts;
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

/// An entry with all that is wrong with it. What to write instead is found later, since that
/// depends on the other entries.
pub(super) struct Judged {
    /// `None` where it can match nothing; then a finding says why.
    pub(super) entry: Option<Entry>,
    pub(super) findings: Vec<Finding>,
}

/// Judges one entry.
pub(super) fn judge(item: &Text<'_>, credentials: Option<Place>) -> Judged {
    let mut findings = Vec::new();
    let text = item.as_str();
    let entry = if plain::is_plain(text) {
        Some(Entry::Exact(text.to_owned()))
    } else {
        checked(item, credentials, &mut findings)
    };
    Judged { entry, findings }
}

/// Judges an entry that is not plain.
fn checked(
    item: &Text<'_>,
    credentials: Option<Place>,
    findings: &mut Vec<Finding>,
) -> Option<Entry> {
    let text = item.as_str();
    if text == "*" {
        return Some(Entry::Any);
    }
    if text.eq_ignore_ascii_case("null") {
        findings.push(risk::null(item));
        return Some(Entry::Exact("null".to_owned()));
    }
    if let Some(finding) = shape::mistake(item) {
        findings.push(finding);
        return None;
    }
    let Some(colon) = text.find("://") else {
        return without_scheme(item, credentials, findings);
    };
    let scheme = &text[..colon];
    if scheme.eq_ignore_ascii_case("file") {
        return file(item, findings);
    }
    // Where the scheme is that of no origin, the rest is none of its parts either.
    if !scheme::check(item, colon, findings) {
        return None;
    }
    let (parts, whole) = parts::cut(item, colon, findings);
    if let Some(finding) = shape::second_star(item, 0..parts.end()) {
        findings.push(finding);
        return None;
    }
    let port = port::check(item, &parts, findings);
    let host = host::check(item, &parts, findings);
    if !(whole && port && host) {
        return None;
    }
    if text.contains(|c: char| c.is_ascii_uppercase()) {
        findings.push(shape::upper_case(item));
    }
    let lower = text.to_ascii_lowercase();
    let Some(star) = lower.find('*') else {
        findings.extend(risk::of_origin(item, &parts, credentials));
        return Some(Entry::Exact(lower));
    };
    let (pattern, breadth) = pattern::entry(&parts, lower, star);
    findings.extend(risk::of_pattern(item, &pattern, &breadth, credentials));
    Some(Entry::Pattern {
        any: breadth.hosts == Hosts::Any,
        null: false,
        pattern,
    })
}

/// An entry without `://`: a pattern whose `*` may stand for it, or else a mistake.
fn without_scheme(
    item: &Text<'_>,
    credentials: Option<Place>,
    findings: &mut Vec<Finding>,
) -> Option<Entry> {
    if let Some(finding) = shape::second_star(item, 0..item.as_str().len()) {
        findings.push(finding);
        return None;
    }
    let null = pattern::matches_null(item.as_str());
    if null {
        findings.push(risk::null(item));
    }
    let Some((pattern, breadth)) = pattern::without_scheme(item.as_str()) else {
        if null {
            return Some(Entry::Exact("null".to_owned()));
        }
        findings.push(shape::without_scheme(item));
        return None;
    };
    if let Some(at) = pattern.text[breadth.star..].find(['/', '?', '#', '\\', '@']) {
        let place = item.part(breadth.star + at..item.as_str().len());
        findings.push(parts::with_path(item, place));
        return None;
    }
    findings.extend(risk::of_pattern(item, &pattern, &breadth, credentials));
    Some(Entry::Pattern {
        any: breadth.hosts == Hosts::Any,
        null,
        pattern,
    })
}

/// `file://`, which is an origin for some, or a path.
fn file(item: &Text<'_>, findings: &mut Vec<Finding>) -> Option<Entry> {
    let text = item.as_str();
    if text.eq_ignore_ascii_case("file://") {
        findings.push(Finding::new(
            &rules::FILE_ORIGIN,
            item.place(),
            format!("\"{text}\" allows every local file that a web view opens"),
            "every local file",
        ));
        return Some(Entry::Exact("file://".to_owned()));
    }
    findings.push(
        Finding::new(
            &rules::NON_ORIGIN_SCHEME,
            item.inside(),
            format!("\"{text}\" names a file; files have no origin of their own"),
            "no origin names a file",
        )
        .words("serve the page over https and list its origin; \"file://\" is all that older web views send"),
    );
    None
}
