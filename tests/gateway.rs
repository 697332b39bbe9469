//! A service behind a gateway that has the same policy: the gateway adds its CORS headers to those of
//! the service, and browsers refuse a response that has one of them twice.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{CorsLayer, Decision, Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use tower::{Layer, Service, service_fn};

use requests::{HEADERS, METHOD, NETWORK, ORIGIN, headers};

static POLICIES: &[(&Policy, &str)] = &[
    (
        cors_policy!({
            "allow_origins": ["*"],
            "allow_headers": ["*"],
            "expose_headers": ["X-A"],
        }),
        "https://a.test",
    ),
    (
        cors_policy!({
            "allow_origins": ["https://a.test"],
            "allow_headers": ["X-A"],
            "expose_headers": ["X-A"],
        }),
        "https://a.test",
    ),
    (
        cors_policy!({
            "allow_origins": ["https://a.test"],
            "allow_headers": ["X-A"],
            "expose_headers": ["X-A"],
            "allow_credentials": true,
        }),
        "https://a.test",
    ),
    (
        cors_policy!({
            "allow_origins": ["https://a.test", "https://b.test"],
            "allow_headers": ["X-A"],
            "expose_headers": ["X-A"],
        }),
        "https://b.test",
    ),
    (
        cors_policy!({
            "allow_origins": ["https://*.a.test"],
            "allow_headers": ["X-A"],
            "expose_headers": ["X-A", "X-B"],
            "allow_credentials": true,
        }, allow(warnings)),
        "https://x.a.test",
    ),
    (
        cors_policy!({
            "allow_origins": ["https://a.test", "https://*.a.test"],
            "allow_methods": ["GET", "HEAD", "POST", "PUT", "OPTIONS"],
            "allow_headers": ["*"],
            "expose_headers": ["X-A"],
            "max_age": "10m",
            "allow_credentials": true,
            "allow_private_network": true,
        }, allow(warnings)),
        "https://a.test",
    ),
];

/// A gateway as KrakenD is one, with the encoding `no-op`: it responds to preflights itself, forwards no
/// header that it was not told to, and adds the headers of the backend to its own.
#[derive(Clone, Debug)]
struct Gateway<S> {
    backend: S,
    policy: &'static Policy,
}

impl<S> Service<Request<()>> for Gateway<S>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible, Future: 'static>,
{
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<()>, Infallible>>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.backend.poll_ready(cx)
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        let decision = self.policy.decide(request.method(), request.headers());
        if let Decision::Preflight(preflight) = &decision
            && let Some(response) = preflight.response()
        {
            return Box::pin(ready(Ok(response)));
        }
        let mut own = HeaderMap::new();
        decision.apply(&mut own);
        let mut forwarded = Request::new(());
        *forwarded.method_mut() = request.method().clone();
        *forwarded.uri_mut() = request.uri().clone();
        let agent = HeaderValue::from_static("KrakenD");
        forwarded.headers_mut().insert(header::USER_AGENT, agent);
        let response = self.backend.call(forwarded);
        Box::pin(async {
            let mut response = response.await?;
            for (name, value) in response.headers() {
                own.append(name, value.clone());
            }
            *response.headers_mut() = own;
            Ok(response)
        })
    }
}

/// The response of a service to a request.
fn responded<S>(mut service: S, method: &Method, request: HeaderMap) -> Response<()>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let mut asked = Request::new(());
    *asked.method_mut() = method.clone();
    *asked.headers_mut() = request;
    let response = pin!(service.call(asked));
    match response.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => response,
        Poll::Pending => panic!("all responses are there at once"),
    }
}

/// A handler that sends these headers.
fn handler(
    lines: &'static [(&'static str, &'static str)],
) -> impl Service<Request<()>, Response = Response<()>, Error = Infallible, Future: 'static> {
    service_fn(move |_| {
        let mut response = Response::new(());
        *response.headers_mut() = headers(lines.iter().copied());
        ready(Ok(response))
    })
}

/// The CORS headers by name, with every value.
fn cors(response: &Response<()>) -> Vec<(&HeaderName, Vec<&HeaderValue>)> {
    let names = response.headers().keys();
    names
        .filter(|name| name.as_str().starts_with("access-control-"))
        .map(|name| (name, response.headers().get_all(name).iter().collect()))
        .collect()
}

fn kinds(origin: &'static str) -> Vec<(Method, HeaderMap)> {
    vec![
        (Method::GET, headers([(ORIGIN, origin)])),
        (Method::POST, headers([(ORIGIN, origin)])),
        (Method::PUT, headers([(ORIGIN, origin)])),
        (Method::OPTIONS, headers([(ORIGIN, origin)])),
        (Method::GET, headers([(ORIGIN, "https://evil.test")])),
        (Method::GET, HeaderMap::new()),
        (
            Method::OPTIONS,
            headers([
                (ORIGIN, origin),
                (METHOD, "GET"),
                (HEADERS, "x-a"),
                (NETWORK, "true"),
            ]),
        ),
        (
            Method::OPTIONS,
            headers([(ORIGIN, "https://evil.test"), (METHOD, "GET")]),
        ),
        (Method::OPTIONS, headers([(METHOD, "GET")])),
    ]
}

#[test]
fn every_cors_header_has_one_value() {
    let mut granted = 0;
    for (policy, origin) in POLICIES {
        for (method, request) in kinds(origin) {
            let case = format!("{method} {request:?}\n{policy}");
            let service =
                || CorsLayer::new(policy).layer(handler(&[("content-type", "text/plain")]));
            let backend = service();
            let response = responded(Gateway { backend, policy }, &method, request.clone());
            let cors = cors(&response);
            for (name, values) in &cors {
                assert_eq!(values.len(), 1, "{name}: {values:?}, {case}");
            }
            // What the browser gets is what the service alone would have sent.
            let alone = responded(service(), &method, request);
            assert_eq!(cors, self::cors(&alone), "{case}");
            granted += usize::from(!cors.is_empty());
        }
    }
    assert!(granted >= POLICIES.len() * 4, "{granted}");
}

/// The gateway does add to what it gets, so the test above can fail.
#[tokio::test]
async fn a_backend_with_cors_headers_of_its_own_doubles_them() {
    let (policy, origin) = POLICIES[0];
    let backend = handler(&[("access-control-allow-origin", "*")]);
    let mut gateway = Gateway { backend, policy };
    let request = Request::get("https://api.test/").body(()).unwrap();
    let blocked = Browser::at(origin).fetch(&mut gateway, request).await;
    let blocked = blocked.unwrap_err();
    assert!(
        matches!(blocked, Blocked::SeveralOrigins { .. }),
        "{blocked}"
    );
}
