//! Our responses compared with those recorded from KrakenD.
//!
//! For every request that a browser can send, the browser must end up with the same verdict. For
//! all requests, every difference must have a name in [`Deviation`].

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

mod deviations;
mod policies;

#[path = "../support/replay.rs"]
mod replay;
#[path = "../support/vectors.rs"]
mod vectors;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cors_runtime::testing::Blocked;
use cors_runtime::{Cors, Policy};
use http::{HeaderMap, HeaderName, HeaderValue, Response};
use tower::{Service, service_fn};

use deviations::{Deviation, Facts};
use vectors::{Expect, RecordedResponse, Request};

fn sent(request: &Request) -> http::Request<()> {
    replay::request(request.method(), request.header_map())
}

/// The response under our policy, by hand and through the layer. The handler returns 200, as
/// KrakenD's did.
fn respond(policy: &'static Policy, request: &Request) -> RecordedResponse {
    let by_hand = by_hand(policy, request);
    let by_layer = through_layer(policy, request);
    assert_eq!(by_layer, by_hand, "{}", request.name);
    by_hand
}

fn through_layer(policy: &'static Policy, request: &Request) -> RecordedResponse {
    let reached = Cell::new(false);
    let handler = |_: http::Request<()>| {
        reached.set(true);
        ready(Ok::<_, Infallible>(Response::new(())))
    };
    let future = pin!(Cors::new(service_fn(handler), policy).call(sent(request)));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => record(response, reached.get()),
        Poll::Pending => panic!("the handler responds at once"),
    }
}

fn by_hand(policy: &'static Policy, request: &Request) -> RecordedResponse {
    let request = sent(request);
    let decision = policy.decide(request.method(), request.headers());
    if let Some(response) = decision.response() {
        return record(response, false);
    }
    let mut response = Response::new(());
    decision.apply(response.headers_mut());
    record(response, true)
}

fn record(response: Response<()>, reached: bool) -> RecordedResponse {
    RecordedResponse {
        status: response.status().as_u16(),
        reached,
        headers: lines(response.headers()),
    }
}

/// The headers as Go writes their names.
fn lines(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let capital = |part: &str| part[..1].to_ascii_uppercase() + &part[1..];
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in headers {
        let name: Vec<String> = name.as_str().split('-').map(capital).collect();
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        lines.entry(name.join("-")).or_default().push(value);
    }
    lines
}

