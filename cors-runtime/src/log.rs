//! What is logged through `tracing`.

use http::{HeaderMap, Method, header};

use crate::decision::Decision;
use crate::policy::Policy;
use crate::refusal::RefusedValue;

/// One event at debug level, with the target `cors_runtime`: for every refused request, and of a
/// policy that says `"debug": true` for every other, as KrakenD logs them.
#[inline]
pub(crate) fn decision(policy: &Policy, method: &Method, headers: &HeaderMap, decision: &Decision) {
    if policy.debug() || decision.is_refused() {
        event(method, headers, decision);
    }
}

#[cold]
fn event(method: &Method, headers: &HeaderMap, decision: &Decision) {
    let kind = match decision {
        Decision::Preflight(_) => "preflight",
        Decision::Actual(_) => "actual",
    };
    // As a refusal prints it: escaped, and not at any length.
    let origin = headers.get(header::ORIGIN).map(RefusedValue::line);
    match decision.refusal() {
        Some(refusal) => tracing::debug!(
            target: "cors_runtime", %method, kind, ?origin, %refusal, "CORS request refused"
        ),
        None => tracing::debug!(
            target: "cors_runtime", %method, kind, ?origin, "CORS request passes"
        ),
    }
}
