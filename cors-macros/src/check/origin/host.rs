//! The host of an origin, as browsers write it (URL Standard, host parsing and serializing).

use std::net::{Ipv4Addr, Ipv6Addr};

use unicode_normalization::UnicodeNormalization;

use super::{Parts, at_char};
use crate::finding::Finding;
use crate::json::Text;
use crate::report::Report;
use crate::rules;

/// Whether some origin can have the host.
pub(super) fn check(entry: &Text<'_>, parts: &Parts<'_>, report: &mut Report) -> bool {
    let host = parts.host();
    let place = || entry.part(parts.host.clone());
    let lower = host.to_ascii_lowercase();
    if host.is_empty() {
        let at = parts.host.start;
        report.push(
            Finding::new(
                &rules::MALFORMED_HOST,
                entry.part(at.saturating_sub(3)..at),
                "an origin without a host",
                "the host is missing",
            )
            .note("KrakenD accepts the entry and never matches it")
            .help("\"https://app.example.com\""),
        );
        return false;
    }
    if !host.is_ascii() {
        report.push(non_ascii(entry, parts));
        return false;
    }
    if host.starts_with('[') || host.parse::<Ipv6Addr>().is_ok() {
        return ipv6(entry, parts, report);
    }
    if let Some(at) = host.bytes().position(is_forbidden) {
        let bad = &host[at_char(host, at)];
        report.push(
            Finding::new(
                &rules::MALFORMED_HOST,
                entry.part(parts.host.start + at..parts.host.start + at + bad.len()),
                format!("no host in an origin holds `{bad}`"),
                "this cannot stand in a host",
            )
            .note(match bad {
                "%" => "browsers decode escapes before they write the origin",
                _ => "no page can be loaded from such a host, so the entry never matches",
            })
            .help("write the plain host, for example \"https://app.example.com\""),
        );
        return false;
    }
    if let Some(canonical) = below_an_address(&lower).or_else(|| ipv4(&lower)) {
        if canonical.as_deref() == Some(&*lower) {
            return true;
        }
        let finding = Finding::new(
            &rules::IPV4_NOT_CANONICAL,
            place(),
            match canonical {
                Some(_) => format!("browsers do not write the address as `{host}`"),
                None => format!("`{host}` is no host: its last label is a number"),
            },
            match canonical {
                Some(_) => "not the form that browsers send",
                None => "neither an address nor a name",
            },
        );
        report.push(match canonical {
            Some(canonical) => finding
                .note(format!("browsers send `{canonical}`, which is never equal to this"))
                .help(parts.with_host(&canonical)),
            None => finding
                .note("a host that ends in a number is an IPv4 address; no page can be loaded from this one")
                .help("four decimal numbers from 0 to 255, for example \"http://192.168.0.10:3000\""),
        });
        return false;
    }
    if let Some(why) = unusual(&lower) {
        report.push(
            Finding::new(
                &rules::UNUSUAL_HOST,
                place(),
                format!("an unusual host: {why}"),
                "is this meant?",
            )
            .note("browsers accept such hosts and send them as they are; certificates and DNS mostly do not know them")
            .help("write the host as it is registered"),
        );
    }
    true
}

/// The host as browsers write it, where that is another than the one given and can be known.
pub(super) fn canonical(host: &str) -> Option<String> {
    let lower = host.to_ascii_lowercase();
    if !host.is_ascii() {
        return punycode(host);
    }
    match ipv4(&lower) {
        Some(address) => address,
        None => address(&lower).map(bracketed),
    }
}

/// Whether pages from this host never leave the machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || address(host).is_some_and(|address| address.is_loopback())
}

/// Whether the host is this machine or in a private network.
pub(super) fn is_local(host: &str) -> bool {
    is_loopback(host)
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_private() || address.is_link_local())
        || address(host)
            .is_some_and(|address| address.is_unique_local() || address.is_unicast_link_local())
}

/// The forbidden domain code points of the URL Standard, and `*`, unless it is a wildcard.
fn is_forbidden(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7F || b"#/:<>?@[\\]^|%".contains(&byte)
}

fn non_ascii(entry: &Text<'_>, parts: &Parts<'_>) -> Finding {
    let host = parts.host();
    let start = host.find(|c: char| !c.is_ascii()).unwrap_or_default();
    let end = host
        .char_indices()
        .filter(|(_, c)| !c.is_ascii())
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(host.len());
    let finding = Finding::new(
        &rules::NON_ASCII_HOST,
        entry.part(parts.host.start + start..parts.host.start + end),
        "browsers send hosts in Punycode",
        "not ASCII",
    );
    match punycode(host) {
        Some(ascii) => finding
            .note(format!(
                "this host is sent as `{ascii}`, which is never equal to what stands here"
            ))
            .help(parts.with_host(&ascii)),
        None => finding
            .note("this host has no Punycode: no page can be loaded from it")
            .help("write the host as it is registered"),
    }
}

