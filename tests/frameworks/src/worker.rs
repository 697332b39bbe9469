use axum::{Router, body::Body, routing::get};
use cors_runtime::CorsLayer;
use tower_service::Service;
use worker::{Context, Env, HttpRequest, Result, event};

use crate::CORS;

#[event(fetch)]
async fn fetch(request: HttpRequest, _: Env, _: Context) -> Result<http::Response<Body>> {
    let mut app = Router::new()
        .route("/articles", get(async || "three articles"))
        .layer(CorsLayer::new(CORS));
    Ok(app.call(request).await?)
}
