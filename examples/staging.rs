//! The same tests for a service in the test's own process and for one that is deployed.
//!
//! `cargo run --example staging` tests the service here, and then on a socket of its own. With
//! `STAGING=http://staging.example.com cargo run --example staging`, it tests the service at that URL.

use std::error::Error;

use axum::Router;
use axum::body::Body;
use axum::routing::put;
use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{Request, Response, StatusCode};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tower_service::Service;

static CORS: &Policy = cors_policy!("examples/krakend.json");

type Failed = Box<dyn Error + Send + Sync>;

pub(crate) fn app() -> Router {
    Router::new()
        .route("/basket", put(async || "kept"))
        .layer(CorsLayer::new(CORS))
}

/// A client that follows no redirects and keeps no cookies, since `Browser` does. It speaks http only.
pub(crate) fn client() -> Client<HttpConnector, Body> {
    Client::builder(TokioExecutor::new()).build_http()
}

/// What pages must be able to do, and what they must not, wherever the service is.
pub(crate) async fn test<S, R>(service: &mut S, url: &str) -> Result<(), Failed>
where
    S: Service<Request<Body>, Response = Response<R>>,
    S::Error: Into<Failed>,
{
    let save = || {
        Request::put(format!("{url}/basket"))
            .header("Content-Type", "application/json")
            .body(Body::from("{}"))
    };
    let shop = Browser::at("https://shop.example.com").with_credentials();
    let response = shop.fetch(service, save()?).await?;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(shop.preflights_sent(), 1);

    let stranger = Browser::at("https://evil.example").with_credentials();
    match stranger.fetch(service, save()?).await {
        Err(blocked @ Blocked::Origin { .. }) => assert!(!blocked.was_handled(), "{blocked}"),
        Err(other) => return Err(other.into()),
        Ok(_) => return Err("a stranger may write".into()),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let url = match std::env::var("STAGING") {
        Ok(url) => url.trim_end_matches('/').to_owned(),
        Err(_) => {
            test(&mut app(), "https://api.example.com").await?;
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let url = format!("http://{}", listener.local_addr()?);
            tokio::spawn(async { axum::serve(listener, app()).await });
            url
        }
    };
    test(&mut client(), &url).await?;
    println!("{url}: the shop may write, and a stranger may not");
    Ok(())
}
