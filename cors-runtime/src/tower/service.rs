//! The service under a policy.

use std::fmt;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::on_refusal::{IgnoreRefusals, OnRefusal};
use super::{CorsLayer, ResponseFuture};
use crate::decision::Decision;
use crate::policy::Policy;

/// A service under a [`Policy`], created by [`CorsLayer`].
///
/// It responds to CORS-preflight requests itself, with an empty body, unless the policy says
/// `options_passthrough`. Every other request is passed to the inner service, and the headers of the
/// decision are written into the response, whatever its status. Errors of the inner service are
/// returned unchanged, and so are the trailers of a body.
///
/// A preflight waits until the inner service is ready, as every request does. If it is not passed on, the
/// inner service stays ready for the next call, and keeps what it reserved for that, such as the slot of a
/// concurrency limit.
///
/// ```
/// use cors_runtime::{Cors, Policy, cors_policy};
/// use tower::{Service, service_fn};
///
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
/// let handler = service_fn(async |_: http::Request<String>| {
///     Ok::<_, std::convert::Infallible>(http::Response::new("hello".to_owned()))
/// });
/// let mut service = Cors::new(handler, CORS);
/// let response = service.call(http::Request::default()); // a future
/// # drop(response);
/// ```
#[derive(Clone)]
#[must_use = "a service does nothing until it is called"]
pub struct Cors<S, H = IgnoreRefusals> {
    inner: S,
    layer: CorsLayer<H>,
}

impl<S> Cors<S> {
    /// Applies `policy` to the responses of `inner`.
    pub const fn new(inner: S, policy: &'static Policy) -> Self {
        let layer = CorsLayer::new(policy);
        Self { inner, layer }
    }
}

impl<S, H> Cors<S, H> {
    pub(super) fn layered(inner: S, layer: CorsLayer<H>) -> Self {
        Self { inner, layer }
    }

    /// The inner service.
    pub const fn get_ref(&self) -> &S {
        &self.inner
    }

    /// The inner service, mutably.
    pub const fn get_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    /// The inner service, without the policy.
    pub fn into_inner(self) -> S {
        self.inner
    }
}

impl<S: fmt::Debug, H> fmt::Debug for Cors<S, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cors")
            .field("inner", &self.inner)
            .field("layer", &self.layer)
            .finish()
    }
}

impl<S, H, RequestBody, ResponseBody> Service<Request<RequestBody>> for Cors<S, H>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    H: OnRefusal,
    ResponseBody: Default,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, ResponseBody>;

    // A preflight does not need the inner service to be ready, but the next request is not known yet.
    // If it is a preflight, the inner service stays ready for the call after it.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    #[inline]
    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let CorsLayer { policy, on_refusal } = &self.layer;
        let decision = policy.decide(request.method(), request.headers());
        on_refusal.look(&decision, &request);
        match decision {
            Decision::Actual(actual) => ResponseFuture::actual(self.inner.call(request), actual),
            Decision::Preflight(preflight) => match preflight.status() {
                Some(status) => {
                    let mut response = Response::new(ResponseBody::default());
                    *response.status_mut() = status;
                    preflight.reserve(response.headers_mut());
                    preflight.apply(response.headers_mut());
                    ResponseFuture::finished(response)
                }
                None => ResponseFuture::passed_on(self.inner.call(request), preflight),
            },
        }
    }
}
