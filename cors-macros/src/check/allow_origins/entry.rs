//! One entry of `allow_origins`: is it an origin as a browser writes it, or a pattern for some?

mod host;
mod pattern;
mod plain;
mod port;
mod scheme;

use std::ops::Range;

use crate::finding::Finding;
use crate::json::{Text, quoted};
use crate::policy::Pattern;
use crate::report::Report;
use crate::rules;

use crate::check::placeholder;
use crate::check::token::at_char;

pub(super) use pattern::{Breadth, Hosts};

/// What an entry allows.
pub(super) enum Entry {
    /// `*`.
    Any,
    /// One origin, `null` among them.
    Exact(Exact),
    /// The origins that a pattern matches.
    Pattern { pattern: Pattern, breadth: Breadth },
}

/// One origin.
pub(super) struct Exact {
    /// In lower case.
    pub(super) text: String,
    /// Whether its page comes over plain http from another machine.
    pub(super) insecure: bool,
    /// Whether it is on this machine or in a private network.
    pub(super) local: bool,
}

/// An entry cut into its parts. Ranges are bytes of the entry.
struct Parts<'e> {
    text: &'e str,
    scheme: Range<usize>,
    host: Range<usize>,
    /// Without its colon; `None` where there is no colon.
    port: Option<Range<usize>>,
}

impl Parts<'_> {
    fn scheme(&self) -> &str {
        &self.text[self.scheme.clone()]
    }

    fn host(&self) -> &str {
        &self.text[self.host.clone()]
    }

    fn port(&self) -> Option<&str> {
        self.port.clone().map(|port| &self.text[port])
    }

    /// The entry as it should stand in the file, with another host.
    fn with_host(&self, host: &str) -> String {
        let scheme = self.scheme().to_ascii_lowercase();
        let port = self
            .port()
            .filter(|port| !port.is_empty() && !port::is_default(&scheme, port));
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        quoted(&[format!("{scheme}://{host}{port}")])
    }

    /// The entry as it should stand in the file, as far as that is known.
    fn corrected(&self) -> String {
        let host = host::canonical(self.host()).unwrap_or_else(|| self.host().to_ascii_lowercase());
        self.with_host(&host)
    }
}

/// Reads one entry. `None` where it can match nothing; then the reason is reported.
pub(super) fn read(entry: &Text<'_>, report: &mut Report) -> Option<Entry> {
    match plain::is_plain(entry.as_str()) {
        true => Some(Entry::Exact(Exact {
            text: entry.as_str().to_owned(),
            insecure: false,
            local: false,
        })),
        false => checked(entry, report),
    }
}

/// Reads an entry that is not plain.
fn checked(entry: &Text<'_>, report: &mut Report) -> Option<Entry> {
    let text = entry.as_str();
    if text == "*" {
        return Some(Entry::Any);
    }
    if text.eq_ignore_ascii_case("null") {
        report.push(null(entry));
        return Some(Entry::Exact(Exact {
            text: "null".to_owned(),
            insecure: false,
            local: false,
        }));
    }
    if let Some(finding) = not_one(entry).or_else(|| second_star(entry)) {
        report.push(finding);
        return None;
    }
    let Some(colon) = text.find("://") else {
        return match pattern::without_scheme(entry, report) {
            Some(found) => found,
            None => {
                report.push(without_scheme(entry));
                None
            }
        };
    };
    // Where the scheme is that of no origin, the rest is none of its parts either.
    if !scheme::check(entry, colon, report) {
        return None;
    }
    let (parts, whole) = cut(entry, colon, report);
    let port = port::check(entry, &parts, report);
    let host = host::check(entry, &parts, report);
    if !(whole && port && host) {
        return None;
    }
    if let Some(upper) = text.find(|c: char| c.is_ascii_uppercase()) {
        report.push(upper_case(entry, &parts, upper));
    }
    let lower = text.to_ascii_lowercase();
    Some(match lower.find('*') {
        Some(star) => pattern::entry(&parts, lower, star),
        None => Entry::Exact(Exact {
            insecure: parts.scheme().eq_ignore_ascii_case("http")
                && !host::is_loopback(parts.host()),
            local: host::is_local(parts.host()),
            text: lower,
        }),
    })
}

