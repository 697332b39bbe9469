//! A small axum router: with the library's layer, with tower-http's, or bare.
//!
//! It is called as `axum::serve` does it: the router is cloned for each request, and it clones the
//! layered service of the route.

use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, Request as HttpRequest, header};
use tower::{Service, ServiceExt};

use crate::request::Request;
use crate::runner::{self, Runner, Subject};

const PATH: &str = "/items/42";

struct Measured<S> {
    service: S,
    request: &'static Request,
}

/// A router with a layer, or in another service, prepared for a request.
pub fn runner<S>(layer: impl FnOnce(Router) -> S, request: &'static Request) -> Box<dyn Runner>
where
    S: Service<HttpRequest<Body>, Response = Response, Error = Infallible> + Clone + 'static,
{
    let router = Router::new().route("/items", get(item).post(item)).route(
        "/items/{id}",
        get(item).put(item).delete(item).options(nothing),
    );
    let service = layer(router);
    runner::runner(Measured { service, request })
}

/// `axum::serve` does the same, so that handlers become services before the first request.
pub fn finished(router: Router) -> Router {
    router.with_state(())
}

async fn item() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], "{\"id\":42}")
}

/// Answers OPTIONS with as little as possible. Under a layer, a preflight reaches no handler, so
/// almost nothing but routing should be subtracted.
async fn nothing() {}

impl<S> Subject for Measured<S>
where
    S: Service<HttpRequest<Body>, Response = Response, Error = Infallible> + Clone + 'static,
{
    type Input = Option<HttpRequest<Body>>;
    type Output = Option<Response>;

    fn prepare(&mut self) -> Self::Input {
        let mut request = HttpRequest::new(Body::empty());
        *request.method_mut() = self.request.method.clone();
        *request.uri_mut() = PATH.parse().expect("a path");
        *request.headers_mut() = self.request.headers.clone();
        Some(request)
    }

    #[inline]
    fn run(&mut self, request: &mut Self::Input) -> Self::Output {
        let response = pin!(self.service.clone().oneshot(request.take()?));
        match response.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(response)) => Some(response),
            Poll::Pending => None,
        }
    }

    fn headers(_: Self::Input, output: Self::Output) -> Option<HeaderMap> {
        output.map(|response| response.headers().clone())
    }
}
