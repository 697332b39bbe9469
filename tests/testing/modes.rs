//! Services that do not suit how a script calls them: what is printed, and the help.

use std::convert::Infallible;

use cors_runtime::testing::{Blocked, Browser, Initiator};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{HeaderMap, Request, Response, StatusCode, header};
use tower::{Layer, Service, service_fn};

use super::{PAGE, STRANGER, URL};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.test"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Content-Type"],
});

/// A handler under the policy that responds with a status and a header.
fn service(
    status: u16,
    line: &'static str,
) -> impl Service<Request<()>, Response = Response<()>, Error = Infallible> {
    let handler = service_fn(move |_: Request<()>| async move {
        let mut response = Response::builder().status(status);
        if let Some((name, value)) = line.split_once(": ") {
            response = response.header(name, value);
        }
        Ok::<_, Infallible>(response.body(()).unwrap())
    });
    CorsLayer::new(CORS).layer(handler)
}

fn request(url: &str) -> Request<()> {
    Request::get(url).body(()).unwrap()
}

async fn made(
    page: &Browser,
    initiator: Initiator,
    url: &str,
    mut service: impl Service<Request<()>, Response = Response<()>, Error = Infallible>,
) -> Blocked {
    let (service, request) = (&mut service, request(url));
    let outcome = match initiator {
        Initiator::EventSource => page.event_source(service, request).await,
        Initiator::WebSocket => page.web_socket(service, request).await.map(drop),
        _ => page.fetch(service, request).await.map(drop),
    };
    outcome.unwrap_err()
}

/// The page's option, the call, the response, the reason as it is printed, and the help.
type Fault = (
    fn(Browser) -> Browser,
    Initiator,
    &'static str,
    (u16, &'static str),
    &'static str,
    &'static str,
);

const SAME: fn(Browser) -> Browser = |page| page;

/// Sentences that begin with `Mixed Content`, `Access to resource`, `EventSource's`, `WebSocket connection`,
/// `Fetch API` and `Unsafe attempt` are Chromium's, compared by hand over TLS.
#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    (SAME, Initiator::Fetch, "http://api.test/articles", (200, ""),
        "Mixed Content: The page at 'https://app.test/' was loaded over HTTPS, but requested an insecure resource \
         'http://api.test/articles'. This request has been blocked; the content must be served over HTTPS.",
        "serve the service over https and call it with `https`; only a service on this machine, such as \
         `http://localhost`, may be called without"),
    (SAME, Initiator::EventSource, "http://api.test/events", (200, ""),
        "Mixed Content: The page at 'https://app.test/' was loaded over HTTPS, but requested an insecure EventSource \
         endpoint 'http://api.test/events'. This request has been blocked; the content must be served over HTTPS.",
        "serve the service over https and call it with `https`; only a service on this machine, such as \
         `http://localhost`, may be called without"),
    (SAME, Initiator::WebSocket, "ws://api.test/live", (101, ""),
        "Mixed Content: The page at 'https://app.test/' was loaded over HTTPS, but attempted to connect to the \
         insecure WebSocket endpoint 'ws://api.test/live'. This request has been blocked; this endpoint must be \
         available over WSS.",
        "serve the service over https and call it with `wss`; only a service on this machine, such as \
         `ws://localhost`, may be called without"),
    // A service behind a proxy that ends TLS, and adds a slash.
    (SAME, Initiator::Fetch, URL, (307, "location: http://api.test/articles/"),
        "Mixed Content: The page at 'https://app.test/' was loaded over HTTPS, but requested an insecure resource \
         'http://api.test/articles/'. This request has been blocked; the content must be served over HTTPS.",
        "redirect to a URL with https instead of http://api.test/articles/; behind a proxy that ends TLS, the service \
         must learn that it is called over https, for example from `X-Forwarded-Proto`"),
    (Browser::with_redirect_error, Initiator::Fetch, URL, (302, "location: /new"),
        "https://api.test/articles: the response is a redirect, and the request has `redirect: \"error\"`",
        "call /new itself, or make the request without `redirect: \"error\"`"),
    (Browser::with_redirect_manual, Initiator::Fetch, URL, (302, "location: /new"),
        "https://api.test/articles: the response is a redirect, of which the script reads nothing with \
         `redirect: \"manual\"`",
        "call /new itself, or make the request without `redirect: \"manual\"`"),
    (Browser::with_redirect_manual, Initiator::Fetch, URL, (302, ""),
        "https://api.test/articles: the response is a redirect, of which the script reads nothing with \
         `redirect: \"manual\"`",
        "respond with a status that is not a redirect, or make the request without `redirect: \"manual\"`"),
    (Browser::with_same_origin_mode, Initiator::Fetch, URL, (200, ""),
        "Fetch API cannot load https://api.test/articles. Request mode is \"same-origin\" but the URL's origin is not \
         same as the request origin https://app.test.",
        "make the request without `mode: \"same-origin\"`"),
    (Browser::with_same_origin_mode, Initiator::Fetch, "https://app.test/a", (302, "location: https://api.test/a"),
        "Unsafe attempt to load URL https://api.test/a from frame with URL https://app.test/. Domains, protocols and \
         ports must match.",
        "redirect to a URL on https://app.test, or make the request without `mode: \"same-origin\"`"),
    (SAME, Initiator::EventSource, URL, (200, "content-type: Application/JSON; charset=utf-8"),
        "EventSource's response has a MIME type (\"application/json\") that is not \"text/event-stream\". Aborting the \
         connection.",
        "respond with 200 and `Content-Type: text/event-stream`; browsers do not connect again after another response"),
    (SAME, Initiator::EventSource, URL, (200, ""),
        "https://api.test/articles: the response to the EventSource has no 'Content-Type' header",
        "respond with 200 and `Content-Type: text/event-stream`; browsers do not connect again after another response"),
    (SAME, Initiator::EventSource, URL, (204, "content-type: text/event-stream"),
        "https://api.test/articles: the response to the EventSource has the status 204 instead of 200",
        "respond with 200 and `Content-Type: text/event-stream`; browsers do not connect again after another response"),
    (Browser::with_credentials, Initiator::EventSource, URL, (200, "content-type: text/event-stream"),
        "Access to resource at 'https://api.test/articles' from origin 'https://app.test' has been blocked by CORS \
         policy: The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' \
         when the request's credentials mode is 'include'.",
        "write `\"allow_credentials\": true`, or make the request without credentials"),
    (SAME, Initiator::WebSocket, "https://api.test/live", (403, ""),
        "WebSocket connection to 'wss://api.test/live' failed: Error during WebSocket handshake: Unexpected response \
         code: 403",
        "the service decides itself whether pages on \"https://app.test\" may connect; if it asks \
         `Policy::allows_origin`, add the origin to `allow_origins`"),
    (SAME, Initiator::WebSocket, "wss://api.test/live", (401, ""),
        "WebSocket connection to 'wss://api.test/live' failed: HTTP Authentication failed; no valid credentials available",
        "a script cannot send `Authorization` with a handshake: use a cookie, or send a token in the first message"),
    (SAME, Initiator::WebSocket, "wss://api.test/live", (426, ""),
        "WebSocket connection to 'wss://api.test/live' failed: Error during WebSocket handshake: Unexpected response \
         code: 426",
        "the service may need a connection that it can upgrade: add \
         `.extension(hyper::upgrade::on(http::Request::new(())))` to the request"),
    (SAME, Initiator::WebSocket, "ws://localhost/live", (200, ""),
        "WebSocket connection to 'ws://localhost/live' failed: Error during WebSocket handshake: Unexpected response \
         code: 200",
        "respond to the handshake with 101; browsers follow no redirect of it"),
];

