use std::sync::Arc;

use cors_runtime::Decision;
use poem::{Endpoint, EndpointExt, Request, Response, Result, Route, get, handler};

use crate::CORS;

async fn cors(inner: Arc<impl Endpoint>, request: Request) -> Result<Response> {
    let decision = CORS.decide(request.method(), request.headers());
    let mut response = if let Decision::Preflight(preflight) = &decision
        && let Some(status) = preflight.status()
    {
        status.into()
    } else {
        // Errors become responses here, so they get the headers too.
        inner.get_response(request).await
    };
    decision.apply(response.headers_mut());
    Ok(response)
}

#[handler]
fn articles() -> &'static str {
    "three articles"
}

pub fn app() -> impl Endpoint {
    Route::new().at("/articles", get(articles)).around(cors)
}
