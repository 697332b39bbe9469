//! Records what the API receives for each call of the page, and what it responds.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use cors_runtime::{Decision, Policy};
use http::{HeaderMap, HeaderName, Uri};
use serde_json::{Value, json};

/// The latest exchanges, each with the tag of its call.
#[derive(Clone, Default)]
pub(crate) struct Record(Arc<Mutex<VecDeque<(String, Value)>>>);

impl Record {
    const KEPT: usize = 200;

    /// The exchanges of the call that `uri` names, as JSON.
    pub(crate) fn of_call(&self, uri: &Uri) -> String {
        let wanted = tag(uri);
        let exchanges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_call = exchanges.iter().filter(|(tag, _)| tag == wanted);
        Value::from_iter(of_call.map(|(_, exchange)| exchange.clone())).to_string()
    }

    fn push(&self, tag: String, exchange: Value) {
        let mut exchanges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        exchanges.push_back((tag, exchange));
        if exchanges.len() > Self::KEPT {
            exchanges.pop_front();
        }
    }
}

/// Records a request, what the policy decides about it, and its response.
pub(crate) async fn record(
    State((policy, record)): State<(&'static Policy, Record)>,
    request: Request,
    next: Next,
) -> Response {
    let tag = tag(request.uri()).to_owned();
    let decision = policy.decide(request.method(), request.headers());
    let mut exchange = json!({
        "method": request.method().as_str(),
        "path": request.uri().path(),
        "preflight": matches!(decision, Decision::Preflight(_)),
        "refusal": decision.refusal().map(|refusal| refusal.to_string()),
        "request": lines(request.headers(), matters),
    });
    let response = next.run(request).await;
    exchange["status"] = response.status().as_u16().into();
    exchange["response"] = lines(response.headers(), |_| true);
    record.push(tag, exchange);
    response
}

/// The tag of a call. The page puts it in the query, so that two open pages do not show each other's calls.
fn tag(uri: &Uri) -> &str {
    let query = uri.query().unwrap_or_default();
    query.strip_prefix("call=").unwrap_or_default()
}

/// Whether a request header is shown. Browsers send many more with every request.
fn matters(name: &HeaderName) -> bool {
    let name = name.as_str();
    matches!(name, "origin" | "cookie" | "content-type")
        || name.starts_with("access-control-request-")
        || name.starts_with("x-")
}

fn lines(headers: &HeaderMap, shown: impl Fn(&HeaderName) -> bool) -> Value {
    let shown = headers.iter().filter(|(name, _)| shown(name));
    Value::from_iter(shown.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        json!([name.as_str(), value])
    }))
}
