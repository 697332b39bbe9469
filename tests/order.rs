//! Of several things that are refused, the one is named that comes first: the origin, the method, a
//! request header, the private network.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use cors_runtime::{Policy, Refusal, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

/// Answers differ from origin to origin.
static FEW: &Policy = cors_policy!({
    "allow_origins": ["https://a.test", "https://b.test"],
    "allow_headers": ["Content-Type"],
});

/// All answers are the same.
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
        let mut request = HeaderMap::new();
        if let Some(origin) = origin {
            request.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        let decision = policy.decide(&method, &request);
        let case = format!("{method} {origin:?}\n{policy}");
        assert_eq!(kind(decision.refusal().as_ref()), expected, "{case}");
        // A refused method gets no grant, not even one that is the same for everybody.
        let mut answer = HeaderMap::new();
        decision.apply(&mut answer);
        let names_origin = answer.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let grants = match policy.allow_origins().count() {
            1 => method == Method::GET,
            _ => expected == "nothing" && origin.is_some(),
        };
        assert_eq!(names_origin, grants, "{case}");
    }
}

#[test]
fn a_preflight() {
    let network = HeaderName::from_static("access-control-request-private-network");
    for policy in [FEW, ONE, ECHO] {
        for refused in 0..16_u8 {
            let is = |nth: u8| refused & (1 << nth) != 0;
            let pick = |nth, bad, good| HeaderValue::from_static(if is(nth) { bad } else { good });
            let mut request = HeaderMap::new();
            request.insert(header::ORIGIN, pick(0, STRANGER, GOOD));
            request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, pick(1, "PUT", "GET"));
            // Where names are echoed, only what is no list of names is refused.
            let names = pick(2, "x-b/d", "content-type");
            request.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, names);
            request.insert(network.clone(), pick(3, "true", "false"));
            let expected = ["origin", "method", "header", "network", "nothing"];
            let expected = expected[refused.trailing_zeros().min(4) as usize];
            let refusal = policy.decide(&Method::OPTIONS, &request).refusal();
            assert_eq!(kind(refusal.as_ref()), expected, "{request:?}\n{policy}");
        }
    }
}

/// A network is not granted to nobody, even where the answer is the same for everybody.
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
        let mut request = HeaderMap::new();
        if let Some(origin) = origin {
            request.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        let asked = HeaderValue::from_static(method);
        request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, asked);
        let network = HeaderName::from_static("access-control-request-private-network");
        request.insert(network, HeaderValue::from_static("true"));
        let mut answer = HeaderMap::new();
        let decision = POLICY.decide(&Method::OPTIONS, &request);
        decision.apply(&mut answer);
        assert_eq!(answer.contains_key(ALLOW), granted, "{origin:?} {method}");
    }
}
