//! The library against a naive reference: random policies, compiled by the macro, and random and
//! adversarial requests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

mod agreement;
mod asked;
mod model;
mod policies;
mod printed;
mod random;
mod without_origin;

use std::collections::BTreeSet;

use cors_runtime::Policy;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use model::{Outcome, Request};

/// The library's result for a request.
fn by_library(policy: &'static Policy, request: &Request) -> Outcome {
    let method = Method::from_bytes(request.method.as_bytes()).unwrap();
    let headers: HeaderMap = request
        .lines
        .iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            (HeaderName::from_static(name), value)
        })
        .collect();
    let decision = policy.decide(&method, &headers);
    let preflight = decision.response::<()>();
    let status = preflight
        .as_ref()
        .map(|response| response.status().as_u16());
    let response = preflight.unwrap_or_else(|| {
        let mut response = Response::new(());
        decision.apply(response.headers_mut());
        response
    });
    Outcome {
        status,
        headers: lines(response.headers()),
        refused: decision.refusal().is_some(),
    }
}

/// The lines, with `Vary` split into names, because their order and lines mean nothing.
fn lines(headers: &HeaderMap) -> BTreeSet<(String, String)> {
    let mut lines = BTreeSet::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        if name == "vary" {
            lines.extend(
                value
                    .split(", ")
                    .map(|one| ("vary".to_owned(), one.to_owned())),
            );
        } else {
            lines.insert((name.to_string(), value));
        }
    }
    lines
}

/// How many random cases a test tries. `CORS_TEST_CASES` multiplies the number, for longer runs.
fn tries(default: u32) -> u32 {
    match std::env::var("CORS_TEST_CASES") {
        Ok(factor) => default * factor.parse::<u32>().expect("a whole number"),
        Err(_) => default,
    }
}

#[test]
fn the_library_responds_as_the_reference_does() {
    let config = Config {
        cases: tries(10_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let count = policies::POLICIES.len();
    let (mut granted, mut preflights) = (0, 0);
    let outcome = runner.run(&(0..count, random::request()), |(index, request)| {
        let (text, policy) = &policies::POLICIES[index];
        let config: model::Config = serde_json::from_str(text).unwrap();
        let expected = model::outcome(&config, &request);
        let ours = by_library(policy, &request);
        prop_assert_eq!(
            &ours,
            &expected,
            "{} under {}",
            format!("{request:?}"),
            text
        );
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // The requests are useful: many are granted, and many are preflights.
    let mut runner = TestRunner::deterministic();
    for index in 0..count {
        let (text, _) = &policies::POLICIES[index];
        let config: model::Config = serde_json::from_str(text).unwrap();
        for _ in 0..20 {
            let request = random::request().new_tree(&mut runner).unwrap().current();
            let outcome = model::outcome(&config, &request);
            granted += usize::from(!outcome.refused && !request.lines("origin").is_empty());
            preflights += usize::from(outcome.status.is_some());
        }
    }
    assert!(
        granted * 10 > count * 20 && preflights * 8 > count * 20,
        "{granted} {preflights}"
    );
}

#[test]
fn the_policies_are_those_of_the_seed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/policies.rs");
    let made = random::policies();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == made,
        "policies.rs is out of date"
    );
}
