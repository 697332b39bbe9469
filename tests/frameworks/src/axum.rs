use axum::{Router, routing::get};
use cors_runtime::CorsLayer;

use crate::CORS;

pub fn app() -> Router {
    Router::new()
        .route("/articles", get(async || "three articles"))
        .layer(CorsLayer::new(CORS))
}
