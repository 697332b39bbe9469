//! The service.

use std::task::{Context, Poll};

use http::{HeaderMap, Method, Request, Response};
use tower_service::Service;

use super::future::Grant;
use super::{CorsLayer, ResponseFuture};
use crate::Policy;
use crate::grant::{Actual, Preflight};
use crate::judge::Verdict;
use crate::request::Asked;

/// A service under a [`Policy`]; made by [`CorsLayer`].
///
/// CORS-preflight requests are answered without the inner service, with an empty body, unless
/// the policy says `options_passthrough`. Every other request goes through, and its answer gets
/// the headers of the decision, whatever its status. Errors of the inner service pass as they are.
#[derive(Clone, Debug)]
#[must_use = "a service does nothing until it is called"]
pub struct Cors<S> {
    inner: S,
    layer: CorsLayer,
}

impl<S> Cors<S> {
    /// `inner` under `policy`.
    pub fn new(inner: S, policy: &'static Policy) -> Self {
        Self::layered(inner, CorsLayer::new(policy))
    }

    pub(super) fn layered(inner: S, layer: CorsLayer) -> Self {
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

    #[inline(never)]
    fn judge_preflight(&self, headers: &HeaderMap) -> Option<Preflight> {
        let asked = Asked::read(headers)?;
        let mut grant = Preflight::new(self.layer.policy);
        grant.judge(&asked);
        Some(grant)
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
        if *request.method() == Method::OPTIONS
            && let Some(preflight) = self.judge_preflight(request.headers())
        {
            return match self.layer.template.response(&preflight) {
                Some(response) => ResponseFuture::answered(response),
                None => {
                    ResponseFuture::passed_on(self.inner.call(request), Grant::Preflight(preflight))
                }
            };
        }
        let verdict = Verdict::actual(self.layer.policy, request.method(), request.headers());
        let grant = Actual {
            policy: self.layer.policy,
            allow_origin: verdict.allow_origin(self.layer.policy),
        };
        ResponseFuture::passed_on(self.inner.call(request), Grant::Actual(grant))
    }
}
