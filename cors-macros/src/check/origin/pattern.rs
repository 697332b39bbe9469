//! Entries with a `*` inside: what it may match, and how far that reaches.

use super::address::{is_local, is_loopback};
use super::parts::Parts;
use super::public_suffix::{self, Below};
use super::scheme::is_extension;
use crate::policy::{Pattern, Reach};

/// Who can have an origin that a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breadth {
    pub(super) hosts: Hosts,
    /// Whether the pattern leaves the scheme open, so that it matches http too.
    pub(super) any_scheme: bool,
    /// Whether its scheme is http, and its host is not loopback.
    pub(super) insecure: bool,
    /// Whether it says one host, on this machine or in a private network.
    pub(super) local: bool,
    /// Where the `*` is in the entry.
    pub(super) star: usize,
}

/// The hosts that a pattern matches, in falling order of danger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hosts {
    /// All of them.
    Any,
    /// Those that begin in some way.
    OpenEnd,
    /// Those that end in some way, though not at a dot; a `.` in front would fix it.
    OpenStart { domain: String },
    /// Subdomains of a name under which anybody can register.
    PublicSuffix { suffix: String },
    /// Browser extensions, whose hosts are no names.
    Extensions,
    /// Apps, whose hosts are no names either.
    Apps,
    /// Subdomains of one name.
    Subdomains,
    /// One.
    Fixed,
}

/// A pattern with its scheme in the entry, in lower case.
pub(super) fn entry(parts: &Parts<'_>, text: String, star: usize) -> (Pattern, Breadth) {
    let scheme = parts.scheme().to_ascii_lowercase();
    let host = parts.host().to_ascii_lowercase();
    let in_scheme = parts.scheme.contains(&star);
    let is_web = in_scheme || matches!(scheme.as_str(), "http" | "https");
    let (hosts, reach) = match host.split_once('*') {
        _ if in_scheme => (Hosts::Fixed, Reach::Across),
        None => (Hosts::Fixed, Reach::Port),
        Some((before, after)) => {
            let hosts = if is_web {
                hosts(before, after)
            } else if is_extension(&scheme) {
                Hosts::Extensions
            } else {
                Hosts::Apps
            };
            let reach = if after.is_empty() {
                Reach::Across
            } else {
                Reach::Host
            };
            (hosts, reach)
        }
    };
    let loopback = is_loopback(host.trim_start_matches("*."));
    let breadth = Breadth {
        any_scheme: in_scheme,
        insecure: scheme == "http" && hosts != Hosts::Any && !loopback,
        local: loopback || hosts == Hosts::Fixed && is_local(&host),
        hosts,
        star,
    };
    (Pattern { text, star, reach }, breadth)
}

/// A pattern without `://`, if the `*` can match it: `http*`, `*.example.com`.
pub(super) fn without_scheme(text: &str) -> Option<(Pattern, Breadth)> {
    let text = text.to_ascii_lowercase();
    let (before, after) = text.split_once('*')?;
    let reaches_host = ["http://", "https://"]
        .iter()
        .any(|scheme| scheme.starts_with(before));
    if !reaches_host {
        return None;
    }
    let star = before.len();
    let host = after.split(':').next().unwrap_or_default();
    let hosts = hosts("", host);
    let breadth = Breadth {
        any_scheme: hosts != Hosts::Any,
        insecure: false,
        local: false,
        hosts,
        star,
    };
    let reach = Reach::Across;
    Some((Pattern { text, star, reach }, breadth))
}

/// Whether a pattern matches the text `null`.
pub(super) fn matches_null(pattern: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    pattern.split_once('*').is_some_and(|(before, after)| {
        let len = before.len() + after.len();
        (1..=4).contains(&len) && "null".starts_with(before) && "null".ends_with(after)
    })
}

/// The hosts of `before*after`. A dot at the end makes it no other name.
fn hosts(before: &str, after: &str) -> Hosts {
    let after = after.trim_end_matches('.');
    if after.is_empty() {
        return if before.is_empty() {
            Hosts::Any
        } else {
            Hosts::OpenEnd
        };
    }
    let suffix = |suffix: &str| Hosts::PublicSuffix {
        suffix: suffix.to_owned(),
    };
    if let Some(domain) = after.strip_prefix('.') {
        let domain = domain.trim_start_matches('.');
        return match public_suffix::below(domain, "") {
            Below::Anybody(name) => suffix(&name),
            Below::Nobody => Hosts::Subdomains,
        };
    }
    // The `*` ends inside of a label. The text after it is looked up by itself, not only the
    // name that it is a part of.
    let (label, domain) = after.split_once('.').unwrap_or((after, ""));
    if let Below::Anybody(name) = public_suffix::below(domain, label) {
        return suffix(&name);
    }
    let is_name = !label.starts_with('-');
    if !domain.is_empty() && !public_suffix::is_one(domain) {
        Hosts::Subdomains
    } else if is_name {
        Hosts::OpenStart {
            domain: after.to_owned(),
        }
    } else {
        suffix(domain)
    }
}
