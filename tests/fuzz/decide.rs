//! Any request, any response of the handler. Nothing panics; nothing that a browser may take for a
//! grant goes to a stranger; what a browser makes of the response is what the decision says; and the
//! layer responds as the decision does.
//!
//! `README.md` says how to run it.

#![no_main]

#[path = "../support/replay.rs"]
mod replay;

use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cors_runtime::{Cors, Decision, Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use libfuzzer_sys::fuzz_target;
use tower::{Service, service_fn};

static POLICIES: [&Policy; 5] = [
    cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"] }),
    cors_policy!({
        "allow_origins": ["https://example.com"],
        "allow_methods": ["GET", "PUT"],
        "allow_headers": ["X-A", "Content-Type"],
        "allow_credentials": true,
    }),
    cors_policy!({
        "allow_origins": [
            "https://*.example.com", "http://localhost:*", "https://example.com", "https://a.test",
            "https://b.test", "https://c.test", "https://d.test", "https://e.test", "https://f.test",
            "https://g.test", "https://h.test",
        ],
        "allow_headers": ["*"],
        "allow_credentials": true,
        "allow_private_network": true,
        "max_age": "1h",
    }, allow(warnings)),
    cors_policy!({
        "allow_origins": ["http*", "*.example.org"],
        "allow_methods": ["PATCH", "PURGE"],
        "allow_headers": [
            "X-A", "X-B", "X-C", "X-D", "X-E", "X-F", "X-G", "X-H", "X-I", "Authorization",
        ],
        "options_passthrough": true,
    }, allow(warnings)),
    cors_policy!("../large/ten_thousand.json"),
];

/// What the fuzzer makes up.
struct Input {
    policy: &'static Policy,
    request: Request<()>,
    /// Of the handler, which responds to every request alike.
    response: HeaderMap,
}

/// The first byte chooses the policy; then a method, lines of the request, an empty line, and lines
/// of the handler's response.
fn read(data: &[u8]) -> Option<Input> {
    let (choice, rest) = data.split_first()?;
    let policy = POLICIES[usize::from(*choice) % POLICIES.len()];
    let mut lines = rest.split(|byte| *byte == b'\n');
    let method = Method::from_bytes(lines.next()?).ok()?;
    let mut maps = [HeaderMap::new(), HeaderMap::new()];
    let mut response = 0;
    for line in lines.take(200) {
        if line.is_empty() {
            response = 1;
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        maps[response].append(name, HeaderValue::from_bytes(&line[colon + 1..]).ok()?);
    }
    let [request, response] = maps;
    Some(Input {
        policy,
        request: replay::request(method, request),
        response,
    })
}

fuzz_target!(|data: &[u8]| {
    let Some(input) = read(data) else {
        return;
    };
    let (method, request) = (input.request.method(), input.request.headers());
    let decision = input.policy.decide(method, request);
    let refusal = decision.refusal();
    if let Some(refusal) = &refusal {
        assert!(refusal.to_string().is_ascii() || refusal.to_string().contains('…'));
    }

    let mut applied = Response::new(());
    *applied.headers_mut() = input.response.clone();
    decision.apply(applied.headers_mut());
    is_safe(&input, applied.headers());
    let mut again = applied.headers().clone();
    decision.apply(&mut again);
    assert_eq!(
        applied.headers(),
        &again,
        "to apply a decision twice changes nothing"
    );

    let finished = match &decision {
        Decision::Preflight(preflight) => preflight.response::<()>(),
        Decision::Actual(_) => None,
    };
    if let Some(response) = &finished {
        is_safe(&input, response.headers());
        let mut empty = HeaderMap::new();
        decision.apply(&mut empty);
        assert_eq!(
            response.headers(),
            &empty,
            "a response is the decision and nothing else"
        );
    }

    let by_hand = finished.unwrap_or(applied);
    let by_layer = through_layer(&input);
    assert_eq!(by_layer.status(), by_hand.status());
    assert_eq!(by_layer.headers(), by_hand.headers());

    let include = input.policy.allow_credentials();
    if let Some(seen) = replay::replay(&input.request, &by_hand, include) {
        assert_eq!(
            seen.is_ok(),
            refusal.is_none(),
            "{refusal:?}, {seen:?}, and {by_hand:?}"
        );
    }
});

/// What must hold of every response.
fn is_safe(input: &Input, response: &HeaderMap) {
    let lines = |name| response.get_all(name).iter().collect::<Vec<&HeaderValue>>();
    let allowed = lines(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert!(allowed.len() <= 1, "one origin at most");
    let credentials = lines(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    assert!(credentials.len() <= 1 && (credentials.is_empty() || input.policy.allow_credentials()));
    if let [allowed] = allowed.as_slice() {
        let asked = input.request.headers().get(header::ORIGIN) == Some(allowed);
        let listed = || input.policy.allow_origins().any(|entry| entry == *allowed);
        assert!(
            asked || listed(),
            "the request's own origin or a listed one"
        );
        let bytes = allowed.as_bytes();
        let sound = bytes == b"*"
            || bytes
                .iter()
                .all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
                && !bytes.iter().any(|byte| b"@?#\\".contains(byte))
                && bytes.windows(2).filter(|pair| *pair == b"//").count() == 1
                && bytes.iter().filter(|byte| **byte == b'/').count() == 2;
        assert!(sound, "{allowed:?} is no origin");
    } else {
        assert!(credentials.is_empty(), "no credentials without an origin");
    }
}

fn through_layer(input: &Input) -> Response<()> {
    let handler = |_: Request<()>| {
        let mut response = Response::new(());
        *response.headers_mut() = input.response.clone();
        ready(Ok::<_, Infallible>(response))
    };
    let mut service = Cors::new(service_fn(handler), input.policy);
    let future = pin!(service.call(input.request.clone()));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => response,
        Poll::Pending => panic!("the handler is ready, so the layer must be"),
    }
}
