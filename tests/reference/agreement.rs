//! Calling `decide`, `response` and `apply` by hand gives the same result as the layer.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cors_runtime::{CorsLayer, Decision, Policy, Refusal, RefusedRequest, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use tower::{Layer, Service, service_fn};

use crate::{policies, random};

/// Kinds of policies that the random ones do not include.
pub(crate) static OTHERS: &[&Policy] = &[
    cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"] }),
    cors_policy!({}, allow(warnings)),
    cors_policy!("tests/large/ten_thousand.json"),
    cors_policy!("tests/large/long_origin.json", allow(unusual_host)),
    cors_policy!({
        "allow_origins": [
            "https://*.a.test", "https://*.b.test", "https://*.c.a.test", "http://*.a.test",
            "https://*-x.a.test", "http://localhost:*", "https://a.*", "*://a.test",
        ],
        "allow_methods": ["GET", "PATCH", "PURGE"],
        "allow_headers": ["*"],
        "expose_headers": ["X-A", "X-B"],
        "max_age": "0s",
        "debug": true,
    }, allow(warnings)),
    cors_policy!({
        "allow_origins": ["https://a.test", "https://*.a.test"],
        "allow_methods": ["PUT"],
        "allow_headers": ["*"],
        "allow_credentials": true,
        "allow_private_network": true,
        "options_passthrough": true,
        "debug": true,
    }, allow(warnings)),
];

/// A request, and the response of the handler.
#[derive(Clone, Debug)]
struct Case {
    policy: &'static Policy,
    method: Method,
    request: HeaderMap,
    status: StatusCode,
    response: HeaderMap,
}

/// The response, and the request that reached the handler.
#[derive(Debug, PartialEq)]
struct Seen {
    status: StatusCode,
    /// Lines sorted by name. Lines of one name are in the order in which they were sent.
    headers: BTreeMap<String, Vec<HeaderValue>>,
    reached: Option<(Method, Uri, HeaderMap)>,
    refusal: Option<Refusal>,
}

impl Seen {
    fn new(
        response: &Response<u8>,
        reached: Option<(Method, Uri, HeaderMap)>,
        refusal: Option<Refusal>,
    ) -> Self {
        let mut headers: BTreeMap<String, Vec<HeaderValue>> = BTreeMap::new();
        for (name, value) in response.headers() {
            let lines = headers.entry(name.to_string()).or_default();
            lines.push(value.clone());
        }
        Self {
            status: response.status(),
            headers,
            reached,
            refusal,
        }
    }
}

impl Case {
    fn request(&self) -> Request<()> {
        let mut request = Request::new(());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = Uri::from_static("/articles?page=7");
        *request.headers_mut() = self.request.clone();
        request
    }

    fn response(&self) -> Response<u8> {
        let mut response = Response::new(7);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.response.clone();
        response
    }

    fn by_hand(&self) -> Seen {
        let request = self.request();
        let decision = self.policy.decide(request.method(), request.headers());
        if let Some(response) = decision.response() {
            return Seen::new(&response, None, decision.refusal());
        }
        let mut response = self.response();
        decision.apply(response.headers_mut());
        let (parts, ()) = request.into_parts();
        let reached = Some((parts.method, parts.uri, parts.headers));
        Seen::new(&response, reached, decision.refusal())
    }

    fn by_the_layer(&self) -> Seen {
        let reached = RefCell::new(None);
        let handler = |request: Request<()>| {
            let (parts, ()) = request.into_parts();
            let earlier = reached.replace(Some((parts.method, parts.uri, parts.headers)));
            assert!(earlier.is_none(), "the handler is called once");
            ready(Ok::<_, Infallible>(self.response()))
        };
        let refused = RefCell::new(None);
        let hook = |request: &RefusedRequest<'_>| {
            let earlier = refused.replace(Some(request.refusal().clone()));
            assert!(earlier.is_none(), "the hook is called once");
        };
        let layer = CorsLayer::new(self.policy).on_refusal(hook);
        let mut service = layer.layer(service_fn(handler));
        let future = pin!(service.call(self.request()));
        let Poll::Ready(Ok(response)) = future.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("the handler responds at once, so the layer does");
        };
        assert_eq!(*response.body(), reached.borrow().as_ref().map_or(0, |_| 7));
        Seen::new(&response, reached.take(), refused.take())
    }
}

fn case() -> impl Strategy<Value = Case> {
    let random = policies::POLICIES.iter().map(|(_, policy)| *policy);
    let policies: Vec<_> = random.chain(OTHERS.iter().copied()).collect();
    let asked = prop_oneof![4 => usual(), 1 => hostile()];
    let status = select(&[200, 204, 302, 304, 404, 405, 500][..]);
    (select(policies), asked, status, response()).prop_map(
        |(policy, (method, request), status, response)| Case {
            policy,
            method,
            request,
            status: StatusCode::from_u16(status).unwrap(),
            response,
        },
    )
}

