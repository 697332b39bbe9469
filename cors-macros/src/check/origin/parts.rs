//! An entry cut into scheme, host and port.

use std::ops::Range;

use super::fault::Fault;
use crate::rules;

/// Ranges are bytes of the entry.
pub(crate) struct Parts<'e> {
    pub(super) text: &'e str,
    pub(super) scheme: Range<usize>,
    pub(super) host: Range<usize>,
    /// Without its colon; `None` where there is no colon.
    pub(super) port: Option<Range<usize>>,
}

impl<'e> Parts<'e> {
    /// Takes the text after `://` apart, and leaves out what no origin has.
    pub(crate) fn of(text: &'e str, colon: usize) -> Self {
        let start = colon + 3;
        let authority = authority(text, colon);
        let host_start = user_info(text).map_or(start, |info| info.end);
        let (host, port) = host_and_port(text, host_start..authority.end);
        Self {
            text,
            scheme: 0..colon,
            host,
            port,
        }
    }

    pub(crate) fn scheme(&self) -> &'e str {
        &self.text[self.scheme.clone()]
    }

    pub(crate) fn host(&self) -> &'e str {
        &self.text[self.host.clone()]
    }

    pub(crate) fn port(&self) -> Option<&'e str> {
        self.port.clone().map(|port| &self.text[port])
    }

    /// What to do where the rest makes something else of the text than an address with a path.
    pub(crate) fn another_meaning(&self) -> Option<&'static str> {
        let rest = &self.text[self.end()..];
        let is_number = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        let mask = rest.strip_prefix('/').filter(|mask| !mask.is_empty());
        if rest.contains("://") {
            Some("write the origin of the page itself: this address has another one inside")
        } else if rest == "?" && self.port.is_some() {
            Some("write an entry for each port; `:*` matches any port but the default")
        } else {
            let is_range = mask.is_some_and(is_number) && is_number(self.host());
            is_range.then_some("write each address in full: no entry matches a range")
        }
    }

    /// Where the origin ends.
    pub(super) fn end(&self) -> usize {
        self.port.as_ref().unwrap_or(&self.host).end
    }
}

/// What is between the slashes behind a scheme and the path.
fn authority(text: &str, colon: usize) -> Range<usize> {
    let start = colon + 3;
    let rest = &text[start..];
    start..start + path(rest).unwrap_or(rest.len())
}

/// A user name, a password, and the `@` behind them.
pub(crate) fn user_info(text: &str) -> Option<Range<usize>> {
    let authority = authority(text, text.find("://")?);
    let (info, host) = text[authority.clone()].rsplit_once('@')?;
    (!host.is_empty()).then_some(authority.start..authority.start + info.len() + 1)
}

/// Where a path, a query or a fragment begins.
fn path(authority: &str) -> Option<usize> {
    authority.find(['/', '?', '#', '\\'])
}

/// The parts of an entry, and whether nothing had to be cut off.
pub(super) fn cut<'e>(text: &'e str, colon: usize, faults: &mut Vec<Fault>) -> (Parts<'e>, bool) {
    let parts = Parts::of(text, colon);
    let user_info = user_info(text);
    let whole = user_info.is_none();
    if let Some(user_info) = user_info {
        let what = "has a user name or a password; an origin has none";
        let rule = &rules::ORIGIN_WITH_USER_INFO;
        faults.push(Fault::new(rule, user_info, what, "remove this"));
    }
    let path = parts.end()..text.len();
    if !path.is_empty() {
        let fault = with_path(text, path.clone());
        faults.push(match parts.another_meaning() {
            Some(words) => fault.words(words),
            None => fault,
        });
    }
    (parts, path.is_empty() && whole)
}

pub(super) fn with_path(text: &str, path: Range<usize>) -> Fault {
    let authority = text.find("://").map_or(text, |colon| &text[colon + 3..]);
    let what = match path_sign(authority) {
        '?' => "a query",
        '#' => "a fragment",
        _ => "a path",
    };
    let what = format!("has {what}; an origin has none");
    Fault::new(&rules::ORIGIN_WITH_PATH, path, what, "remove this")
}

fn path_sign(authority: &str) -> char {
    let at = path(authority).unwrap_or_default();
    authority[at..].chars().next().unwrap_or('/')
}

/// Splits `host[:port]`. An IPv6 address that lacks its brackets stays whole.
fn host_and_port(text: &str, authority: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let inside = &text[authority.clone()];
    let is_address = |host: &str| host.parse::<std::net::Ipv6Addr>().is_ok();
    let colon = match inside.strip_prefix('[').and_then(|rest| rest.find(']')) {
        Some(bracket) => inside[bracket + 2..].find(':').map(|at| at + bracket + 2),
        // Of `::1:3000` the last part is rather a port than of the address.
        None if is_address(inside) => inside.rfind(':').filter(|colon| {
            let (host, port) = (&inside[..*colon], &inside[colon + 1..]);
            let is_port = port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
            is_port && port.len() > 1 && is_address(host)
        }),
        None => inside.find(':'),
    };
    match colon {
        Some(colon) => {
            let colon = authority.start + colon;
            (authority.start..colon, Some(colon + 1..authority.end))
        }
        None => (authority, None),
    }
}
