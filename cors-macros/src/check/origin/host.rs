//! The host of an origin, as browsers write it: read by the rules of the URL Standard.

use std::ops::Range;

use super::domain::{self, Host, Invalid};
use super::fault::Fault;
use super::parts::Parts;
use super::{address, internal, sample, unicode};
use crate::check::token::at_char;
use crate::rules;

/// Whether some origin can have the host.
pub(super) fn check(parts: &Parts<'_>, faults: &mut Vec<Fault>) -> bool {
    let host = parts.host();
    let mistake = match domain::parse(host) {
        _ if host.is_empty() => Some(without_host(parts)),
        _ if !host.is_ascii() => Some(non_ascii(parts)),
        _ if address::is_ipv6(host) => address::ipv6(parts),
        Err(Invalid::Character(at)) => Some(malformed(parts, at)),
        Err(Invalid::Punycode(label)) => Some(not_punycode(parts, label)),
        Err(Invalid::Address) | Ok(Host::Ipv4(_)) => address::ipv4(parts),
        Ok(Host::Name(_) | Host::Ipv6(_)) => None,
    };
    match mistake {
        Some(fault) => {
            faults.push(fault);
            false
        }
        None => {
            faults.extend(unusual(host).map(|why| is_unusual(parts, why)));
            if is_web(parts) {
                faults.extend(not_public(parts));
            }
            true
        }
    }
}

fn without_host(parts: &Parts<'_>) -> Fault {
    let at = parts.host.start;
    let (rule, label) = (&rules::MALFORMED_HOST, "the host is missing");
    Fault::new(rule, at.saturating_sub(3)..at, "has no host", label)
}

fn malformed(parts: &Parts<'_>, at: usize) -> Fault {
    let host = parts.host();
    let bad = &host[at_char(host, at)];
    let at = parts.host.start + at;
    let what = format!("has `{bad}` in its host, which no host holds");
    let (rule, label) = (&rules::MALFORMED_HOST, "no host has this");
    let fault = Fault::new(rule, at..at + bad.len(), what, label);
    match bad {
        "%" => fault.note("browsers decode escapes before they write the origin"),
        _ => fault,
    }
}

/// A label that only looks like Punycode.
fn not_punycode(parts: &Parts<'_>, label: Range<usize>) -> Fault {
    let start = parts.host.start;
    let (at, what) = (
        start + label.start..start + label.end,
        "has a host that is not Punycode",
    );
    let label = "nothing is encoded by this";
    let fault = Fault::new(&rules::MALFORMED_HOST, at, what, label);
    fault.words("write the host as it is registered")
}

fn non_ascii(parts: &Parts<'_>) -> Fault {
    let mut others = parts.host().char_indices().filter(|(_, c)| !c.is_ascii());
    let (start, first) = others.next().unwrap_or_default();
    let (last, end) = others.next_back().unwrap_or((start, first));
    let at = parts.host.start + start..parts.host.start + last + end.len_utf8();
    let what = "has a host in Unicode; browsers send Punycode";
    Fault::new(&rules::NON_ASCII_HOST, at, what, "not ASCII")
        .note(unicode::note(first))
        .words("open the page, and copy what `location.origin` is in its console")
}

fn is_unusual(parts: &Parts<'_>, (why, at): (&str, Range<usize>)) -> Fault {
    let start = parts.host.start;
    let at = start + at.start..start + at.end;
    let what = format!("has an unusual host: {why}");
    Fault::new(&rules::UNUSUAL_HOST, at, what, "is this meant?")
}

/// Whether the host is that of a web page: those of apps and extensions are no names.
fn is_web(parts: &Parts<'_>) -> bool {
    let scheme = parts.scheme();
    scheme.contains('*')
        || ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web))
}

/// A name that visitors' browsers do not know, or that is nobody's in particular.
fn not_public(parts: &Parts<'_>) -> Option<Fault> {
    let start = parts.host.start;
    let placed = |at: Range<usize>| start + at.start..start + at.end;
    if let Some(at) = sample::find(parts.host()) {
        let (rule, what) = (&rules::SAMPLE_HOST, "looks like a sample that was left in");
        return Some(Fault::new(rule, placed(at), what, "is this your own?"));
    }
    let (label, at) = internal::find(parts.host())?;
    let (rule, what) = (
        &rules::INTERNAL_HOST,
        "has a host that only its own network knows",
    );
    Some(Fault::new(rule, placed(at), what, label))
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