/// The parts of an entry without all that no origin has, and whether nothing had to be cut off.
fn cut<'e>(entry: &'e Text<'_>, colon: usize, report: &mut Report) -> (Parts<'e>, bool) {
    let text = entry.as_str();
    let start = colon + 3;
    let path = text[start..]
        .find(['/', '?', '#', '\\'])
        .map(|at| start + at);
    let authority = &text[start..path.unwrap_or(text.len())];
    let user_info = authority.rfind('@').map(|at| start + at + 1);
    let host_start = user_info.unwrap_or(start);
    let authority = host_start..start + authority.len();
    let (host, port) = host_and_port(text, authority);
    let parts = Parts {
        text,
        scheme: 0..colon,
        host,
        port,
    };
    if let Some(at) = user_info {
        report.push(
            Finding::new(
                &rules::ORIGIN_WITH_USER_INFO,
                entry.part(start..at),
                "an origin has no user name and no password",
                "remove this",
            )
            .note("browsers never send it in `Origin`, so the entry never matches; a password does not belong here at all")
            .words(parts.corrected()),
        );
    }
    if let Some(at) = path {
        let rest = &text[at..];
        let headline = match (rest, rest.as_bytes()[0]) {
            ("/", _) => "an origin has no path, not even `/`",
            (_, b'?') => "an origin has no query",
            (_, b'#') => "an origin has no fragment",
            _ => "an origin has no path",
        };
        report.push(
            Finding::new(
                &rules::ORIGIN_WITH_PATH,
                entry.part(at..text.len()),
                headline,
                "remove this",
            )
            .note(format!(
                "browsers send {}, which is never equal to this; KrakenD accepts the entry and never matches it",
                parts.corrected().replace('"', "`")
            ))
            .words(parts.corrected()),
        );
    }
    (parts, path.is_none() && user_info.is_none())
}

/// Splits `host[:port]`. An IPv6 address that lacks its brackets stays whole.
fn host_and_port(text: &str, authority: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let inside = &text[authority.clone()];
    let from = match inside.strip_prefix('[').and_then(|rest| rest.find(']')) {
        Some(bracket) => bracket + 2,
        None if inside.parse::<std::net::Ipv6Addr>().is_ok() => inside.len(),
        None => 0,
    };
    match inside[from.min(inside.len())..].find(':') {
        Some(colon) => {
            let colon = authority.start + from + colon;
            (authority.start..colon, Some(colon + 1..authority.end))
        }
        None => (authority, None),
    }
}

fn null(entry: &Text<'_>) -> Finding {
    Finding::new(
        &rules::NULL_ORIGIN,
        entry.place(),
        "allowing `null` allows every site",
        "remove this",
    )
    .note("browsers send `null` for sandboxed frames, `data:` and `file:` pages and some redirects: any site can put a frame into its page and be `null`")
    .words("serve the page from a real origin, and list that")
}

/// An empty entry, a placeholder, or more than one origin in a string.
fn not_one(entry: &Text<'_>) -> Option<Finding> {
    let text = entry.as_str();
    if text.is_empty() {
        return Some(
            Finding::new(
                &rules::EMPTY_ORIGIN,
                entry.place(),
                "an empty string is no origin",
                "remove this",
            )
            .note("KrakenD keeps the entry, and no request matches it")
            .words("\"https://app.example.com\", or leave it out"),
        );
    }
    if let Some(at) = placeholder::find(text) {
        return Some(placeholder::finding(entry, at));
    }
    let at = text.find(|c: char| c == ',' || c.is_whitespace() || c.is_control())?;
    let pieces: Vec<&str> = text
        .split(|c: char| c == ',' || c.is_whitespace() || c.is_control())
        .filter(|piece| !piece.is_empty())
        .collect();
    let headline = match pieces.as_slice() {
        [] => "there is no origin in this entry",
        _ => "an entry is one origin and nothing else",
    };
    let what = match text[at..].chars().next() {
        Some(',') => "no comma can stand here",
        Some(c) if c.is_whitespace() => "no white space can stand here",
        _ => "no control character can stand here",
    };
    Some(
        Finding::new(&rules::NOT_ONE_ORIGIN, entry.part(at_char(text, at)), headline, what)
            .note("KrakenD compares the whole string with `Origin`, which is one origin and nothing else; the entry never matches")
            .words(match pieces.is_empty() {
                true => "leave it out".to_owned(),
                false => quoted(&pieces),
            }),
    )
}

