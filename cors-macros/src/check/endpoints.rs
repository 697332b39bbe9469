//! The policy against the endpoints of the same file: what pages of other origins cannot do there.

mod cookies;
mod double_headers;
mod exposed;
mod headers;
mod json_bodies;
mod methods;
mod preflights;
mod sent;

use crate::config::{Cors, Setting};
use crate::finding::{Finding, Place};
use crate::gateway::{Endpoint, Gateway};
use crate::literal::quoted;
use crate::policy::Headers;
use crate::report::Report;
use crate::rules::Rule;

use super::placeholder;

/// Compares the two. A file without endpoints has nothing to say here.
pub(super) fn check(
    cors: &Cors<'_>,
    gateway: &Gateway<'_>,
    methods: &[String],
    headers: &Headers,
    report: &mut Report,
) {
    let endpoints = gateway.endpoints.iter();
    let endpoints: Vec<&Endpoint<'_>> = endpoints.filter(|endpoint| is_known(endpoint)).collect();
    methods::check(cors, &endpoints, methods, report);
    preflights::check(cors, gateway, &endpoints, report);
    json_bodies::check(cors, &endpoints, headers, report);
    headers::check(cors, gateway, &endpoints, headers, report);
    cookies::check(cors, &endpoints, headers, report);
    double_headers::check(cors, &endpoints, report);
    exposed::check(cors, &endpoints, report);
}

/// Whether what the endpoint needs is known, and is for CORS to allow.
fn is_known(endpoint: &Endpoint<'_>) -> bool {
    let mut names = endpoint.forwards.iter().map(|name| name.as_str());
    let is_filled = |text: &str| placeholder::find(text).is_none();
    !endpoint.is_websocket && is_filled(&endpoint.method) && names.all(is_filled)
}

/// An endpoint and the part of it that a finding is about.
type Concerned<'e, 'a> = (&'e Endpoint<'a>, Place);

/// The finding with the endpoints that it is about, each with its path.
fn with_endpoints(finding: Finding, concerned: &[Concerned<'_, '_>]) -> Finding {
    concerned
        .iter()
        .fold(finding, |finding, (endpoint, place)| {
            finding.also(*place, format!("`{}`", endpoint.path.as_str()))
        })
}

/// The endpoint, or how many there are, as a sentence has them.
fn named(endpoints: &[Concerned<'_, '_>]) -> String {
    match endpoints {
        [(endpoint, _)] => format!("`{}`", endpoint.path.as_str()),
        _ => format!("{} endpoints", endpoints.len()),
    }
}

/// Whether credentials are known to be off.
fn are_off(credentials: &Setting<bool>) -> bool {
    match credentials {
        Setting::Given(given) => !given.value,
        Setting::Missing => true,
        Setting::Unknown => false,
    }
}

/// A finding at a list that lacks an element, with the help to add it.
fn lacking(rule: &'static Rule, list: Place, title: String, element: &str) -> Finding {
    let label = format!("`{element}` is not in here");
    Finding::new(rule, list, title, label).add(list, quoted(element))
}
