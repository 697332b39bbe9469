//! Hosts that are addresses.

use std::net::Ipv6Addr;

use super::domain::{Host, Invalid, parse};
use super::fault::Fault;
use super::parts::Parts;
use crate::rules;

/// Whether pages from this host never leave the machine.
pub(super) fn is_loopback(host: &str) -> bool {
    match parse(host) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Name(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Err(_) => false,
    }
}

/// Whether the host is this machine or in a private network.
pub(crate) fn is_local(host: &str) -> bool {
    is_loopback(host)
        || match parse(host) {
            Ok(Host::Ipv4(address)) => address.is_private() || address.is_link_local(),
            Ok(Host::Ipv6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
            _ => false,
        }
}

/// Whether a host is meant to be an IPv6 address, with or without its brackets.
pub(super) fn is_ipv6(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv6Addr>().is_ok()
}

/// An IPv6 address in brackets, without its zone, which only the machine knows, and which is never sent.
fn bracketed(host: &str) -> String {
    let inside = host.trim_start_matches('[').trim_end_matches(']');
    let inside = inside.split('%').next().unwrap_or_default();
    format!("[{inside}]")
}

/// The host as browsers write it, if there is such a host.
pub(crate) fn canonical(host: &str) -> Option<String> {
    let in_brackets = if is_ipv6(host) {
        bracketed(host)
    } else {
        host.to_owned()
    };
    Some(parse(&in_brackets).ok()?.to_string())
}

/// What is wrong with an IPv6 address.
pub(super) fn ipv6(parts: &Parts<'_>) -> Option<Fault> {
    let host = parts.host();
    match canonical(host) {
        Some(canonical) if canonical == host => None,
        Some(canonical) => Some(not_canonical(&rules::IPV6_NOT_CANONICAL, parts, &canonical)),
        None => Some(
            of_host(
                parts,
                &rules::IPV6_NOT_CANONICAL,
                "has brackets without an IPv6 address",
                "not an address",
            )
            .words("write an IPv6 address in the brackets, as in \"http://[::1]:3000\""),
        ),
    }
}

/// What is wrong with a host that is an IPv4 address, or ends like one.
pub(super) fn ipv4(parts: &Parts<'_>) -> Option<Fault> {
    let host = parts.host();
    if host.contains('*') {
        return impossible(host).then(|| no_address(parts));
    }
    match parse(host) {
        Ok(Host::Ipv4(address)) if address.to_string() != host => {
            let canonical = address.to_string();
            Some(not_canonical(&rules::IPV4_NOT_CANONICAL, parts, &canonical))
        }
        Err(Invalid::Address) => Some(no_address(parts)),
        _ => None,
    }
}

/// Whether no text in place of the `*` makes the host one that browsers send: `*.127.0.0.1`.
fn impossible(host: &str) -> bool {
    let sent = |filled: String| match parse(&filled) {
        Ok(Host::Ipv4(address)) => address.to_string() == filled,
        Ok(_) => true,
        Err(invalid) => invalid != Invalid::Address,
    };
    let parts = ["", "a", "1", "1.1", "1.1.1", ".1", ".1.1"];
    !parts.iter().any(|part| sent(host.replace('*', part)))
}

fn of_host(parts: &Parts<'_>, rule: &'static rules::Rule, what: &str, label: &str) -> Fault {
    Fault::new(rule, parts.host.clone(), what, label)
}

fn not_canonical(rule: &'static rules::Rule, parts: &Parts<'_>, canonical: &str) -> Fault {
    let what = "has an address that browsers write otherwise";
    of_host(parts, rule, what, "not the form that browsers send")
        .note(format!("browsers send this address as `{canonical}`"))
}

fn no_address(parts: &Parts<'_>) -> Fault {
    let (rule, label) = (&rules::IPV4_NOT_CANONICAL, "neither an address nor a name");
    let what = "has a host that ends in a number and is no IPv4 address";
    of_host(parts, rule, what, label)
        .words("write four decimal numbers from 0 to 255, as in \"http://192.168.0.10:3000\"")
}