fn second_star(entry: &Text<'_>) -> Option<Finding> {
    let text = entry.as_str();
    let mut stars = text.match_indices('*').map(|(at, _)| at);
    let first = stars.next()?;
    let second = stars.next()?;
    // One `*` does for two that stand side by side.
    let merged = text.replace("*.*", "*").replace("**", "*");
    let help = match (merged.matches('*').count(), text.strip_suffix(":*")) {
        (1, _) => quoted(&[merged]),
        (_, Some(any_port)) => format!(
            "{}, once for each port",
            quoted(&[format!("{any_port}:8443")])
        ),
        _ => "an entry for each of them, with one `*` or none".to_owned(),
    };
    Some(
        Finding::new(
            &rules::SECOND_STAR,
            entry.part(second..second + 1),
            "an origin can hold one `*`",
            "this one is a plain character",
        )
        .also(entry.part(first..first + 1), "this one is the wildcard")
        .note("KrakenD takes the first `*` as a wildcard and compares the second literally, and no origin holds a `*`")
        .words(help),
    )
}

fn without_scheme(entry: &Text<'_>) -> Finding {
    let text = entry.as_str();
    let lower = text.to_ascii_lowercase();
    let prefix = ["https:", "http:", "https", "http", ""]
        .into_iter()
        .find(|prefix| {
            lower
                .strip_prefix(prefix)
                .is_some_and(|rest| ends_scheme(prefix, rest))
        })
        .unwrap_or_default();
    let bare = lower[prefix.len()..].trim_start_matches(['/', ':']);
    let bare = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let name = bare.split(':').next().unwrap_or_default();
    let scheme = match prefix.trim_end_matches(':') {
        "" if host::is_local(name) => "http",
        "" => "https",
        written => written,
    };
    let label = match bare.len() == text.len() {
        true => format!("write `{scheme}://` in front"),
        false => format!("`{scheme}://` is not all there"),
    };
    Finding::new(
        &rules::ORIGIN_WITHOUT_SCHEME,
        entry.inside(),
        "an origin begins with its scheme",
        label,
    )
    .note("browsers send scheme, host and port; KrakenD accepts the entry and never matches it")
    .words(match name.is_empty() {
        true => quoted(&["https://app.example.com"]),
        false => quoted(&[format!("{scheme}://{bare}")]),
    })
}

/// Whether an entry that begins with a scheme's name, and goes on so, means the scheme.
fn ends_scheme(scheme: &str, rest: &str) -> bool {
    scheme.is_empty() || scheme.ends_with(':') || rest.is_empty() || rest.starts_with('/')
}

fn upper_case(entry: &Text<'_>, parts: &Parts<'_>, upper: usize) -> Finding {
    let text = entry.as_str();
    let end = text
        .rfind(|c: char| c.is_ascii_uppercase())
        .unwrap_or(upper)
        + 1;
    Finding::new(
        &rules::UPPER_CASE_ORIGIN,
        entry.part(upper..end),
        "browsers send origins in lower case",
        "write this in lower case",
    )
    .note(
        "KrakenD ignores case; the policy compares byte for byte, so the entry is lowered for you",
    )
    .words(parts.corrected())
}