/// Every recorded request for which there is a compiled policy, with both responses.
fn each(mut compare: impl FnMut(&Facts<'_>, &RecordedResponse, &RecordedResponse)) {
    let policies: BTreeMap<&str, &'static Policy> = policies::POLICIES.iter().copied().collect();
    for case in vectors::all() {
        let (Some(policy), Some(parsed)) = (policies.get(case.name.as_str()), &case.parsed) else {
            continue;
        };
        for request in case.requests.iter().filter(|request| request.fits_http()) {
            let Expect::Response(theirs) = &request.expect else {
                continue;
            };
            let facts = Facts::of(&case.name, policy, parsed, request);
            compare(&facts, theirs, &respond(policy, request));
        }
    }
}

/// The headers among `probes` that a script may read. `None` if no browser sends the request.
fn verdict(
    request: &Request,
    response: &RecordedResponse,
    probes: &[HeaderName],
    include: bool,
) -> Option<Result<Vec<HeaderName>, Blocked>> {
    let mut response = response.response();
    for name in probes {
        let lines = response.headers_mut().entry(name);
        lines.or_insert(HeaderValue::from_static("1"));
    }
    let seen = replay::replay(&sent(request), &response, include)?;
    Some(seen.map(|headers| {
        let readable = probes.iter().filter(|name| headers.contains_key(*name));
        readable.cloned().collect()
    }))
}

/// All names that either response exposes, and one that neither exposes by name.
fn probes(responses: [&RecordedResponse; 2]) -> Vec<HeaderName> {
    let lines = responses
        .into_iter()
        .flat_map(|response| response.lines("Access-Control-Expose-Headers"));
    let names = lines.flat_map(|line| line.split(',')).map(str::trim);
    names
        .chain(["x-unlisted"])
        .map(|name| name.parse().unwrap())
        .collect()
}

#[test]
fn browsers_reach_the_same_verdict() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    each(|facts, theirs, ours| {
        let probes = &probes([theirs, ours]);
        for include in [true, false] {
            let [theirs, ours] =
                [theirs, ours].map(|response| verdict(facts.request, response, probes, include));
            let (Some(theirs), Some(ours)) = (theirs, ours) else {
                continue;
            };
            let mut count = |what| *counts.entry(what).or_default() += 1;
            count("compared");
            match &theirs {
                Ok(names) if names.is_empty() => count("passes"),
                Ok(_) => count("with headers that are exposed"),
                Err(_) => count("blocked"),
            }
            if theirs.as_ref().ok() != ours.as_ref().ok() {
                wrong.push(format!(
                    "{facts}, with credentials {include}: KrakenD {theirs:?}, ours {ours:?}"
                ));
            }
        }
    });
    println!("verdicts: {counts:?}");
    let compared = counts["compared"];
    assert!(compared > 3000, "only {compared} verdicts compared");
    assert!(
        counts.len() == 4 && counts.values().all(|count| *count > 100),
        "{counts:?}"
    );
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_difference_has_a_name() {
    let mut requests = 0;
    let mut counts: BTreeMap<Deviation, usize> = BTreeMap::new();
    let mut same = 0;
    let mut unexplained = Vec::new();
    each(|facts, theirs, ours| {
        requests += 1;
        match deviations::explain(facts, theirs, ours) {
            Ok(names) if names.is_empty() => same += 1,
            Ok(names) => names
                .into_iter()
                .for_each(|name| *counts.entry(name).or_default() += 1),
            Err(what) => unexplained.push(format!(
                "{facts}: {what}\n  KrakenD {theirs:?}\n  ours    {ours:?}"
            )),
        }
    });
    println!("{requests} requests: {same} responses are the same to the byte");
    for (name, count) in &counts {
        println!("{count:>5} {name:?}");
    }
    assert!(
        unexplained.is_empty(),
        "{} are unexplained:\n{}",
        unexplained.len(),
        unexplained.join("\n"),
    );
    for name in Deviation::ALL {
        assert!(counts.contains_key(name), "{name:?} explains nothing");
    }
}

/// The documentation of the crate has a row for each, in the same order.
#[test]
fn every_deviation_is_documented() {
    let docs = include_str!("../../cors-runtime/src/lib.rs");
    let rows = docs.lines().filter_map(|line| {
        let name = line.strip_prefix("//! | `")?.split('`').next()?;
        name.starts_with(char::is_uppercase)
            .then(|| name.to_owned())
    });
    let documented: Vec<String> = rows.collect();
    let named: Vec<String> = Deviation::ALL
        .iter()
        .map(|one| format!("{one:?}"))
        .collect();
    assert_eq!(documented, named);
}

/// What is not compared: `http` cannot represent it, or KrakenD itself panics.
#[test]
fn little_is_left_out() {
    let (mut total, mut unfit, mut panics) = (0, 0, 0);
    for case in vectors::all() {
        for request in &case.requests {
            total += 1;
            unfit += usize::from(!request.fits_http());
            panics += usize::from(matches!(request.expect, Expect::Panic { .. }));
        }
    }
    println!(
        "{total} recorded requests, {unfit} that `http` refuses, {panics} at which KrakenD panics"
    );
    assert_eq!(total, 5800);
    assert!(unfit < 150, "{unfit} requests do not fit");
}

#[test]
fn every_accepted_configuration_is_compared() {
    let outcomes: serde_json::Value = serde_json::from_str(include_str!("outcomes.json")).unwrap();
    let outcomes = outcomes.as_object().unwrap();
    for case in vectors::all() {
        let compiled = policies::POLICIES
            .iter()
            .any(|(name, _)| *name == case.name);
        let accepted = outcomes[&case.name].get("accepted").is_some();
        assert_eq!(compiled, accepted, "{}", case.name);
    }
}
