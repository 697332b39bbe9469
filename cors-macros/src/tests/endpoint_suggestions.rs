//! Random policies and endpoints: what is suggested is taken, and then the policy and the endpoints
//! contradict each other no more.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::suggestions::{Counts, mended, take};
use super::{checked, findings, tries};
use crate::finding::Finding;
use crate::policy::Headers;
use crate::rules;

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(of, 0..=of.len())
}

fn endpoint() -> impl Strategy<Value = Value> {
    let methods = prop::sample::select(vec!["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
    let headers = some(&[
        "Content-Type",
        "Origin",
        "X-A",
        "Cookie",
        "Authorization",
        "x-b",
        "sentry-trace",
        "Idempotency-Key",
        "X-Remote-User",
        "Range",
        "Mcp-Session-Id",
    ]);
    let encodings = prop::sample::select(vec!["json", "no-op"]);
    let validators = prop::sample::select(vec![
        json!({}),
        json!({ "auth/validator": {} }),
        json!({ "auth/validator": { "auth_header_name": "X-A" } }),
        json!({ "auth/validator": { "cookie_key": "token" } }),
        json!({ "auth/api-keys": {} }),
        json!({ "auth/basic": {}, "auth/api-keys": { "identifier": "X-A" } }),
    ]);
    (methods, headers, encodings, validators).prop_map(|(method, headers, encoding, validator)| {
        json!({
            "endpoint": "/a",
            "method": method,
            "input_headers": headers,
            "output_encoding": encoding,
            "extra_config": validator,
        })
    })
}

fn file() -> impl Strategy<Value = String> {
    let methods = prop::option::of(some(&["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]));
    let headers = some(&["Content-Type", "x-a", "Authorization", "X-Other"]);
    let exposed = prop::option::of(some(&["ETag", "content-range", "Location", "*"]));
    let lists = (methods, headers, exposed);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>());
    let endpoints = prop::collection::vec(endpoint(), 0..6);
    (lists, switches, endpoints).prop_map(|((methods, headers, exposed), switches, endpoints)| {
        let mut cors = json!({
            "allow_origins": ["https://app.example.com"],
            "allow_headers": headers,
            "allow_credentials": switches.0,
            "options_passthrough": switches.1,
        });
        if let Some(methods) = methods {
            cors["allow_methods"] = methods.into();
        }
        if let Some(exposed) = exposed {
            cors["expose_headers"] = exposed.into();
        }
        let file = json!({
            "version": 3,
            "extra_config": {
                "security/cors": cors,
                "router": { "auto_options": switches.2 },
                "auth/api-keys": { "identifier": "X-Key" },
            },
            "endpoints": endpoints,
        });
        serde_json::to_string_pretty(&file).unwrap()
    })
}

fn of_endpoints(text: &str) -> Vec<Finding> {
    let (_, mut found) = findings("krakend.json", text.as_bytes());
    found.retain(|finding| {
        rules::ENDPOINTS
            .iter()
            .any(|rule| rule.name == finding.rule.name)
    });
    found
}

/// Whether every method and every header that one file allows is allowed by the other too.
fn keeps_what_is_allowed(before: &str, after: &str) -> bool {
    let policy = |text: &str| checked("krakend.json", text.as_bytes()).2.unwrap();
    let (before, after) = (policy(before), policy(after));
    let mut methods = before.methods.iter();
    methods.all(|method| after.methods.contains(method))
        && match (&before.headers, &after.headers) {
            (_, Headers::Any) => true,
            (Headers::Any, Headers::Listed(_)) => false,
            (Headers::Listed(before), Headers::Listed(after)) => {
                before.iter().all(|name| after.contains(name))
            }
        }
}

#[test]
fn suggestions_for_endpoints_are_right() {
    let config = Config {
        cases: tries(150),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let taken = Cell::new(0);
    let outcome = runner.run(&file(), |text| {
        let mut counts = Counts::default();
        take("a random file", &text, &mut counts).map_err(TestCaseError::fail)?;
        taken.set(taken.get() + counts.literal());
        // One after the other, until none is left that can be taken.
        let mut text = text;
        for _ in 0..20 {
            let found = of_endpoints(&text);
            match found.iter().find_map(|finding| mended(&text, finding)) {
                Some(mended) => {
                    prop_assert!(
                        keeps_what_is_allowed(&text, &mended),
                        "{text}\nto\n{mended}"
                    );
                    text = mended;
                }
                None => return Ok(()),
            }
        }
        Err(TestCaseError::fail(format!("there is no end to {text}")))
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{taken:?} suggestions taken");
    assert!(taken.get() > 300, "{taken:?}");
}
