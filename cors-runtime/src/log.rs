//! Logging decisions through `tracing`.

use http::{HeaderMap, Method, header};

use crate::decision::Decision;
use crate::policy::Policy;
use crate::refusal::RefusedValue;

/// Logs an event at debug level, with the target `cors_runtime`, for every refused request. If the
/// policy says `"debug": true`, it logs every other request too, as KrakenD does.
#[inline]
pub(crate) fn decision(policy: &Policy, method: &Method, headers: &HeaderMap, decision: &Decision) {
    if policy.debug() || decision.is_refused() {
        event(method, headers, decision);
    }
}

// Cold because few requests are logged. What that gains was not measured.
#[cold]
fn event(method: &Method, headers: &HeaderMap, decision: &Decision) {
    let kind = match decision {
        Decision::Preflight(_) => "preflight",
        Decision::Actual(_) => "actual",
    };
    // Escaped and cut, as a refusal prints them.
    let method = RefusedValue::of(method.as_str().as_bytes());
    let origin = headers.get(header::ORIGIN);
    let origin = origin.map(|origin| RefusedValue::of(origin.as_bytes()));
    match decision.refusal() {
        Some(refusal) => tracing::debug!(
            target: "cors_runtime", %method, kind, ?origin, %refusal, "CORS request refused"
        ),
        None => tracing::debug!(
            target: "cors_runtime", %method, kind, ?origin, "CORS request passes"
        ),
    }
}
