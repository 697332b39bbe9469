//! The service.

use std::task::{Context, Poll};

use http::{HeaderMap, Method, Request, Response};
use tower_service::Service;

use super::future::AllowOrigin;
use super::{CorsLayer, ResponseFuture};
use crate::judge;
use crate::request::Asked;
use crate::{Policy, Preflight};

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

    /// Answers a CORS-preflight request; `None` for any other.
    #[inline(never)]
    fn answer<B: Default>(&self, headers: &HeaderMap) -> Option<Response<B>> {
        let asked = Asked::read(headers)?;
        let grant = judge::grant(self.layer.policy, &asked);
        self.layer.template.response(&grant)
    }

    /// What a CORS-preflight request is granted, where the handler answers it.
    #[inline(never)]
    fn pass(&self, headers: &HeaderMap) -> Option<Preflight> {
        let asked = Asked::read(headers)?;
        let grant = judge::grant(self.layer.policy, &asked);
        Some(Preflight::unexplained(grant))
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

    #[inline]
    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let policy = self.layer.policy;
        let (method, headers) = (request.method(), request.headers());
        if *method == Method::OPTIONS {
            if policy.options_passthrough() {
                if let Some(preflight) = self.pass(headers) {
                    return ResponseFuture::passed_on(self.inner.call(request), preflight);
                }
            } else if let Some(response) = self.answer(headers) {
                return ResponseFuture::answered(response);
            }
        }
        let allow_origin = AllowOrigin::of(judge::ActualRequest {
            policy,
            method,
            headers,
        });
        ResponseFuture::actual(self.inner.call(request), policy, allow_origin)
    }
}
