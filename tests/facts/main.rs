//! What browsers do with CORS, according to the Fetch standard and to tests in engines. Each
//! statement is a named case, and `testing::Browser` must agree with it. If an engine deviates from
//! the standard, the case follows the standard, and a comment names the engine.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

mod case;
mod cookies;
mod cors_check;
mod credentials;
mod differences;
mod engines;
mod event_sources;
mod forms;
mod freshness;
mod locations;
mod methods;
mod mixed_content;
mod options;
mod origins;
mod preflight_cache;
mod preflight_responses;
mod preflights;
mod private_network;
mod redirects;
mod request_headers;
mod response_headers;
mod same_site;
mod service;
mod vary;
mod web_sockets;

use std::collections::BTreeSet;

use case::Case;

const MATTERS: [fn() -> Vec<Case>; 23] = [
    cookies::cases,
    cors_check::cases,
    credentials::cases,
    differences::cases,
    engines::cases,
    event_sources::cases,
    forms::cases,
    freshness::cases,
    locations::cases,
    methods::cases,
    mixed_content::cases,
    options::cases,
    origins::cases,
    preflight_cache::cases,
    preflight_responses::cases,
    preflights::cases,
    private_network::cases,
    redirects::cases,
    request_headers::cases,
    response_headers::cases,
    same_site::cases,
    vary::cases,
    web_sockets::cases,
];

#[test]
fn no_case_is_lost_or_named_twice() {
    let cases: Vec<Case> = MATTERS.iter().flat_map(|cases| cases()).collect();
    let mut names = BTreeSet::new();
    let twice = cases.iter().filter(|case| !names.insert(case.name()));
    let twice: Vec<&str> = twice.map(Case::name).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(names.len() >= 124, "{}", names.len());
}
