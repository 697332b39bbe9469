//! The service.

use std::fmt;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::on_refusal::{IgnoreRefusals, OnRefusal};
use super::{CorsLayer, ResponseFuture};
use crate::decision::Decision;
use crate::policy::Policy;

/// A service under a [`Policy`]; made by [`CorsLayer`].
///
/// CORS-preflight requests get their response without the inner service, with an empty body, unless
/// the policy says `options_passthrough`. Every other request goes through, and its response gets
/// the headers of the decision, whatever its status. Errors of the inner service pass as they are.
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
    /// `inner` under `policy`.
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

    /// The inner service, to change it.
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

    // A preflight would not need the inner service to be ready, but which request comes is not
    // known yet. A slot that it holds ready is kept for the next call.
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
            Decision::Preflight(preflight) => match preflight.response() {
                Some(response) => ResponseFuture::finished(response),
                None => ResponseFuture::passed_on(self.inner.call(request), preflight),
            },
        }
    }
}
