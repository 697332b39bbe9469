//! What responses say: a table of requests, the handler's responses, and what comes out of the layer.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use cors_runtime::{CorsLayer, Decision, Policy};
use http::{Request, Response};
use tower::{ServiceBuilder, ServiceExt};

use crate::support::{ECHO, LISTED, ONE, PASSTHROUGH, STAR, expected, request, response, text};

struct Case {
    name: &'static str,
    policy: &'static Policy,
    request: &'static str,
    /// What the handler responds with; `None` where it must not be called.
    handler: Option<&'static str>,
    expected: &'static [&'static str],
}

const fn case(
    name: &'static str,
    policy: &'static Policy,
    request: &'static str,
    handler: Option<&'static str>,
    expected: &'static [&'static str],
) -> Case {
    Case {
        name,
        policy,
        request,
        handler,
        expected,
    }
}

const GET: &str = "GET\norigin: https://app.test";
const STRANGER: &str = "GET\norigin: https://evil.test";
const OK: Option<&str> = Some("200");

const GRANTED: &str = "access-control-allow-origin: https://app.test\n\
    access-control-allow-credentials: true\n\
    access-control-expose-headers: X-Request-Id";
const VARY: &str = "vary: Origin";

/// What a handler must not send, or a backend sends.
const BACKEND: &str = "200\n\
    access-control-allow-origin: *\n\
    access-control-allow-origin: https://evil.test\n\
    access-control-allow-credentials: true\n\
    access-control-expose-headers: *\n\
    access-control-allow-methods: DELETE\n\
    access-control-allow-headers: x-debug\n\
    access-control-max-age: 86400\n\
    access-control-allow-private-network: true\n\
    content-type: text/plain";

const PREFLIGHT: &str = "OPTIONS\norigin: https://app.test\n\
    access-control-request-method: PUT\naccess-control-request-headers: content-type";
const PREFLIGHT_GRANTED: &str = "access-control-allow-origin: https://app.test\n\
    access-control-allow-credentials: true";
const PREFLIGHT_TOLD: &str = "access-control-allow-methods: GET, HEAD, POST, PUT, OPTIONS\n\
    access-control-allow-headers: Content-Type\n\
    access-control-max-age: 600";
const PREFLIGHT_VARY: &str =
    "vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

