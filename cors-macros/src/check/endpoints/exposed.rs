//! Response headers that answer what an endpoint forwards, and that `expose_headers` does not have.

use std::collections::HashSet;

use super::{Concerned, named, with_endpoints};
use crate::config::{Cors, Key, Setting};
use crate::finding::{Finding, Place, listed};
use crate::gateway::Endpoint;
use crate::literal::quoted_list;
use crate::report::Report;
use crate::rules;

/// Request headers in lower case, and what a client reads in the response to them. Headers that scripts
/// read anyway are not here.
const ANSWERS: [(&str, &[&str]); 4] = [
    // Model Context Protocol, Streamable HTTP § session management.
    ("mcp-session-id", &["Mcp-Session-Id"]),
    // RFC 9110, section 14: range requests.
    ("range", &["Accept-Ranges", "Content-Range"]),
    // tus 1.0: the core protocol and the extension for creation.
    (
        "tus-resumable",
        &["Location", "Upload-Length", "Upload-Offset"],
    ),
    (
        "upload-offset",
        &["Location", "Upload-Length", "Upload-Offset"],
    ),
];

pub(super) fn check(cors: &Cors<'_>, endpoints: &[&Endpoint<'_>], report: &mut Report) {
    let exposed: HashSet<String> = match &cors.expose_headers {
        Setting::Unknown => return,
        Setting::Missing => HashSet::new(),
        Setting::Given(given) => {
            let items = given.value.items.iter();
            items
                .map(|item| item.as_str().to_ascii_lowercase())
                .collect()
        }
    };
    // With credentials `*` exposes nothing.
    if exposed.contains("*") && cors.allow_credentials.on().is_none() {
        return;
    }
    let mut missing: Vec<&str> = Vec::new();
    let mut concerned: Vec<Concerned<'_, '_>> = Vec::new();
    // Other endpoints do not pass on response headers.
    for endpoint in endpoints.iter().filter(|endpoint| endpoint.is_no_op) {
        let mut place: Option<Place> = None;
        for (name, answer) in endpoint.forwards.iter().flat_map(|name| {
            let answers = answers(name.as_str()).iter();
            answers.map(move |answer| (name, *answer))
        }) {
            if !exposed.contains(&answer.to_ascii_lowercase()) {
                place.get_or_insert(name.place());
                if !missing.contains(&answer) {
                    missing.push(answer);
                }
            }
        }
        concerned.extend(place.map(|place| (*endpoint, place)));
    }
    if missing.is_empty() {
        return;
    }
    let title = format!(
        "scripts cannot read {} in responses of {}: not in `expose_headers`",
        listed(&missing),
        named(&concerned)
    );
    let rule = &rules::RESPONSE_HEADER_NOT_EXPOSED;
    let names = quoted_list(&missing);
    let finding = match &cors.expose_headers {
        Setting::Given(given) => {
            Finding::new(rule, given.at, title, "not in this list").add(given.at, names)
        }
        _ => {
            let (place, label) = cors.without(Key::ExposeHeaders);
            Finding::new(rule, place, title, label)
                .add(cors.object, format!("\"expose_headers\": [{names}]"))
        }
    };
    report.push(with_endpoints(finding, &concerned));
}

/// What answers a request header.
fn answers(name: &str) -> &'static [&'static str] {
    let mut answers = ANSWERS.iter();
    let known = answers.find(|(asked, _)| asked.eq_ignore_ascii_case(name));
    known.map_or(&[], |(_, answers)| answers)
}
