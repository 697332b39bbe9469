//! Hosts that are addresses.

use std::net::Ipv6Addr;

use url::Host;

use super::is_no_address;
use crate::check::allow_origins::entry::Parts;
use crate::finding::Finding;
use crate::json::Text;
use crate::rules;

/// Whether pages from this host never leave the machine.
pub(in crate::check::allow_origins::entry) fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Err(_) => false,
    }
}

/// Whether the host is this machine or in a private network.
pub(in crate::check::allow_origins::entry) fn is_local(host: &str) -> bool {
    is_loopback(host)
        || match Host::parse(host) {
            Ok(Host::Ipv4(address)) => address.is_private() || address.is_link_local(),
            Ok(Host::Ipv6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
            _ => false,
        }
}

/// Whether a host is meant to be an IPv6 address, with or without its brackets.
pub(super) fn is_ipv6(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv6Addr>().is_ok()
}

/// An IPv6 address in brackets, without its zone, which is for the machine alone and never sent.
pub(super) fn bracketed(host: &str) -> String {
    let inside = host.trim_start_matches('[').trim_end_matches(']');
    let inside = inside.split('%').next().unwrap_or_default();
    format!("[{inside}]")
}

/// What is wrong with an IPv6 address.
pub(super) fn ipv6(entry: &Text<'_>, parts: &Parts<'_>) -> Option<Finding> {
    let host = parts.host();
    match super::canonical(host) {
        Some(canonical) if canonical == host => None,
        Some(canonical) => Some(not_canonical(
            &rules::IPV6_NOT_CANONICAL,
            entry,
            parts,
            &canonical,
        )),
        None => Some(
            Finding::new(
                &rules::IPV6_NOT_CANONICAL,
                entry.part(parts.host.clone()),
                format!("`{host}` is not an IPv6 address"),
                "not an address",
            )
            .note("in brackets stands an IPv6 address and nothing else")
            .words("for example \"http://[::1]:3000\""),
        ),
    }
}

/// What is wrong with a host that is an IPv4 address, or ends like one.
pub(super) fn ipv4(entry: &Text<'_>, parts: &Parts<'_>) -> Option<Finding> {
    let host = parts.host();
    if host.contains('*') {
        return impossible(host).then(|| no_address(entry, parts));
    }
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) if address.to_string() != host => Some(not_canonical(
            &rules::IPV4_NOT_CANONICAL,
            entry,
            parts,
            &address.to_string(),
        )),
        _ if is_no_address(host) => Some(no_address(entry, parts)),
        _ => None,
    }
}

/// Whether nothing that a `*` may stand for makes the host one that browsers send: `*.127.0.0.1`.
fn impossible(host: &str) -> bool {
    let sent = |filled: String| match Host::parse(&filled) {
        Ok(Host::Ipv4(address)) => address.to_string() == filled,
        Ok(_) => true,
        Err(_) => !is_no_address(&filled),
    };
    let parts = ["", "a", "1", "1.1", "1.1.1", ".1", ".1.1"];
    !parts.iter().any(|part| sent(host.replace('*', part)))
}

fn not_canonical(
    rule: &'static rules::Rule,
    entry: &Text<'_>,
    parts: &Parts<'_>,
    canonical: &str,
) -> Finding {
    Finding::new(
        rule,
        entry.part(parts.host.clone()),
        format!("browsers do not write the address as `{}`", parts.host()),
        "not the form that browsers send",
    )
    .note(format!(
        "browsers send `{canonical}`, which is never equal to this"
    ))
    .words(parts.with_host(canonical))
}

fn no_address(entry: &Text<'_>, parts: &Parts<'_>) -> Finding {
    Finding::new(
        &rules::IPV4_NOT_CANONICAL,
        entry.part(parts.host.clone()),
        format!("`{}` is no host: its last label is a number", parts.host()),
        "neither an address nor a name",
    )
    .note("a host that ends in a number is an IPv4 address; no page can be loaded from this one")
    .words("four decimal numbers from 0 to 255, for example \"http://192.168.0.10:3000\"")
}
