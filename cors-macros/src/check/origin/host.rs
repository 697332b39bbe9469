//! The host of an origin, as browsers write it: read by the rules of the URL Standard.

use std::ops::Range;

use url::{Host, ParseError};

use super::address;
use super::fault::Fault;
use super::parts::Parts;
use crate::check::token::at_char;
use crate::rules;

/// Whether some origin can have the host.
pub(super) fn check(parts: &Parts<'_>, faults: &mut Vec<Fault>) -> bool {
    let host = parts.host();
    let is_plain = |name: &str| host.eq_ignore_ascii_case(name);
    let mistake = match Host::parse(host) {
        _ if host.is_empty() => Some(without_host(parts)),
        Ok(Host::Domain(name)) if is_plain(&name) => None,
        _ => not_plain(parts),
    };
    match mistake {
        Some(fault) => {
            faults.push(fault);
            false
        }
        None => {
            faults.extend(unusual(host).map(|why| is_unusual(parts, why)));
            true
        }
    }
}

/// What is wrong with a host that is no mere name.
fn not_plain(parts: &Parts<'_>) -> Option<Fault> {
    let host = parts.host();
    if !host.is_ascii() {
        return Some(non_ascii(parts));
    }
    if address::is_ipv6(host) {
        return address::ipv6(parts);
    }
    if let Some(at) = forbidden(host) {
        return Some(malformed(parts, at));
    }
    address::ipv4(parts).or_else(|| not_punycode(parts))
}

/// The host as browsers write it, if there is such a host.
pub(crate) fn canonical(host: &str) -> Option<String> {
    let in_brackets = if address::is_ipv6(host) {
        address::bracketed(host)
    } else {
        host.to_owned()
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

fn without_host(parts: &Parts<'_>) -> Fault {
    let at = parts.host.start;
    let (rule, label) = (&rules::MALFORMED_HOST, "the host is missing");
    Fault::new(
        parts.text,
        rule,
        at.saturating_sub(3)..at,
        "has no host",
        label,
    )
}

fn malformed(parts: &Parts<'_>, at: usize) -> Fault {
    let host = parts.host();
    let bad = &host[at_char(host, at)];
    let at = parts.host.start + at;
    let what = format!("has `{bad}` in its host, which no host holds");
    let (rule, label) = (&rules::MALFORMED_HOST, "this cannot stand in a host");
    let fault = Fault::new(parts.text, rule, at..at + bad.len(), what, label);
    match bad {
        "%" => fault.note("browsers decode escapes before they write the origin"),
        _ => fault,
    }
}

/// A label that only looks like Punycode. A pattern may hold a part of one.
fn not_punycode(parts: &Parts<'_>) -> Option<Fault> {
    let host = parts.host();
    if host.contains('*') || Host::parse(host).is_ok() {
        return None;
    }
    let label = host.split('.').find(|label| Host::parse(label).is_err())?;
    let at = parts.host.start + (label.as_ptr() as usize - host.as_ptr() as usize);
    let (at, what) = (at..at + label.len(), "has a host that is not Punycode");
    let label = "nothing is encoded by this";
    let fault = Fault::new(parts.text, &rules::MALFORMED_HOST, at, what, label);
    Some(fault.words("write the host as it is registered"))
}

fn non_ascii(parts: &Parts<'_>) -> Fault {
    let host = parts.host();
    let start = host.find(|c: char| !c.is_ascii()).unwrap_or_default();
    let end = host
        .rfind(|c: char| !c.is_ascii())
        .map_or(host.len(), |at| at_char(host, at).end);
    let at = parts.host.start + start..parts.host.start + end;
    let (rule, what) = (
        &rules::NON_ASCII_HOST,
        "has a host in Unicode; browsers send Punycode",
    );
    let fault = Fault::new(parts.text, rule, at, what, "not ASCII");
    match canonical(host) {
        Some(ascii) => fault.note(format!("browsers send this host as `{ascii}`")),
        None if host.contains('*') && Host::parse(host).is_ok() => fault
            .note(
                "Punycode encodes a label as a whole, so a `*` cannot stand for a part of this one",
            )
            .words("write `*` in place of the label, or an entry for each host"),
        None => fault
            .note("this host has no Punycode: no page can be loaded from it")
            .words("write the host as it is registered"),
    }
}

fn is_unusual(parts: &Parts<'_>, (why, at): (&str, Range<usize>)) -> Fault {
    let start = parts.host.start;
    let at = start + at.start..start + at.end;
    let what = format!("has an unusual host: {why}");
    Fault::new(parts.text, &rules::UNUSUAL_HOST, at, what, "is this meant?")
}

/// What is odd about a name that browsers would take all the same, and where.
fn unusual(host: &str) -> Option<(&'static str, Range<usize>)> {
    // The brackets of an IPv6 address are as they should be.
    if host.starts_with('[') {
        return None;
    }
    let odd = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '*');
    if let Some(at) = host.find(odd) {
        let why = if host[at..].starts_with('_') {
            "an underscore"
        } else {
            "no name is registered with this character"
        };
        return Some((why, at_char(host, at)));
    }
    if host.ends_with('.') {
        let why = "with a dot at its end it is another origin than without";
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
pub(super) fn is_no_address(host: &str) -> bool {
    matches!(Host::parse(host), Err(ParseError::InvalidIpv4Address))
}
