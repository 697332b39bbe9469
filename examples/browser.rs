//! What pages get from a service, without a page, a real browser or a socket. The browser for tests calls
//! the service, and this program prints what a browser's console would say.
//!
//! `cargo run --example browser`

use axum::Router;
use axum::body::Body;
use axum::routing::{get, put};
use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::Request;

static CORS: &Policy = cors_policy!("examples/krakend.json");

fn app() -> Router {
    Router::new()
        .route(
            "/articles",
            get(async || ([("x-request-id", "7"), ("x-secret", "1")], "three articles")),
        )
        .route("/basket", put(async || "kept"))
        .layer(CorsLayer::new(CORS))
}

/// The origin of a page, its call, and the headers that it sets.
type Call = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const CALLS: &[Call] = &[
    ("https://shop.example.com", "GET /articles", &[]),
    (
        "https://shop.example.com",
        "PUT /basket",
        &[("content-type", "application/json")],
    ),
    ("https://shop.example.com", "PATCH /basket", &[]),
    (
        "https://shop.example.com",
        "GET /articles",
        &[("x-debug", "1")],
    ),
    (
        "https://shop.example.com.evil.example",
        "GET /articles",
        &[],
    ),
    ("null", "PUT /basket", &[]),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), http::Error> {
    for (origin, call, headers) in CALLS {
        let page = Browser::at(origin).with_credentials();
        println!("A page on {origin} calls {call}{}", listed(headers));
        match page.fetch(&mut app(), request(call, headers)?).await {
            Ok(response) => {
                let after = match page.preflights_sent() {
                    0 => "without a preflight",
                    _ => "after a preflight",
                };
                println!("  {} {after}; the script can read", response.status());
                for (name, value) in response.headers() {
                    println!("    {name}: {}", String::from_utf8_lossy(value.as_bytes()));
                }
            }
            Err(blocked) => print(&blocked),
        }
        println!();
    }
    Ok(())
}

/// The headers that a script sets, in a sentence.
fn listed(headers: &[(&str, &str)]) -> String {
    let headers = headers
        .iter()
        .map(|(name, value)| format!(" with {name}: {value}"));
    headers.collect()
}

fn request(call: &str, headers: &[(&str, &str)]) -> http::Result<Request<Body>> {
    let (method, path) = call.split_once(' ').unwrap_or((call, "/"));
    let url = format!("https://api.example.com{path}");
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty())
}

fn print(blocked: &Blocked) {
    println!("  {blocked}");
    if let Some(help) = blocked.help() {
        println!("  help: {help}");
    }
}