#[tokio::test]
async fn each_fault_is_printed_with_its_help() {
    for (option, initiator, url, (status, line), reason, help) in FAULTS {
        let page = option(Browser::at(PAGE));
        let blocked = made(&page, *initiator, url, service(*status, line)).await;
        assert_eq!(blocked.to_string(), *reason);
        assert_eq!(blocked.help().as_deref(), Some(*help), "{reason}");
    }
}

#[tokio::test]
async fn what_made_the_request_is_known() {
    for initiator in [
        Initiator::Fetch,
        Initiator::EventSource,
        Initiator::WebSocket,
    ] {
        let page = Browser::at(PAGE);
        let called = service(200, "");
        match made(&page, initiator, "http://api.test/", called).await {
            Blocked::MixedContent { access } => assert_eq!(access.initiator, initiator),
            other => panic!("{other:?}"),
        }
    }
}

/// A handler behind the layer still has to check the origin of a handshake.
#[tokio::test]
async fn the_layer_does_not_protect_a_web_socket() {
    let opens = async |page: &str, checks: bool| {
        let handler = service_fn(move |request: Request<()>| async move {
            let status = if checks && !may_connect(request.headers()) {
                StatusCode::FORBIDDEN
            } else {
                StatusCode::SWITCHING_PROTOCOLS
            };
            Ok::<_, Infallible>(Response::builder().status(status).body(()).unwrap())
        });
        let mut service = CorsLayer::new(CORS).layer(handler);
        let page = Browser::at(page);
        let opened = page.web_socket(&mut service, request("wss://api.test/live"));
        opened.await.is_ok()
    };
    assert!(opens(PAGE, false).await && opens(STRANGER, false).await);
    assert!(opens(PAGE, true).await && !opens(STRANGER, true).await);
}

fn may_connect(handshake: &HeaderMap) -> bool {
    let origin = handshake.get(header::ORIGIN);
    let origin = origin.and_then(|origin| origin.to_str().ok());
    origin.is_some_and(|origin| CORS.allows_origin(origin))
}

/// What a service adds to requests, such as the address of the client, is still there.
#[tokio::test]
async fn extensions_reach_the_service() {
    #[derive(Clone)]
    struct Client;
    let mut seen = 0;
    let mut service = service_fn(|request: Request<()>| {
        seen += usize::from(request.extensions().get::<Client>().is_some());
        let response = Response::builder().header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        let response = response.header(header::CONTENT_TYPE, "text/event-stream");
        async { Ok::<_, Infallible>(response.body(()).unwrap()) }
    });
    let request = || Request::get(URL).extension(Client).body(()).unwrap();
    let page = Browser::at(PAGE);
    page.event_source(&mut service, request()).await.unwrap();
    page.web_socket(&mut service, request()).await.unwrap_err();
    assert_eq!(seen, 2);
}
