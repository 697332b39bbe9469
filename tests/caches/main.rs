//! A cached response never gives a request another verdict than its own response would. This holds
//! for a cache that several clients share and that honours `Vary`, and for a browser's
//! CORS-preflight cache.
//!
//! Policies, requests and the order of fetches are random, from a fixed seed.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

mod page;
mod policies;
mod random;
mod shared;
mod site;

#[path = "../support/replay.rs"]
mod replay;

use std::collections::BTreeMap;

use cors_runtime::testing::Browser;
use http::{HeaderName, Method, Request, Response, header};

use page::Fetch;
use random::Random;
use shared::{Keeps, Shared, may_serve, varies_by};
use site::{Exchange, respond, seen};

/// The number of requests, pairs or visits per policy.
const TRIES: usize = 1_000;

/// A stored response may serve a request that agrees in every header that `Vary` names, whatever
/// the other headers are. It must equal that request's own response.
#[test]
fn a_stored_response_is_right_for_every_request_that_it_may_serve() {
    let random = &mut Random::new(1);
    let mut served = BTreeMap::new();
    for policy in policies::ALL {
        for _ in 0..TRIES {
            let stored = Exchange::new(policy, random.request());
            let mut request = stored.request.clone();
            let few = random.one_in(2);
            for name in site::NAMES {
                if varies_by(&stored.response, name) {
                    random.rewrite_alike(request.headers_mut(), name);
                } else if !few || random.one_in(4) {
                    random.replace(request.headers_mut(), name);
                }
            }
            assert!(may_serve(&stored, &request), "{stored:?} and {request:?}");
            let own = respond(policy, &request);
            let case = || format!("{stored:?}\nmay serve\n{request:?}\nunder {policy:?}");
            assert_eq!(stored.response.status(), own.status(), "{}", case());
            let of_stored = seen(&request, &stored.response);
            if of_stored.is_some() {
                assert_eq!(of_stored, seen(&request, &own), "{}", case());
            }
            let kind = (request.method() == Method::OPTIONS, of_stored.is_some());
            *served.entry(kind).or_insert(0) += 1;
        }
    }
    println!("pairs by whether they are OPTIONS, and whether browsers send them: {served:?}");
    assert!(
        served.len() == 4 && served.values().all(|count| *count > 500),
        "{served:?}"
    );
}

/// A response does not depend on a request header that its `Vary` does not name.
#[test]
fn vary_names_every_request_header_on_which_a_response_depends() {
    let random = &mut Random::new(2);
    let mut unnamed = BTreeMap::new();
    for policy in policies::ALL {
        for _ in 0..TRIES {
            let request = random.request();
            let response = respond(policy, &request);
            for name in site::NAMES {
                if varies_by(&response, name) {
                    continue;
                }
                *unnamed.entry(*name).or_insert(0) += 1;
                let mut other = request.clone();
                random.replace(other.headers_mut(), name);
                let other_response = respond(policy, &other);
                assert_eq!(
                    (response.status(), response.headers()),
                    (other_response.status(), other_response.headers()),
                    "{request:?}\nand\n{other:?}\nunder {policy:?}"
                );
            }
        }
    }
    println!("tries by the header that is not named: {unnamed:?}");
    assert!(unnamed.values().sum::<usize>() > 30_000, "{unnamed:?}");
}

/// The steps, in order.
#[derive(Debug)]
#[allow(dead_code, reason = "a failing test prints it")]
enum Step {
    OfThePage(Fetch),
    OfAnother(Request<()>),
}

