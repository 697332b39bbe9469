//! Entries with a `*` inside: what it may stand for, and how far that reaches.

use super::{Entry, Parts, host};
use crate::check::allow_origins::public_suffix;
use crate::finding::Finding;
use crate::json::{Text, quoted};
use crate::policy::{Pattern, Reach};
use crate::report::Report;
use crate::rules;

/// Who can have an origin that a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Breadth {
    pub(in crate::check) hosts: Hosts,
    /// Whether the pattern leaves the scheme open, so that plain http gets in.
    pub(in crate::check) any_scheme: bool,
    /// Whether it says plain http, of a host that is not loopback.
    pub(in crate::check) insecure: bool,
    /// Whether it says one host, on this machine or in a private network.
    pub(in crate::check) local: bool,
    /// Where the `*` stands in the entry.
    pub(in crate::check) star: usize,
}

/// The hosts that a pattern matches, in falling order of danger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) enum Hosts {
    /// All of them.
    Any,
    /// Those that begin in some way.
    OpenEnd,
    /// Those that end in some way, though not at a dot; `.` in front would mend it.
    OpenStart { domain: String },
    /// Those below a name under which anybody can register.
    PublicSuffix { suffix: String },
    /// Those below one name.
    Subdomains,
    /// One.
    Fixed,
}

/// A pattern whose scheme stands in the entry, in lower case.
pub(super) fn entry(parts: &Parts<'_>, text: String, star: usize) -> Entry {
    let host = parts.host().to_ascii_lowercase();
    let (hosts, reach) = if parts.scheme.contains(&star) {
        (Hosts::Fixed, Reach::Across)
    } else if let Some(at) = host.find('*') {
        let (before, after) = (&host[..at], &host[at + 1..]);
        let reach = match after.is_empty() {
            true => Reach::Across,
            false => Reach::Host,
        };
        (hosts(before, after), reach)
    } else {
        (Hosts::Fixed, Reach::Port)
    };
    let loopback = host::is_loopback(host.trim_start_matches("*."));
    let breadth = Breadth {
        any_scheme: parts.scheme.contains(&star),
        insecure: parts.scheme().eq_ignore_ascii_case("http") && hosts != Hosts::Any && !loopback,
        local: hosts == Hosts::Fixed && host::is_local(&host),
        hosts,
        star,
    };
    Entry::Pattern {
        pattern: Pattern { text, star, reach },
        breadth,
    }
}

/// A pattern without `://`, if the `*` can stand for it: `http*`, `*.example.com`.
///
/// The outer `None` says that it is no such pattern, the inner one that it is, but matches nothing.
pub(super) fn without_scheme(entry: &Text<'_>, report: &mut Report) -> Option<Option<Entry>> {
    let text = entry.as_str();
    let lower = text.to_ascii_lowercase();
    let (before, after) = lower.split_once('*')?;
    if !["http://", "https://"]
        .iter()
        .any(|scheme| scheme.starts_with(before))
    {
        return None;
    }
    let star = before.len();
    let rest = &text[star + 1..];
    if let Some(at) = rest.find(['/', '?', '#', '\\', '@']) {
        report.push(
            Finding::new(
                &rules::ORIGIN_WITH_PATH,
                entry.part(star + 1 + at..text.len()),
                "an origin ends after its host and port",
                "remove this",
            )
            .note("no origin ends in this way, so the entry never matches")
            .words(quoted(&[&lower[..star + 1 + at]])),
        );
        return Some(None);
    }
    let host = after.split(':').next().unwrap_or_default();
    let hosts = match host.is_empty() {
        true => Hosts::Any,
        false => hosts("", host),
    };
    Some(Some(Entry::Pattern {
        breadth: Breadth {
            any_scheme: hosts != Hosts::Any,
            insecure: false,
            local: false,
            hosts,
            star,
        },
        pattern: Pattern {
            text: lower,
            star,
            reach: Reach::Across,
        },
    }))
}

/// The hosts of `before*after`.
fn hosts(before: &str, after: &str) -> Hosts {
    if before.is_empty() && after.is_empty() {
        return Hosts::Any;
    }
    if after.is_empty() {
        return Hosts::OpenEnd;
    }
    if let Some(domain) = after.strip_prefix('.') {
        return match public_suffix::is_one(domain) {
            true => Hosts::PublicSuffix {
                suffix: domain.to_owned(),
            },
            false => Hosts::Subdomains,
        };
    }
    // What the `*` cuts into is one label; if the name below it is registered, all is well.
    match after.split_once('.') {
        Some((_, domain)) if domain.contains('.') && !public_suffix::is_one(domain) => {
            Hosts::Subdomains
        }
        _ => Hosts::OpenStart {
            domain: after.to_owned(),
        },
    }
}
