//! The layer around a whole axum router, served on a socket.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "examples/client.rs"]
mod client;

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use axum::{Router, ServiceExt};
use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::header;
use tower::Layer;

use client::Server;

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://shop.example.com"],
    "allow_headers": ["Authorization"],
    "allow_credentials": true,
}, allow(warnings));

/// How many requests the router got.
static ROUTED: AtomicUsize = AtomicUsize::new(0);

fn router() -> Router {
    let count = from_fn(async |request: Request, next: Next| {
        ROUTED.fetch_add(1, Ordering::Relaxed);
        next.run(request).await
    });
    Router::new()
        .route("/articles", get(async || "three articles"))
        .layer(count)
}

async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let service = CorsLayer::new(CORS).layer(router());
    let service = ServiceExt::<Request>::into_make_service(service);
    tokio::spawn(axum::serve(listener, service).into_future());
    address
}

async fn status(address: SocketAddr, origin: &str, path: &str) -> Result<u16, Blocked> {
    let request = http::Request::get(format!("http://{address}{path}"))
        .header(header::HOST, address.to_string())
        .header(header::AUTHORIZATION, "Bearer 42")
        .body(Vec::new())
        .unwrap();
    let page = Browser::at(origin).with_credentials();
    let response = page.fetch(&mut Server(address), request).await?;
    Ok(response.status().as_u16())
}

/// Each call has a preflight, because of its token.
#[tokio::test(flavor = "multi_thread")]
async fn only_actual_requests_are_routed() {
    let address = serve().await;
    let shop = "https://shop.example.com";
    assert_eq!(status(address, shop, "/articles").await.unwrap(), 200);
    assert_eq!(ROUTED.load(Ordering::Relaxed), 1);
    assert_eq!(status(address, shop, "/nowhere").await.unwrap(), 404);
    assert_eq!(ROUTED.load(Ordering::Relaxed), 2);
    let stranger = status(address, "https://stranger.example", "/articles").await;
    assert!(matches!(stranger.unwrap_err(), Blocked::Origin { .. }));
    assert_eq!(ROUTED.load(Ordering::Relaxed), 2);
}
