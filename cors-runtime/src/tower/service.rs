//! The service.

use std::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::ResponseFuture;
use crate::{Decision, Policy};

/// A service under a [`Policy`]; made by [`CorsLayer`](super::CorsLayer).
///
/// CORS-preflight requests are answered without the inner service, with an empty body, unless
/// the policy says `options_passthrough`. Every other request goes through, and its answer gets
/// the headers of the decision, whatever its status. Errors of the inner service pass as they are.
#[derive(Clone, Copy, Debug)]
#[must_use = "a service does nothing until it is called"]
pub struct Cors<S> {
    inner: S,
    policy: &'static Policy,
}

impl<S> Cors<S> {
    /// `inner` under `policy`.
    pub const fn new(inner: S, policy: &'static Policy) -> Self {
        Self { inner, policy }
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

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for Cors<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
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

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let decision = self.policy.decide(request.method(), request.headers());
        if let Decision::Preflight(preflight) = &decision
            && let Some(response) = preflight.response()
        {
            return ResponseFuture::answered(response);
        }
        ResponseFuture::passed_on(self.inner.call(request), decision)
    }
}
