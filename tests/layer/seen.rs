//! What a browser sees of a service.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::header;
use tower::{Service, ServiceExt};

pub(crate) const ORIGIN: &str = "https://app.test";

/// What a browser sees of a response: the status, and whether the script may read it.
pub(crate) type Seen = (u16, bool);

/// Sends `method path`; a preflight for PUT if the method is `preflight`.
pub(crate) async fn ask<S>(service: &S, what: &str) -> Seen
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone,
{
    ask_with(service, what, &[]).await
}

pub(crate) async fn ask_with<S>(service: &S, what: &str, headers: &[(&str, &str)]) -> Seen
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone,
{
    let (method, path) = what.split_once(' ').unwrap();
    let mut request = http::Request::builder()
        .uri(path)
        .header(header::ORIGIN, ORIGIN);
    request = match method {
        "preflight" => request
            .method("OPTIONS")
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"),
        method => request.method(method),
    };
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = service.clone().oneshot(request).await.unwrap();
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let readable = allowed.is_some_and(|allowed| allowed == ORIGIN);
    let varies = response.headers().contains_key(header::VARY);
    assert_eq!(readable, varies, "{what}: all headers or none");
    (response.status().as_u16(), readable)
}

#[track_caller]
pub(crate) fn same(what: &str, seen: Seen, expected: Seen) {
    assert_eq!(seen, expected, "{what}");
}

pub(crate) async fn all<S>(service: &S, expected: &[(&str, Seen)])
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone,
{
    for (what, expected) in expected {
        same(what, ask(service, what).await, *expected);
    }
}
