//! `expose_headers`: the response headers that scripts may read.

use super::header_names::names;
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

/// Request headers that nobody answers with.
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

/// The response headers that scripts may read.
pub(super) fn check(
    cors: &Cors<'_>,
    credentials: Option<Place>,
    report: &mut Report,
) -> Vec<String> {
    let Some(given) = cors.expose_headers.given() else {
        return Vec::new();
    };
    let names = names(&given.value, "expose_headers", report);
    for name in &names {
        response_header(name, report);
    }
    if let Some(star) = names.iter().find(|name| name.as_str() == "*") {
        star_exposed(star, &names, credentials, report);
    }
    names.iter().map(|name| name.as_str().to_owned()).collect()
}

fn star_exposed(
    star: &Text<'_>,
    names: &[Text<'_>],
    credentials: Option<Place>,
    report: &mut Report,
) {
    if let Some(credentials) = credentials {
        report.push(
            Finding::new(
                &rules::STAR_EXPOSE_WITH_CREDENTIALS,
                star.place(),
                "`*` exposes nothing to requests with credentials",
                "list the names instead",
            )
            .also(credentials, "with credentials `*` is a plain name")
            .note("browsers look for a header that is called `*`; KrakenD sends it as it is")
            .words("\"expose_headers\": [\"X-Request-Id\"]"),
        );
    } else if let Some(beside) = names.iter().find(|name| name.as_str() != "*") {
        report.push(
            Finding::new(
                &rules::EXPOSED_BESIDE_STAR,
                beside.place(),
                "beside `*` the other headers say nothing",
                "exposed by `*` already",
            )
            .also(star.place(), "every header")
            .note("without credentials `*` exposes all that can be exposed")
            .words("\"expose_headers\": [\"*\"], or the names without it"),
        );
    }
}

fn response_header(name: &Text<'_>, report: &mut Report) {
    let written = name.as_str();
    let lower = written.to_ascii_lowercase();
    if matches!(lower.as_str(), "set-cookie" | "set-cookie2") {
        report.push(
            Finding::new(
                &rules::UNEXPOSABLE_HEADER,
                name.place(),
                format!("no script can read `{written}`"),
                "remove this",
            )
            .note("it is a forbidden response-header name: browsers hide it whatever is exposed")
            .words("send in a header of your own what scripts must know"),
        );
    } else if ONLY_IN_REQUESTS.contains(&lower.as_str()) || lower.starts_with("access-control-") {
        report.push(
            Finding::new(
                &rules::REQUEST_HEADER_EXPOSED,
                name.place(),
                format!("`{written}` has no use in `expose_headers`"),
                "remove this",
            )
            .note(match lower.starts_with("access-control-") {
                true => "it is part of CORS itself: browsers read it, scripts need not",
                false => "it is a request header: no answer carries it",
            })
            .words("leave it out"),
        );
    } else if SAFELISTED_RESPONSE.contains(&lower.as_str()) {
        report.push(
            Finding::new(
                &rules::SAFELISTED_RESPONSE_HEADER,
                name.place(),
                format!("`{written}` can be read without being exposed"),
                "not needed",
            )
            .note("it is a CORS-safelisted response-header name")
            .words("leave it out"),
        );
    }
}