#[rustfmt::skip]
static ACTUAL: &[Case] = &[
    case("an origin that is listed", LISTED, GET, OK, &["200", GRANTED, VARY]),
    case("an origin that is not", LISTED, STRANGER, OK, &["200", VARY]),
    case("no origin", LISTED, "GET", OK, &["200", VARY]),
    case("two origins", LISTED, "GET\norigin: https://app.test\norigin: https://app.test", OK, &["200", VARY]),
    case("a method that is not listed", LISTED, "PATCH\norigin: https://app.test", OK, &["200", VARY]),
    case("OPTIONS, but no preflight", LISTED, "OPTIONS\norigin: https://app.test", OK, &["200", GRANTED, PREFLIGHT_VARY]),
    case("OPTIONS of a stranger, but no preflight", LISTED, "OPTIONS\norigin: https://evil.test", Some("405"),
        &["405", PREFLIGHT_VARY]),
    case("OPTIONS without an origin", LISTED, "OPTIONS", Some("405"), &["405", PREFLIGHT_VARY]),
    case("OPTIONS without an origin, where private networks are allowed", ECHO, "OPTIONS", OK, &["200", ECHO_VARY]),
    case("OPTIONS, but no preflight, and part of `Vary` is there", LISTED, "OPTIONS\norigin: https://app.test",
        Some("200\nvary: Origin"),
        &["200\nvary: Origin\nvary: Access-Control-Request-Method\nvary: Access-Control-Request-Headers", GRANTED]),
    case("OPTIONS that asks for two methods", LISTED,
        "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT\naccess-control-request-method: GET",
        OK, &["200", GRANTED, PREFLIGHT_VARY]),

    case("an error of the handler", LISTED, GET, Some("500"), &["500", GRANTED, VARY]),
    case("a path that does not exist", LISTED, GET, Some("404"), &["404", GRANTED, VARY]),
    case("an error, and a stranger", LISTED, STRANGER, Some("500"), &["500", VARY]),
    case("a redirect", LISTED, GET, Some("302\nlocation: /login"), &["302\nlocation: /login", GRANTED, VARY]),
    case("nothing new", LISTED, GET, Some("304\netag: \"7\""), &["304\netag: \"7\"", GRANTED, VARY]),
    case("nothing new, and a stranger", LISTED, STRANGER, Some("304\netag: \"7\""), &["304\netag: \"7\"", VARY]),

    case("headers of a backend", LISTED, GET, Some(BACKEND), &["200\ncontent-type: text/plain", GRANTED, VARY]),
    case("headers of a backend, and a stranger", LISTED, STRANGER, Some(BACKEND), &["200\ncontent-type: text/plain", VARY]),
    case("headers of a backend, and no origin", LISTED, "GET", Some(BACKEND), &["200\ncontent-type: text/plain", VARY]),
    case("headers of a backend, and a method that is not listed", LISTED, "PATCH\norigin: https://app.test",
        Some(BACKEND), &["200\ncontent-type: text/plain", VARY]),
    case("headers of a backend under `*`", STAR, STRANGER, Some(BACKEND),
        &["200\naccess-control-allow-origin: *\ncontent-type: text/plain", VARY]),
    case("headers of a backend under `*`, and no origin", STAR, "GET", Some(BACKEND), &["200\ncontent-type: text/plain", VARY]),

    case("`Vary` of something else", LISTED, GET, Some("200\nvary: Accept-Encoding"),
        &["200\nvary: Accept-Encoding", GRANTED, VARY]),
    case("`Vary` of the same", LISTED, GET, Some("200\nvary: Origin"), &["200", GRANTED, VARY]),
    case("`Vary` of the same in lower case", LISTED, GET, Some("200\nvary: accept,origin"),
        &["200\nvary: accept,origin", GRANTED]),
    case("`Vary` of the same on the second line", LISTED, GET, Some("200\nvary: Accept\nvary: ORIGIN , Cookie"),
        &["200\nvary: Accept\nvary: ORIGIN , Cookie", GRANTED]),
    case("`Vary` of a longer name", LISTED, GET, Some("200\nvary: Origin-Agent-Cluster, X-Origin"),
        &["200\nvary: Origin-Agent-Cluster, X-Origin", GRANTED, VARY]),
    case("`Vary` of everything", LISTED, GET, Some("200\nvary: *"), &["200\nvary: *", GRANTED]),
    case("`Vary` of everything on the second line", LISTED, STRANGER, Some("200\nvary: Accept\nvary: *"),
        &["200\nvary: Accept\nvary: *"]),
    case("`Vary` of nothing", LISTED, GET, Some("200\nvary:"), &["200\nvary: ", GRANTED, VARY]),

    case("`*`, and an origin", STAR, STRANGER, OK, &["200\naccess-control-allow-origin: *", VARY]),
    case("`*`, and no origin", STAR, "GET", OK, &["200", VARY]),
    case("`*`, and an error", STAR, STRANGER, Some("404\nvary: Accept"),
        &["404\naccess-control-allow-origin: *\nvary: Accept", VARY]),
    case("`*`, and a method that is not listed", STAR, "PATCH\norigin: https://app.test", OK, &["200", VARY]),
    case("one origin, and this", ONE, GET, OK, &["200", PREFLIGHT_GRANTED, VARY]),
    case("one origin, and another", ONE, STRANGER, OK, &["200", VARY]),
    case("one origin, and none", ONE, "GET", Some("404"), &["404", VARY]),
];

