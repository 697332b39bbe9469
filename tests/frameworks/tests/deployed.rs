//! The test browser over a client of reqwest: what pages get from a service behind a socket.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "deployed/reqwest.rs"]
mod reqwest;

use std::future::IntoFuture;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, put};
use cors_frameworks::CORS;
use cors_runtime::CorsLayer;
use cors_runtime::testing::{Blocked, Browser};
use http::Request;
use tokio::net::TcpListener;

/// The URL of a service with a redirect that the layer does not cover.
async fn deployed() -> String {
    let app = Router::new()
        .route("/basket", put(async |body: String| body))
        .layer(CorsLayer::new(CORS))
        .route("/old", get(async || Redirect::temporary("/basket")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, app).into_future());
    url
}

#[tokio::test]
async fn pages_call_a_deployed_service() {
    let url = deployed().await;
    let client = &mut reqwest::client().unwrap();
    let save = || {
        Request::put(format!("{url}/basket"))
            .header("Content-Type", "application/json")
            .body(::reqwest::Body::from("{}"))
            .unwrap()
    };
    let shop = Browser::at("https://shop.example.com").with_credentials();
    let response = shop.fetch(client, save()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-length"], "2");
    assert_eq!(shop.preflights_sent(), 1);

    let stranger = Browser::at("https://evil.example").with_credentials();
    let blocked = stranger.fetch(client, save()).await.unwrap_err();
    assert!(matches!(blocked, Blocked::Origin { .. }), "{blocked}");
    assert!(!blocked.was_handled());

    // The redirect itself is blocked, not what it leads to.
    let old = Request::get(format!("{url}/old"));
    let old = old.body(::reqwest::Body::default()).unwrap();
    let blocked = shop.fetch(client, old).await.unwrap_err();
    let status = blocked.access().unwrap().status;
    assert_eq!(status.unwrap(), 307, "{blocked}");
}
