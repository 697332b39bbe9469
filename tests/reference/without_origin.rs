//! What is true of every policy: a request without `Origin` is not a CORS request, and every
//! response says what it depends on.

use std::collections::BTreeSet;

use cors_runtime::{Decision, Policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, header};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::agreement::OTHERS;
use crate::{policies, random};

/// Policies, each with random requests from a seed.
fn cases() -> impl Iterator<Item = (&'static Policy, Method, HeaderMap)> {
    let mut runner = TestRunner::deterministic();
    let random = policies::POLICIES.iter().map(|(_, policy)| *policy);
    let policies = random.chain(OTHERS.iter().copied());
    policies.flat_map(move |policy| {
        let requests: Vec<_> = (0..40)
            .map(|_| random::request().new_tree(&mut runner).unwrap().current())
            .map(|request| {
                let lines = request.lines.iter().map(|(name, value)| {
                    let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
                    (HeaderName::from_static(name), value)
                });
                (policy, request.method.parse().unwrap(), lines.collect())
            })
            .collect();
        requests
    })
}

/// The headers of a response, from the policy itself or added to a handler's.
fn responses(decision: &Decision) -> Vec<HeaderMap> {
    let mut applied = HeaderMap::new();
    decision.apply(&mut applied);
    let own: Option<Response<()>> = match decision {
        Decision::Preflight(preflight) => preflight.response(),
        Decision::Actual(_) => None,
    };
    let own = own.map(|response| response.into_parts().0.headers);
    own.into_iter().chain([applied]).collect()
}

#[test]
fn nothing_is_refused_and_nothing_is_said() {
    let (mut count, mut preflights) = (0, 0);
    for (policy, method, mut request) in cases() {
        request.remove(header::ORIGIN);
        let decision = policy.decide(&method, &request);
        assert_eq!(decision.refusal(), None, "{method} {request:?}\n{policy}");
        for response in responses(&decision) {
            let said: Vec<_> = response.keys().collect();
            assert_eq!(said, [header::VARY], "{method} {request:?}\n{policy}");
        }
        count += 1;
        preflights += usize::from(matches!(decision, Decision::Preflight(_)));
    }
    assert!(count > 6_000 && preflights > 1_000, "{count} {preflights}");
}

#[test]
fn every_response_varies() {
    let asked = [
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
    ];
    for (policy, method, request) in cases() {
        let mut expected = BTreeSet::from(["Origin"]);
        if method == Method::OPTIONS {
            expected.extend(asked);
            if policy.allow_private_network() {
                expected.insert("Access-Control-Request-Private-Network");
            }
        }
        let decision = policy.decide(&method, &request);
        for response in responses(&decision) {
            let lines = response.get_all(header::VARY).iter();
            let names: Vec<&str> = lines
                .flat_map(|line| line.to_str().unwrap().split(", "))
                .collect();
            assert_eq!(
                names.len(),
                expected.len(),
                "{method} {request:?}\n{policy}"
            );
            let names = BTreeSet::from_iter(names);
            assert_eq!(names, expected, "{method} {request:?}\n{policy}");
        }
    }
}
