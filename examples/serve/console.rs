//! Why a browser blocks a call of the page, in the words of its console, and what to change. The page asks
//! for it after a blocked call: scripts are told nothing, so the test browser makes the call again.

use std::collections::HashMap;

use axum::Json;
use axum::body::Body;
use cors_runtime::testing::Browser;
use http::{HeaderMap, Request, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

/// A call, as the script of the page describes it to `fetch`.
#[derive(Deserialize)]
pub(crate) struct Call {
    url: String,
    method: String,
    headers: HashMap<String, String>,
    credentials: bool,
}

/// The answer for the page that asks: its origin is in the request.
pub(crate) async fn console(
    page: HeaderMap,
    Json(call): Json<Call>,
) -> Result<Json<Value>, StatusCode> {
    let origin = page
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let mut page = Browser::at(origin.ok_or(StatusCode::BAD_REQUEST)?);
    if call.credentials {
        page = page.with_credentials();
    }
    let mut request = Request::builder()
        .method(call.method.as_str())
        .uri(call.url);
    for (name, value) in call.headers {
        request = request.header(name, value);
    }
    let request = request
        .body(Body::empty())
        .map_err(|_| StatusCode::BAD_REQUEST)?;
    let blocked = page.fetch(&mut super::guarded(), request).await.err();
    Ok(Json(blocked.map_or(
        Value::Null,
        |blocked| json!({ "says": blocked.to_string(), "help": blocked.help() }),
    )))
}