/// Pages on several origins and other clients share a cache, and each browser has a preflight
/// cache. Pages must see what they would see without any cache.
#[test]
fn pages_see_the_same_with_caches_and_without() {
    let random = &mut Random::new(3);
    let (mut fetches, mut saved) = (0, BTreeMap::new());
    for policy in policies::ALL {
        for keeps in [Keeps::Nothing, Keeps::Usual, Keeps::OptionsToo] {
            for _ in 0..TRIES / 20 {
                let shared = &mut Shared::new(policy, keeps);
                // Every fetch opens its own page.
                let browser = Browser::at("null");
                let mut story = Vec::new();
                let mut preflights = 0;
                let mut fetch = random.fetch();
                for _ in 0..16 {
                    // Pages repeat their requests.
                    if random.one_in(2) {
                        fetch = random.fetch();
                    }
                    if random.one_in(3) {
                        let request = random.nearly(&fetch);
                        shared.ask(&request);
                        story.push(Step::OfAnother(request));
                        continue;
                    }
                    let seen = fetch.run(&browser, |request| shared.ask(request));
                    let other = Browser::at("null");
                    let alone = fetch.run(&other, |request| respond(policy, request));
                    preflights += other.preflights_sent();
                    story.push(Step::OfThePage(fetch.clone()));
                    assert_eq!(seen, alone, "{story:#?}\nunder {policy:?} {keeps:?}");
                    fetches += 1;
                }
                *saved.entry("preflights").or_insert(0) += preflights - browser.preflights_sent();
                *saved.entry("responses").or_insert(0) += shared.served;
            }
        }
    }
    println!("{fetches} fetches, of which caches saved {saved:?}");
    assert!(saved.values().all(|count| *count > 1_000), "{saved:?}");
}

/// A known and accepted limit: caches may serve a HEAD from the response to a GET (RFC 9110,
/// section 9.3.2), even if the policy allows only one of them.
#[test]
fn a_stored_get_may_serve_a_head() {
    let random = &mut Random::new(4);
    let mut differ = 0;
    for policy in policies::ALL {
        let allows = |method| policy.allow_methods().contains(&method);
        for _ in 0..TRIES / 10 {
            let mut request = random.request();
            *request.method_mut() = Method::GET;
            let stored = respond(policy, &request);
            *request.method_mut() = Method::HEAD;
            let own = respond(policy, &request);
            let same = seen(&request, &stored) == seen(&request, &own);
            differ += usize::from(!same);
            assert!(
                same || allows("GET") != allows("HEAD"),
                "{request:?} under {policy:?}"
            );
        }
    }
    assert!(differ > 0, "no policy allows one of them alone");
}

/// Tests the models: what a cache may serve.
#[test]
fn what_a_cache_may_serve() {
    let exchange = |lines: &[(&'static str, &str)], vary: &str| {
        let mut response = Response::new(());
        response
            .headers_mut()
            .insert(header::VARY, vary.parse().unwrap());
        Exchange {
            request: request(lines),
            response,
        }
    };
    for (stored, vary, asked, serves) in [
        (&[][..], "Origin", &[][..], true),
        (&[("origin", "a")], "Origin", &[("origin", "a")], true),
        (
            &[("origin", "a")],
            "Accept, origin",
            &[("origin", "b")],
            false,
        ),
        (&[("origin", "a")], "Origin", &[], false),
        (&[], "Origin", &[("origin", "")], false),
        (&[("origin", "a")], "Accept", &[("origin", "b")], true),
        (&[("origin", "a")], "*", &[("origin", "a")], false),
        (
            &[("accept", "a, b")],
            "Accept",
            &[("accept", "a"), ("accept", "b")],
            true,
        ),
        (&[("accept", "a,b")], "Accept", &[("accept", "a , b")], true),
        (&[("accept", "a,b")], "Accept", &[("accept", "b,a")], false),
    ] {
        let exchange = exchange(stored, vary);
        assert_eq!(
            may_serve(&exchange, &request(asked)),
            serves,
            "{stored:?} {vary} {asked:?}"
        );
    }
    let mut head = request(&[]);
    *head.method_mut() = Method::HEAD;
    assert!(!may_serve(&exchange(&[], "Accept"), &head));
}

fn request(lines: &[(&'static str, &str)]) -> Request<()> {
    let lines = lines.iter().map(|(name, value)| {
        let name = HeaderName::from_static(name);
        (name, value.parse().unwrap())
    });
    replay::request(Method::GET, lines.collect())
}