fn usual() -> impl Strategy<Value = (Method, HeaderMap)> {
    random::request().prop_map(|request| {
        let method = Method::from_bytes(request.method.as_bytes()).unwrap();
        let lines = request.lines.iter().map(|(name, value)| {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            (HeaderName::from_static(name), value)
        });
        (method, lines.collect())
    })
}

/// Any lines of any length, in any order.
fn hostile() -> impl Strategy<Value = (Method, HeaderMap)> {
    const NAMES: &[&str] = &[
        "origin",
        "access-control-request-method",
        "access-control-request-headers",
        "access-control-request-headers",
        "access-control-request-private-network",
        "access-control-allow-origin",
        "vary",
        "cookie",
    ];
    const PIECES: &[&str] = &[
        "https://",
        "http://",
        "a.test",
        ".a.test",
        "b.test",
        "x",
        ":8443",
        ":",
        "/",
        "@",
        "null",
        "*",
        "GET",
        "PUT",
        "PURGE",
        "true",
        "x-a",
        "content-type",
        "authorization",
        "X-A",
        ",",
        ",,",
        ", ",
        " ",
        "\t",
        "\u{e9}",
        "\"",
        ";",
        "=",
        "~",
        "tenant-4711.apps.example.com",
    ];
    const LENGTHS: &[usize] = &[
        1, 7, 8, 15, 16, 17, 63, 64, 65, 511, 512, 513, 8192, 65_536, 65_537,
    ];
    let value = prop_oneof![
        8 => proptest::collection::vec(select(PIECES), 0..6)
            .prop_map(|pieces| pieces.concat().into_bytes()),
        1 => (select(PIECES), select(LENGTHS))
            .prop_map(|(piece, length)| piece.bytes().cycle().take(length).collect()),
        1 => select(LENGTHS)
            .prop_map(|length| format!("https://{}.a.test", "x".repeat(length)).into_bytes()),
        1 => proptest::collection::vec(select(&["x-a", "x-b", "", "X-C", " x-d "][..]), 0..40)
            .prop_map(|names| names.join(",").into_bytes()),
    ];
    let lines = prop_oneof![
        8 => proptest::collection::vec((select(NAMES), value.clone()), 0..8),
        1 => proptest::collection::vec((Just("access-control-request-headers"), value), 0..20),
    ];
    let method = select(&["GET", "OPTIONS", "OPTIONS", "OPTIONS", "options", "PURGE"][..]);
    (method, lines, any::<bool>()).prop_map(|(method, lines, of_an_origin)| {
        let mut headers: HeaderMap = lines
            .into_iter()
            .map(|(name, value)| {
                let value = HeaderValue::from_bytes(&value).unwrap();
                (HeaderName::from_static(name), value)
            })
            .collect();
        if of_an_origin {
            headers.insert("origin", HeaderValue::from_static("https://a.test"));
            let method = HeaderValue::from_static("PUT");
            headers.insert("access-control-request-method", method);
        }
        (Method::from_bytes(method.as_bytes()).unwrap(), headers)
    })
}

/// Headers of a handler, or of a backend that sends CORS headers which it should not.
fn response() -> impl Strategy<Value = HeaderMap> {
    const LINES: &[(&str, &str)] = &[
        ("content-type", "text/plain"),
        ("vary", "Accept-Encoding"),
        ("vary", "Origin"),
        ("vary", "origin , access-control-request-method"),
        ("vary", "Accept,Access-Control-Request-Headers"),
        ("vary", "*"),
        ("vary", ""),
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", "https://evil.test"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "DELETE"),
        ("access-control-allow-headers", "x-debug"),
        ("access-control-expose-headers", "*"),
        ("access-control-max-age", "86400"),
        ("access-control-allow-private-network", "true"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
    ];
    let some = proptest::sample::subsequence(LINES, 0..=LINES.len()).prop_shuffle();
    let lines = prop_oneof![2 => Just(vec![]), 1 => some];
    lines.prop_map(|lines| {
        let lines = lines.into_iter().map(|(name, value)| {
            let name = HeaderName::from_static(name);
            (name, HeaderValue::from_static(value))
        });
        lines.collect()
    })
}

#[test]
fn by_hand_and_by_the_layer() {
    let config = Config {
        cases: crate::tries(7_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counts = RefCell::new(BTreeMap::<_, usize>::new());
    let outcome = runner.run(&case(), |case| {
        let by_hand = case.by_hand();
        prop_assert_eq!(case.by_the_layer(), by_hand);
        let decision = case.policy.decide(&case.method, &case.request);
        let kind = (
            matches!(decision, Decision::Preflight(_)),
            case.policy.options_passthrough(),
            decision.refusal().is_some(),
        );
        *counts.borrow_mut().entry(kind).or_default() += 1;
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // There are many of each kind: preflights or not, passed on or not, refused or not.
    let counts = counts.into_inner();
    assert!(
        counts.len() == 8 && counts.values().all(|count| *count > 30),
        "{counts:?}"
    );
}