/// The ASCII form of a host (UTS 46, non-transitional): mapped, composed, and each label encoded.
fn punycode(host: &str) -> Option<String> {
    let mapped: String = idna_mapping::Mapper::new(host.chars(), false)
        .nfc()
        .collect();
    if mapped.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let labels: Option<Vec<String>> = mapped
        .split('.')
        .map(|label| match label.is_ascii() {
            true => Some(label.to_owned()),
            false => punycode::encode(label)
                .ok()
                .map(|ascii| format!("xn--{ascii}")),
        })
        .collect();
    Some(labels?.join("."))
}

/// An IPv6 address, with or without its brackets.
fn address(host: &str) -> Option<Ipv6Addr> {
    let inside = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    inside.parse().ok()
}

/// As browsers write it: `std` ends a mapped address in IPv4 notation, browsers never do.
fn bracketed(address: Ipv6Addr) -> String {
    match (address.to_ipv4_mapped(), address.segments()) {
        (Some(_), [.., high, low]) => format!("[::ffff:{high:x}:{low:x}]"),
        _ => format!("[{address}]"),
    }
}

fn ipv6(entry: &Text<'_>, parts: &Parts<'_>, report: &mut Report) -> bool {
    let host = parts.host();
    // A zone (`%eth0`) is for the machine alone and never sent.
    let zoneless = match host.find('%') {
        Some(at) => format!("{}]", &host[..at]),
        None => host.to_owned(),
    };
    let canonical = address(&zoneless.to_ascii_lowercase()).map(bracketed);
    if canonical.as_deref() == Some(host) {
        return true;
    }
    let finding = Finding::new(
        &rules::IPV6_NOT_CANONICAL,
        entry.part(parts.host.clone()),
        match canonical {
            Some(_) => format!("browsers do not write the address as `{host}`"),
            None => format!("`{host}` is not an IPv6 address"),
        },
        match canonical {
            Some(_) => "not the form that browsers send",
            None => "not an address",
        },
    );
    report.push(match canonical {
        Some(canonical) => finding
            .note(format!(
                "browsers send `{canonical}`, which is never equal to this"
            ))
            .help(parts.with_host(&canonical)),
        None => finding
            .note("in brackets stands an IPv6 address and nothing else")
            .help("for example \"http://[::1]:3000\""),
    });
    false
}

/// A pattern or name below a whole IPv4 address: no such host exists.
fn below_an_address(host: &str) -> Option<Option<String>> {
    let labels: Vec<&str> = host.split('.').collect();
    let numbers = labels
        .iter()
        .rev()
        .take_while(|label| label.parse::<u8>().is_ok())
        .count();
    (numbers >= 4 && labels.len() > 4).then_some(None)
}

/// The address that a host is if its last label is a number, or `Some(None)` if it then is none;
/// `None` for a name (URL Standard, "ends in a number" and "IPv4 parser").
fn ipv4(host: &str) -> Option<Option<String>> {
    if host.contains('*') {
        return None;
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last()?;
    let digits = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    if !digits && number(last).is_none() {
        return None;
    }
    let numbers: Option<Vec<u64>> = labels.iter().map(|label| number(label)).collect();
    Some(numbers.and_then(|numbers| {
        let (last, leading) = numbers.split_last()?;
        let free = 4_usize.checked_sub(leading.len())?;
        if leading.iter().any(|number| *number > 255) || *last >= 256_u64.pow(free as u32) {
            return None;
        }
        let high = leading
            .iter()
            .enumerate()
            .map(|(nth, number)| number << (8 * (3 - nth)));
        let address = u32::try_from(high.sum::<u64>() + last).ok()?;
        Some(Ipv4Addr::from(address).to_string())
    }))
}

/// A number as URLs have it: decimal, `0…` octal or `0x…` hexadecimal.
fn number(label: &str) -> Option<u64> {
    if let Some(hex) = label.strip_prefix("0x") {
        return match hex {
            "" => Some(0),
            _ => u64::from_str_radix(hex, 16)
                .ok()
                .filter(|_| !hex.starts_with('+')),
        };
    }
    let (digits, radix) = match label.strip_prefix('0') {
        Some(octal) if !octal.is_empty() => (octal, 8),
        _ => (label, 10),
    };
    u64::from_str_radix(digits, radix)
        .ok()
        .filter(|_| !digits.starts_with('+'))
}

/// What is odd about a name that browsers would take all the same.
fn unusual(host: &str) -> Option<&'static str> {
    let name = host.strip_suffix('.');
    if name.is_some() {
        return Some("a dot at its end makes it another origin");
    }
    if host.len() > 253 {
        return Some("longer than the 253 bytes of DNS");
    }
    let labels = || host.split('.');
    if labels().any(str::is_empty) {
        return Some("an empty label");
    }
    if labels().any(|label| label.len() > 63) {
        return Some("a label longer than the 63 bytes of DNS");
    }
    if host.contains('_') {
        return Some("an underscore");
    }
    // A hyphen beside a wildcard is at no label's edge.
    if labels().any(|label| label.starts_with('-') || label.ends_with('-')) {
        return Some("a hyphen at the edge of a label");
    }
    None
}
