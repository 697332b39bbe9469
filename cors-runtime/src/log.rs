//! What `"debug": true` prints.

use http::{HeaderMap, Method, header};

use crate::policy::Policy;
use crate::refusal::{Fault, Refusal, Refused, Value};

/// One event a decision, at debug level, as KrakenD logs them.
pub(crate) fn decision(
    policy: &Policy,
    kind: &str,
    method: &Method,
    headers: &HeaderMap,
    refused: Option<Refused<'_>>,
) {
    if !policy.debug() {
        return;
    }
    // As a refusal prints it: escaped, and not at any length.
    let origin = headers.get(header::ORIGIN).map(Value::line);
    match refused.map(|refused| Refusal::from(&Fault::from(refused))) {
        Some(refusal) => {
            tracing::debug!(%method, kind, ?origin, %refusal, "CORS request refused");
        }
        None => tracing::debug!(%method, kind, ?origin, "CORS request passes"),
    }
}
