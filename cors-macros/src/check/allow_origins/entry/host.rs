//! The host of an origin, as browsers write it: read by the rules of the URL Standard.

mod address;

use std::ops::Range;

use url::{Host, ParseError};

use super::{Parts, at_char};
use crate::finding::Finding;
use crate::json::Text;
use crate::report::Report;
use crate::rules;

pub(super) use address::{is_local, is_loopback};

/// Whether some origin can have the host.
pub(super) fn check(entry: &Text<'_>, parts: &Parts<'_>, report: &mut Report) -> bool {
    let host = parts.host();
    let is_plain = |name: &str| host.eq_ignore_ascii_case(name);
    let mistake = match Host::parse(host) {
        _ if host.is_empty() => Some(without_host(entry, parts)),
        Ok(Host::Domain(name)) if is_plain(&name) => None,
        _ => not_plain(entry, parts),
    };
    match mistake {
        Some(finding) => {
            report.push(finding);
            false
        }
        None => {
            if let Some(why) = unusual(host) {
                report.push(is_unusual(entry, parts, why));
            }
            true
        }
    }
}

/// What is wrong with a host that is no mere name.
fn not_plain(entry: &Text<'_>, parts: &Parts<'_>) -> Option<Finding> {
    let host = parts.host();
    if !host.is_ascii() {
        return Some(non_ascii(entry, parts));
    }
    if address::is_ipv6(host) {
        return address::ipv6(entry, parts);
    }
    if let Some(at) = forbidden(host) {
        return Some(malformed(entry, parts, at));
    }
    address::ipv4(entry, parts).or_else(|| not_punycode(entry, parts))
}

/// The host as browsers write it, if there is such a host.
pub(super) fn canonical(host: &str) -> Option<String> {
    let in_brackets = match address::is_ipv6(host) {
        true => address::bracketed(host),
        false => host.to_owned(),
    };
    let canonical = Host::parse(&in_brackets).ok()?.to_string();
    // Punycode encodes a label as a whole: no part of it can be left open.
    let mut labels = canonical.split('.');
    let open = host.contains('*') && labels.any(|l| l.starts_with("xn--") && l.contains('*'));
    (!open).then_some(canonical)
}

/// The first byte that no host can hold.
fn forbidden(host: &str) -> Option<usize> {
    let alone = |c: char| Host::parse(&format!("a{c}")).is_err();
    host.find(alone)
}

fn without_host(entry: &Text<'_>, parts: &Parts<'_>) -> Finding {
    let at = parts.host.start;
    Finding::new(
        &rules::MALFORMED_HOST,
        entry.part(at.saturating_sub(3)..at),
        "an origin without a host",
        "the host is missing",
    )
    .note("KrakenD accepts the entry and never matches it")
    .words("\"https://app.example.com\"")
}

fn malformed(entry: &Text<'_>, parts: &Parts<'_>, at: usize) -> Finding {
    let host = parts.host();
    let bad = &host[at_char(host, at)];
    let at = parts.host.start + at;
    Finding::new(
        &rules::MALFORMED_HOST,
        entry.part(at..at + bad.len()),
        format!("no host in an origin holds `{bad}`"),
        "this cannot stand in a host",
    )
    .note(match bad {
        "%" => "browsers decode escapes before they write the origin",
        _ => "no page can be loaded from such a host, so the entry never matches",
    })
    .words(match canonical(host) {
        Some(canonical) => parts.with_host(&canonical),
        None => "write the plain host, for example \"https://app.example.com\"".to_owned(),
    })
}

/// A label that only looks like Punycode. A pattern may hold a part of one.
fn not_punycode(entry: &Text<'_>, parts: &Parts<'_>) -> Option<Finding> {
    let host = parts.host();
    if host.contains('*') || Host::parse(host).is_ok() {
        return None;
    }
    let label = host.split('.').find(|label| Host::parse(label).is_err())?;
    let at = parts.host.start + (label.as_ptr() as usize - host.as_ptr() as usize);
    Some(
        Finding::new(
            &rules::MALFORMED_HOST,
            entry.part(at..at + label.len()),
            format!("`{label}` is not a name in Punycode"),
            "nothing is encoded by this",
        )
        .note("no page can be loaded from such a host, so the entry never matches")
        .words("write the host as it is registered"),
    )
}

fn non_ascii(entry: &Text<'_>, parts: &Parts<'_>) -> Finding {
    let host = parts.host();
    let start = host.find(|c: char| !c.is_ascii()).unwrap_or_default();
    let end = host
        .rfind(|c: char| !c.is_ascii())
        .map_or(host.len(), |at| at_char(host, at).end);
    let finding = Finding::new(
        &rules::NON_ASCII_HOST,
        entry.part(parts.host.start + start..parts.host.start + end),
        "browsers send hosts in Punycode",
        "not ASCII",
    );
    match canonical(host) {
        Some(ascii) => finding
            .note(format!(
                "this host is sent as `{ascii}`, which is never equal to what stands here"
            ))
            .words(parts.with_host(&ascii)),
        None if host.contains('*') && Host::parse(host).is_ok() => finding
            .note("Punycode encodes a label as a whole, so a `*` cannot stand for a part of this one")
            .words("a `*` in place of the label, or the labels that are meant, each in an entry of its own"),
        None => finding
            .note("this host has no Punycode: no page can be loaded from it")
            .words("write the host as it is registered"),
    }
}

fn is_unusual(entry: &Text<'_>, parts: &Parts<'_>, (why, at): (&str, Range<usize>)) -> Finding {
    let start = parts.host.start;
    Finding::new(
        &rules::UNUSUAL_HOST,
        entry.part(start + at.start..start + at.end),
        format!("an unusual host: {why}"),
        "is this meant?",
    )
    .note("browsers accept such hosts and send them as they are; certificates and DNS mostly do not know them")
    .words(match parts.host().strip_suffix('.') {
        Some(host) => parts.with_host(host),
        None => "write the host as it is registered".to_owned(),
    })
}

/// What is odd about a name that browsers would take all the same, and where.
fn unusual(host: &str) -> Option<(&'static str, Range<usize>)> {
    // The brackets of an IPv6 address are as they should be.
    if host.starts_with('[') {
        return None;
    }
    let odd = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '*');
    if let Some(at) = host.find(odd) {
        let why = match host[at..].starts_with('_') {
            true => "an underscore",
            false => "no name is registered with this character",
        };
        return Some((why, at_char(host, at)));
    }
    if host.ends_with('.') {
        let why = "a dot at its end makes it another origin";
        return Some((why, host.len() - 1..host.len()));
    }
    if host.len() > 253 {
        return Some(("longer than the 253 bytes of DNS", 0..host.len()));
    }
    let mut start = 0;
    for label in host.split('.') {
        let at = start..start + label.len();
        if label.is_empty() {
            return Some(("an empty label", at.start.saturating_sub(1)..at.end + 1));
        }
        if label.len() > 63 {
            return Some(("a label longer than the 63 bytes of DNS", at));
        }
        // A hyphen beside a wildcard is at no label's edge.
        if label.starts_with('-') || label.ends_with('-') {
            return Some(("a hyphen at the edge of a label", at));
        }
        start = at.end + 1;
    }
    None
}

/// Whether a host ends in a number and is no IPv4 address: then there is no such host.
fn is_no_address(host: &str) -> bool {
    matches!(Host::parse(host), Err(ParseError::InvalidIpv4Address))
}