#[rustfmt::skip]
static PREFLIGHTS: &[Case] = &[
    case("granted", LISTED, PREFLIGHT, None, &["204", PREFLIGHT_GRANTED, PREFLIGHT_TOLD, PREFLIGHT_VARY]),
    case("of a stranger", LISTED, "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT", None,
        &["204", PREFLIGHT_VARY]),
    case("without an origin", LISTED, "OPTIONS\naccess-control-request-method: PUT", None, &["204", PREFLIGHT_VARY]),
    case("for a method that is not listed", LISTED,
        "OPTIONS\norigin: https://app.test\naccess-control-request-method: PATCH",
        None, &["204", PREFLIGHT_GRANTED, PREFLIGHT_TOLD, PREFLIGHT_VARY]),
    case("for a header that is not listed", LISTED,
        "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT\naccess-control-request-headers: x-debug",
        None, &["204", PREFLIGHT_GRANTED, PREFLIGHT_TOLD, PREFLIGHT_VARY]),
    case("under `*`", STAR, PREFLIGHT, None,
        &["204\naccess-control-allow-origin: *\naccess-control-allow-methods: GET, HEAD, POST, PUT, OPTIONS\n\
           access-control-allow-headers: *, authorization", PREFLIGHT_VARY]),
    case("under `*`, without an origin", STAR, "OPTIONS\naccess-control-request-method: PUT", None,
        &["204", PREFLIGHT_VARY]),
    case("under one origin, with another status", ONE, PREFLIGHT, None,
        &["200\naccess-control-allow-methods: GET, HEAD, POST, OPTIONS\naccess-control-allow-headers: Content-Type",
          PREFLIGHT_GRANTED, PREFLIGHT_VARY]),
    case("under one origin, of a stranger", ONE, "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT",
        None, &["200", PREFLIGHT_VARY]),
    case("with an echo over two lines", ECHO,
        "OPTIONS\norigin: https://x.app.test\naccess-control-request-method: PUT\n\
         access-control-request-headers: x-a, X-B\naccess-control-request-headers: x-c",
        None,
        &["204\naccess-control-allow-origin: https://x.app.test\naccess-control-allow-credentials: true\n\
           access-control-allow-methods: PUT, OPTIONS\naccess-control-allow-headers: x-a, X-B, x-c", ECHO_VARY]),
    case("with nothing to echo", ECHO, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT", None,
        &["204\naccess-control-allow-methods: PUT, OPTIONS", PREFLIGHT_GRANTED, ECHO_VARY]),
    case("with something that is no list", ECHO,
        "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT\naccess-control-request-headers: a b",
        None, &["204\naccess-control-allow-methods: PUT, OPTIONS", PREFLIGHT_GRANTED, ECHO_VARY]),
    case("for a private network", ECHO,
        "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT\n\
         access-control-request-private-network: true",
        None, &["204\naccess-control-allow-methods: PUT, OPTIONS\naccess-control-allow-private-network: true",
                PREFLIGHT_GRANTED, ECHO_VARY]),
    case("for GET where it is not listed", ECHO,
        "OPTIONS\norigin: https://app.test\naccess-control-request-method: GET\naccess-control-request-headers: x-a",
        None, &["204\naccess-control-allow-methods: PUT, OPTIONS\naccess-control-allow-headers: x-a", ECHO_VARY]),

    case("passed on", PASSTHROUGH, PREFLIGHT, Some("200\nallow: GET, PUT"),
        &["200\nallow: GET, PUT", PREFLIGHT_GRANTED, PREFLIGHT_TOLD, PREFLIGHT_VARY]),
    case("passed on, and the handler fails", PASSTHROUGH, PREFLIGHT, Some("405"),
        &["405", PREFLIGHT_GRANTED, PREFLIGHT_TOLD, PREFLIGHT_VARY]),
    case("passed on, of a stranger", PASSTHROUGH,
        "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT", OK, &["200", PREFLIGHT_VARY]),
    case("passed on, and headers of a backend", PASSTHROUGH, PREFLIGHT, Some(BACKEND),
        &["200\ncontent-type: text/plain", PREFLIGHT_GRANTED, PREFLIGHT_TOLD, PREFLIGHT_VARY]),
    case("passed on, of a stranger, and headers of a backend", PASSTHROUGH,
        "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT", Some(BACKEND),
        &["200\ncontent-type: text/plain", PREFLIGHT_VARY]),
    case("passed on, and part of `Vary` is there", PASSTHROUGH, PREFLIGHT,
        Some("200\nvary: access-control-request-method, Accept"),
        &["200\nvary: access-control-request-method, Accept\nvary: Origin\nvary: Access-Control-Request-Headers",
          PREFLIGHT_GRANTED, PREFLIGHT_TOLD]),
    case("passed on, and all of `Vary` is there", PASSTHROUGH, PREFLIGHT,
        Some("200\nvary: origin\nvary: access-control-request-headers,access-control-request-method"),
        &["200\nvary: origin\nvary: access-control-request-headers,access-control-request-method",
          PREFLIGHT_GRANTED, PREFLIGHT_TOLD]),
    case("passed on, but no preflight", PASSTHROUGH, "OPTIONS\norigin: https://app.test", OK, &["200", GRANTED, PREFLIGHT_VARY]),
];

