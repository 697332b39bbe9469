//! What `"debug": true` prints.

use http::{HeaderMap, Method, header};

use crate::decision::Decision;
use crate::policy::Policy;

/// One event a decision, at debug level, as KrakenD logs them.
pub(crate) fn decision(policy: &Policy, method: &Method, headers: &HeaderMap, decision: &Decision) {
    if !policy.debug() {
        return;
    }
    let kind = match decision {
        Decision::Preflight(_) => "preflight",
        Decision::Actual(_) => "actual",
    };
    let origin = headers.get(header::ORIGIN);
    match decision.refusal() {
        Some(refusal) => {
            tracing::debug!(%method, kind, ?origin, %refusal, "CORS request refused");
        }
        None => tracing::debug!(%method, kind, ?origin, "CORS request passes"),
    }
}
