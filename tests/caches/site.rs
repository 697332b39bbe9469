//! A service under a policy, and what browsers make of its responses.

use std::collections::BTreeMap;

use cors_runtime::{Decision, Policy};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::support::browser::{Credentials, Outcome, Sendable, outcome};
use crate::support::vectors::{Expect, RecordedResponse, Request as Recorded};

/// The request headers that there are; the last two mean nothing to a policy.
pub(crate) const NAMES: &[&str] = &[
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "access-control-request-private-network",
    "accept-encoding",
    "cookie",
];

/// All requests are for the same URL.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
}

/// A request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    pub(crate) response: Response<()>,
}

impl Exchange {
    pub(crate) fn new(policy: &'static Policy, request: Request) -> Self {
        let response = respond(policy, &request);
        Self { request, response }
    }
}

/// The response of a service that has no handler for OPTIONS, unless the policy needs one.
pub(crate) fn respond(policy: &'static Policy, request: &Request) -> Response<()> {
    let decision = policy.decide(&request.method, &request.headers);
    if let Decision::Preflight(preflight) = &decision
        && let Some(response) = preflight.response()
    {
        return response;
    }
    let mut response = Response::new(());
    if request.method == Method::OPTIONS && !policy.options_passthrough() {
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    }
    let text = HeaderValue::from_static("text/plain");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    decision.apply(response.headers_mut());
    response
}

/// What becomes of a request in each credentials mode, if a browser can send it.
pub(crate) fn outcomes(request: &Request, response: &Response<()>) -> Option<[Outcome; 2]> {
    let lines = request.headers.iter().filter_map(|(name, value)| {
        let value = value.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    });
    let sendable = Sendable::read(&Recorded {
        name: String::new(),
        method: request.method.to_string(),
        headers: lines.collect(),
        expect: Expect::Response(record(response)),
    })?;
    let modes = [Credentials::Include, Credentials::Omit];
    Some(modes.map(|mode| outcome(&sendable, &record(response), mode)))
}

/// A response, with names as the browser reads them.
pub(crate) fn record(response: &Response<()>) -> RecordedResponse {
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in response.headers() {
        let capital = |part: &str| part[..1].to_ascii_uppercase() + &part[1..];
        let name: Vec<String> = name.as_str().split('-').map(capital).collect();
        let lines = headers.entry(name.join("-")).or_default();
        lines.push(value.to_str().unwrap().to_owned());
    }
    RecordedResponse {
        status: response.status().as_u16(),
        reached: true,
        headers,
    }
}
