//! axum with authentication. The CORS layer is outside it, because preflights carry no token. A script can
//! then also read the 401.
//!
//! `cargo run --example axum_auth`

mod shared;

use std::io;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{StatusCode, header};
use tokio::net::TcpListener;

static CORS: &Policy = cors_policy!("examples/krakend.json");

fn app() -> Router {
    Router::new()
        .route("/articles", get(async || "three articles"))
        .route("/basket", put(async || "kept"))
        .layer(middleware::from_fn(authenticate))
        // Added last, so it is outermost.
        .layer(CorsLayer::new(CORS))
}

async fn authenticate(request: Request, next: Next) -> Response {
    let token = request.headers().get(header::AUTHORIZATION);
    if token.is_some_and(|token| token == "Bearer 42") {
        next.run(request).await
    } else {
        (StatusCode::UNAUTHORIZED, "who are you?").into_response()
    }
}

pub(crate) async fn serve(listener: TcpListener) -> io::Result<()> {
    axum::serve(listener, app()).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind(shared::ADDRESS).await?;
    shared::announce(CORS, "PUT", "/basket", "https://shop.example.com");
    shared::announce_token("PUT", "/basket", "https://shop.example.com");
    serve(listener).await
}
