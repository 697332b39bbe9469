//! `expose_headers`: the response headers that scripts may read.

use super::header_names::{Expected, Names, RESPONSE, names};
use crate::config::Cors;
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::report::Report;
use crate::rules;

/// Response headers that every script can read.
const SAFELISTED_RESPONSE: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// Request headers that no script looks for in a response.
const ONLY_IN_REQUESTS: [&str; 11] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "cookie",
    "host",
    "if-modified-since",
    "if-none-match",
    "origin",
    "referer",
    "user-agent",
];

/// Response headers that no script can read.
const UNEXPOSABLE: [&str; 2] = ["set-cookie", "set-cookie2"];

fn is_of_requests_or_cors(lower: &str) -> bool {
    ONLY_IN_REQUESTS.contains(&lower) || lower.starts_with("access-control-")
}

/// The response headers that scripts may read.
pub(super) fn check(
    cors: &Cors<'_>,
    credentials: Option<Place>,
    report: &mut Report,
) -> Vec<String> {
    let Some(given) = cors.expose_headers.given() else {
        return Vec::new();
    };
    let expected = Expected {
        is_wanted: |lower| !UNEXPOSABLE.contains(&lower) && !is_of_requests_or_cors(lower),
        known: RESPONSE,
    };
    let list = names(given, expected, report);
    list.unlikely(expected, |_| false, report);
    for name in &list.names {
        response_header(name, &list, report);
    }
    if let Some(star) = list.find(|name| name == "*") {
        star_exposed(star, &list, credentials, report);
    }
    let names = list.names.iter().map(|name| name.as_str().to_owned());
    names.collect()
}

fn star_exposed(
    star: &Text<'_>,
    list: &Names<'_>,
    credentials: Option<Place>,
    report: &mut Report,
) {
    let beside = list.names.iter().filter(|name| name.as_str() != "*");
    if let Some(credentials) = credentials {
        let finding = Finding::new(
            &rules::STAR_EXPOSE_WITH_CREDENTIALS,
            star.place(),
            "`*` exposes no header to requests with credentials",
            "not a wildcard with credentials",
        )
        .also(credentials, "with credentials");
        report.push(match beside.count() {
            0 => finding,
            _ => finding.remove(star.place()),
        });
        return;
    }
    for name in beside {
        let (rule, title) = (&rules::EXPOSED_BESIDE_STAR, "`*` exposes {} already");
        report.push(list.of_entry(rule, name, title, "exposed already"));
    }
}

fn response_header(name: &Text<'_>, list: &Names<'_>, report: &mut Report) {
    let lower = name.as_str().to_ascii_lowercase();
    let (rule, text, label) = if UNEXPOSABLE.contains(&lower.as_str()) {
        let text = "no script can read {}";
        (&rules::UNEXPOSABLE_HEADER, text, "hidden by browsers")
    } else if is_of_requests_or_cors(&lower) {
        let (text, label) = if lower.starts_with("access-control-") {
            ("only browsers read {}", "read by the browser itself")
        } else {
            ("responses do not have {}", "a request header")
        };
        (&rules::REQUEST_HEADER_EXPOSED, text, label)
    } else if SAFELISTED_RESPONSE.contains(&lower.as_str()) {
        let text = "scripts can read {} without `expose_headers`";
        (&rules::SAFELISTED_RESPONSE_HEADER, text, "not needed")
    } else {
        return;
    };
    let finding = list.of_entry(rule, name, text, label);
    report.push(finding.remove(name.place()));
}
