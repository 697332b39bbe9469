//! Of several things that are refused, the one is named that comes first: the origin, the method, a
//! request header, the private network.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use cors_runtime::{Policy, Refusal, cors_policy};
use http::{HeaderMap, Method, header};

use requests::{HEADERS, METHOD, NETWORK, ORIGIN, headers};

static FEW: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_headers": ["Content-Type"],
});

static ONE: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["Content-Type"],
});

static ECHO: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_headers": ["*"],
    "allow_credentials": true,
}, allow(warnings));

const GOOD: &str = "https://a.test";
const STRANGER: &str = "https://evil.test";

/// Which kind of refusal it is.
fn kind(refusal: Option<&Refusal>) -> &'static str {
    match refusal {
        None => "nothing",
        Some(Refusal::Origin(_)) => "origin",
        Some(Refusal::Method(_)) => "method",
        Some(Refusal::Header(_)) => "header",
        Some(Refusal::PrivateNetwork) => "network",
        Some(_) => "something else",
    }
}

#[test]
fn an_actual_request() {
    for (policy, method, origin, expected) in [
        (FEW, Method::GET, Some(GOOD), "nothing"),
        (FEW, Method::GET, Some(STRANGER), "origin"),
        (FEW, Method::PUT, Some(GOOD), "method"),
        (FEW, Method::PUT, Some(STRANGER), "origin"),
        (FEW, Method::PUT, None, "nothing"),
        (ONE, Method::GET, Some(STRANGER), "origin"),
        (ONE, Method::PUT, Some(GOOD), "method"),
        (ONE, Method::PUT, Some(STRANGER), "origin"),
        (ONE, Method::PUT, None, "nothing"),
    ] {
        let request = headers(origin.map(|origin| (ORIGIN, origin)));
        let decision = policy.decide(&method, &request);
        let case = format!("{method} {origin:?}\n{policy}");
        assert_eq!(kind(decision.refusal().as_ref()), expected, "{case}");
        // Who is refused gets no grant, nor does who is nobody.
        let mut response = HeaderMap::new();
        decision.apply(&mut response);
        let names_origin = response.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let granted = expected == "nothing" && origin.is_some();
        assert_eq!(names_origin, granted, "{case}");
    }
}

#[test]
fn a_preflight() {
    for policy in [FEW, ONE, ECHO] {
        for refused in 0..16_u8 {
            let is = |nth: u8| refused & (1 << nth) != 0;
            let pick = |nth, bad, good| if is(nth) { bad } else { good };
            let request = headers([
                (ORIGIN, pick(0, STRANGER, GOOD)),
                (METHOD, pick(1, "PUT", "GET")),
                // Where names are echoed, only what is no list of names is refused.
                (HEADERS, pick(2, "x-b/d", "content-type")),
                (NETWORK, pick(3, "true", "false")),
            ]);
            let expected = ["origin", "method", "header", "network", "nothing"];
            let expected = expected[refused.trailing_zeros().min(4) as usize];
            let refusal = policy.decide(&Method::OPTIONS, &request).refusal();
            assert_eq!(kind(refusal.as_ref()), expected, "{request:?}\n{policy}");
        }
    }
}

/// A network is granted with all else, or not at all.
#[test]
fn a_network_is_granted_to_an_origin() {
    static POLICY: &Policy = cors_policy!({
        "allow_origins": ["https://a.test"],
        "allow_headers": ["Content-Type"],
        "allow_private_network": true,
    }, allow(warnings));
    const ALLOW: &str = "access-control-allow-private-network";
    for (origin, method, granted) in [
        (Some(GOOD), "GET", true),
        (Some(GOOD), "PUT", false),
        (Some(STRANGER), "GET", false),
        (None, "GET", false),
    ] {
        let origin_line = origin.map(|origin| (ORIGIN, origin));
        let others = [(METHOD, method), (NETWORK, "true")];
        let request = headers(origin_line.into_iter().chain(others));
        let mut response = HeaderMap::new();
        let decision = POLICY.decide(&Method::OPTIONS, &request);
        decision.apply(&mut response);
        assert_eq!(response.contains_key(ALLOW), granted, "{origin:?} {method}");
    }
}