const ECHO_VARY: &str = "vary: Origin, Access-Control-Request-Method, \
    Access-Control-Request-Headers, Access-Control-Request-Private-Network";

#[tokio::test]
async fn actual_requests() {
    run(ACTUAL).await;
}

#[tokio::test]
async fn preflights() {
    run(PREFLIGHTS).await;
}

async fn run(cases: &[Case]) {
    let mut wrong = Vec::new();
    for case in cases {
        let expected = expected(case.expected);
        let layer = through_layer(case).await;
        if layer != (expected.clone(), case.handler.is_some()) {
            wrong.push(format!(
                "{}: expected\n{expected}\n\ngot\n{layer:?}",
                case.name
            ));
        }
        let by_hand = by_hand(case);
        if by_hand != expected {
            wrong.push(format!(
                "{}: expected\n{expected}\n\nby hand\n{by_hand}",
                case.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The response, and whether the handler was called.
async fn through_layer(case: &Case) -> (String, bool) {
    let called = AtomicBool::new(false);
    let handler = async |_: Request<String>| {
        called.store(true, Ordering::Relaxed);
        Ok::<Response<String>, Infallible>(response(case.handler.unwrap_or("500")))
    };
    let service = ServiceBuilder::new()
        .layer(CorsLayer::new(case.policy))
        .service_fn(handler);
    let response = service.oneshot(request(case.request)).await.unwrap();
    (text(&response), called.load(Ordering::Relaxed))
}

fn by_hand(case: &Case) -> String {
    let request: Request<String> = request(case.request);
    let decision = case.policy.decide(request.method(), request.headers());
    if let Some(response) = decision.response::<String>() {
        return text(&response);
    }
    let mut response: Response<String> = response(case.handler.unwrap_or("500"));
    decision.apply(response.headers_mut());
    text(&response)
}

/// For bodies without a default, and for other types of responses.
#[test]
fn a_status_and_the_headers_make_the_response_to_a_preflight() {
    for case in PREFLIGHTS {
        let request: Request<String> = request(case.request);
        let decision = case.policy.decide(request.method(), request.headers());
        let status = match &decision {
            Decision::Preflight(preflight) => preflight.status(),
            Decision::Actual(_) => None,
        };
        let made = status.map(|status| {
            let mut response = Response::new(());
            *response.status_mut() = status;
            decision.apply(response.headers_mut());
            text(&response)
        });
        // Otherwise the handler makes it.
        let expected = case.handler.is_none().then(|| expected(case.expected));
        assert_eq!(made, expected, "{}", case.name);
    }
}

#[test]
fn a_decision_is_the_same_when_applied_twice() {
    for case in ACTUAL.iter().chain(PREFLIGHTS) {
        let request: Request<String> = request(case.request);
        let decision = case.policy.decide(request.method(), request.headers());
        let mut response: Response<String> = response(case.handler.unwrap_or("200"));
        decision.apply(response.headers_mut());
        let once = text(&response);
        decision.apply(response.headers_mut());
        assert_eq!(text(&response), once, "{}", case.name);
    }
}
