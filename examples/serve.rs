//! An API behind the layer, and the same test page on two origins: one that the policy allows, and one that
//! it does not.
//!
//! `cargo run --example serve` prints the addresses to open.

#[path = "serve/console.rs"]
mod console;
#[path = "serve/record.rs"]
mod record;

use std::io;
use std::process::ExitCode;

use axum::Router;
use axum::middleware;
use axum::response::Html;
use axum::routing::{get, post};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{HeaderMap, StatusCode, Uri, header};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use record::Record;

// This allows credentials for a page on this machine, which only an example should do.
static CORS: &Policy = cors_policy!("examples/serve/krakend.json");

const API: &str = "127.0.0.1:8080";
const ALLOWED: &str = "127.0.0.1:3000";
const DENIED: &str = "127.0.0.1:3001";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> io::Result<()> {
    let record = Record::default();
    let api = serve(API, api(&record)).await?;
    let allowed = serve(ALLOWED, page(&record)).await?;
    let denied = serve(DENIED, page(&record)).await?;
    println!("The policy in examples/serve/krakend.json:\n\n{CORS}\n");
    println!("Open  http://localhost:3000  a page on an origin that the policy allows");
    println!("and   http://localhost:3001  the same page on an origin that it does not allow.\n");
    println!("Or call the API yourself:\n");
    println!("  curl -i -H 'Origin: http://localhost:3000' http://localhost:8080/articles");
    println!("  curl -i -H 'Origin: http://localhost:3001' http://localhost:8080/articles");
    println!("  curl -i -X OPTIONS -H 'Origin: http://localhost:3000' \\");
    println!("       -H 'Access-Control-Request-Method: PUT' \\");
    println!(
        "       -H 'Access-Control-Request-Headers: content-type' http://localhost:8080/articles"
    );
    tokio::select! {
        stopped = tokio::signal::ctrl_c() => stopped,
        ended = async { tokio::try_join!(api, allowed, denied) } => match ended {
            Ok(_) => Ok(()),
            Err(error) => Err(io::Error::other(error)),
        },
    }
}

/// Serves in the background.
async fn serve(address: &str, router: Router) -> io::Result<JoinHandle<io::Result<()>>> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!("another program listens on {address}; stop it, and try again")
            }
            _ => format!("cannot listen on {address}: {error}"),
        };
        io::Error::new(error.kind(), message)
    })?;
    Ok(tokio::spawn(
        async move { axum::serve(listener, router).await },
    ))
}

/// The API. The layer is added last, so it is outermost: it responds to preflights before any routing, and
/// scripts can also read the 404 of an unknown path.
pub(crate) fn guarded() -> Router {
    let articles = get(async || "three articles")
        .post(async |body: String| {
            (
                StatusCode::CREATED,
                format!("created from {} bytes", body.len()),
            )
        })
        .put(async |body: String| format!("replaced by {} bytes", body.len()))
        .patch(async || "changed");
    let count = get(async || ([("x-total", "3"), ("x-cost", "7 ms")], "counted"));
    let login = get(async || {
        (
            [(header::SET_COOKIE, "session=42; Path=/")],
            "a cookie is set",
        )
    });
    let logout = get(async || {
        (
            [(header::SET_COOKIE, "session=; Path=/; Max-Age=0")],
            "the cookie is removed",
        )
    });
    Router::new()
        .route("/articles", articles)
        .route("/count", count)
        .route("/login", login)
        .route("/logout", logout)
        .route("/account", get(account))
        .layer(CorsLayer::new(CORS))
}

async fn account(headers: HeaderMap) -> (StatusCode, &'static str) {
    let cookie = headers
        .get(header::COOKIE)
        .and_then(|value| value.to_str().ok());
    if cookie.is_some_and(|cookie| cookie.contains("session=42")) {
        (StatusCode::OK, "your account")
    } else {
        (StatusCode::UNAUTHORIZED, "no cookie came with this")
    }
}

/// The API inside the recorder, so that the page shows what is really sent.
fn api(record: &Record) -> Router {
    let state = (CORS, record.clone());
    Router::new()
        .fallback_service(guarded())
        .layer(middleware::from_fn_with_state(state, record::record))
}

/// The page, the policy, what was recorded of a call, and why it was blocked.
fn page(record: &Record) -> Router {
    let record = record.clone();
    let exchanges = async move |uri: Uri| {
        let json = [(header::CONTENT_TYPE, "application/json")];
        (json, record.of_call(&uri))
    };
    Router::new()
        .route("/", get(async || Html(include_str!("serve/page.html"))))
        .route("/policy", get(async || CORS.to_string()))
        .route("/exchanges", get(exchanges))
        .route("/console", post(console::console))
}
