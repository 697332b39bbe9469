//! A service with a policy, and what browsers do with its responses.

use cors_runtime::testing::Blocked;
use cors_runtime::{Decision, Policy};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};

use crate::replay::replay;

/// The request headers in these tests. A policy ignores the last two.
pub(crate) const NAMES: &[&str] = &[
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "access-control-request-private-network",
    "accept-encoding",
    "cookie",
];

/// A request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request<()>,
    pub(crate) response: Response<()>,
}

impl Exchange {
    pub(crate) fn new(policy: &'static Policy, request: Request<()>) -> Self {
        let response = respond(policy, &request);
        Self { request, response }
    }
}

/// The response of a service that has no handler for OPTIONS, unless the policy needs one.
pub(crate) fn respond(policy: &'static Policy, request: &Request<()>) -> Response<()> {
    let decision = policy.decide(request.method(), request.headers());
    if let Decision::Preflight(preflight) = &decision
        && let Some(response) = preflight.response()
    {
        return response;
    }
    let mut response = Response::new(());
    if request.method() == Method::OPTIONS && !policy.options_passthrough() {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    }
    let text = HeaderValue::from_static("text/plain");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    decision.apply(response.headers_mut());
    response
}

/// What a page's script gets with and without credentials; `None` if no browser sends the request.
pub(crate) fn seen(
    request: &Request<()>,
    response: &Response<()>,
) -> Option<[Result<HeaderMap, Blocked>; 2]> {
    let with_credentials = replay(request, response, true)?;
    let without = replay(request, response, false)?;
    Some([with_credentials, without])
}
