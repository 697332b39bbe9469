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
mod cors_check;
mod credentials;
mod differences;
mod engines;
mod freshness;
mod locations;
mod methods;
mod origins;
mod preflight_cache;
mod preflight_responses;
mod preflights;
mod private_network;
mod redirects;
mod request_headers;
mod response_headers;
mod service;
mod vary;

use std::collections::BTreeSet;

use case::Case;

const MATTERS: [fn() -> Vec<Case>; 16] = [
    cors_check::cases,
    credentials::cases,
    differences::cases,
    engines::cases,
    freshness::cases,
    locations::cases,
    methods::cases,
    origins::cases,
    preflight_cache::cases,
    preflight_responses::cases,
    preflights::cases,
    private_network::cases,
    redirects::cases,
    request_headers::cases,
    response_headers::cases,
    vary::cases,
];

#[test]
fn no_case_is_lost_or_named_twice() {
    let cases: Vec<Case> = MATTERS.iter().flat_map(|cases| cases()).collect();
    let names: BTreeSet<&str> = cases.iter().map(Case::name).collect();
    assert_eq!(names.len(), cases.len(), "{names:?}");
    assert!(names.len() >= 124, "{}", names.len());
}
