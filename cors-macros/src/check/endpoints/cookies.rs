//! Cookies that endpoints read while credentials are off.

use super::{Concerned, named, with_endpoints};
use crate::config::{Cors, Key, Setting};
use crate::finding::{Finding, Place};
use crate::gateway::{Endpoint, Instead};
use crate::policy::Headers;
use crate::report::Report;
use crate::rules;

pub(super) fn check(
    cors: &Cors<'_>,
    endpoints: &[&Endpoint<'_>],
    headers: &Headers,
    report: &mut Report,
) {
    let (place, label) = match &cors.allow_credentials {
        Setting::Unknown => return,
        Setting::Given(given) if given.value => return,
        Setting::Given(given) => (given.member, "credentials are off".to_owned()),
        Setting::Missing => cors.without(Key::AllowCredentials),
    };
    let reads = |endpoint: &Endpoint<'_>| cookie(endpoint, headers);
    let concerned: Vec<Concerned<'_, '_>> = endpoints
        .iter()
        .filter_map(|endpoint| Some((*endpoint, reads(endpoint)?)))
        .collect();
    if concerned.is_empty() {
        return;
    }
    let title = format!(
        "pages cannot use the cookies of {}: `allow_credentials` is off",
        named(&concerned)
    );
    let rule = &rules::COOKIE_WITHOUT_CREDENTIALS;
    let finding = Finding::new(rule, place, title, label);
    report.push(with_endpoints(finding, &concerned));
}

/// Where an endpoint says that it needs a cookie.
fn cookie(endpoint: &Endpoint<'_>, headers: &Headers) -> Option<Place> {
    let mut forwards = endpoint.forwards.iter();
    let forwarded = forwards.find(|name| name.as_str().eq_ignore_ascii_case("cookie"));
    let is_allowed = |header: &str| match headers {
        Headers::Any => true,
        Headers::Listed(names) => names.iter().any(|name| name.eq_ignore_ascii_case(header)),
    };
    let mut tokens = endpoint.tokens.iter();
    let token = tokens.find_map(|token| match &token.instead {
        Instead::Cookie(cookie) if !is_allowed(token.header()) => Some(cookie),
        _ => None,
    });
    forwarded.or(token).map(|text| text.place())
}
