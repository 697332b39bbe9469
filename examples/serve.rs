//! A guarded API, and a page to try it from: once from an origin that is allowed, once from one
//! that is not.
//!
//! `cargo run --example serve` prints the addresses to open.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{Html, Response};
use axum::routing::get;
use cors_runtime::{CorsLayer, Decision, Policy, cors_policy};
use http::{HeaderMap, StatusCode, header};
use tokio::net::TcpListener;

// Credentials for a page on this machine: just what an example is for.
static CORS: &Policy = cors_policy!("examples/serve/krakend.json");

const API: &str = "127.0.0.1:8080";
const ALLOWED: &str = "127.0.0.1:3000";
const DENIED: &str = "127.0.0.1:3001";

/// What the policy decided last, for the page to show.
type Decisions = Arc<Mutex<VecDeque<String>>>;

#[tokio::main]
async fn main() -> io::Result<()> {
    let decisions = Decisions::default();
    let api = serve(API, api(decisions.clone())).await?;
    let allowed = serve(ALLOWED, page(decisions.clone())).await?;
    let denied = serve(DENIED, page(decisions)).await?;
    println!("The policy in examples/serve/krakend.json:\n\n{CORS}\n");
    println!("Open  http://localhost:3000  a page that the policy allows");
    println!("and   http://localhost:3001  the same page, which it does not know.\n");
    println!("Or ask the API yourself:\n");
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

/// Serves in the background; an address that is taken is an error that names it.
async fn serve(
    address: &str,
    router: Router,
) -> io::Result<tokio::task::JoinHandle<io::Result<()>>> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })?;
    Ok(tokio::spawn(
        async move { axum::serve(listener, router).await },
    ))
}

/// The service to guard. The layer comes last, so it is outermost: it responds to preflights before
/// any route is looked for, and the 404 of an unknown path is readable too.
fn api(decisions: Decisions) -> Router {
    let articles = get(async || "three articles")
        .post(async |body: String| {
            (
                StatusCode::CREATED,
                format!("created from {} bytes", body.len()),
            )
        })
        .put(async |body: String| format!("replaced by {} bytes", body.len()))
        .patch(async || "changed");
    Router::new()
        .route("/articles", articles)
        .route(
            "/login",
            get(async || {
                (
                    [(header::SET_COOKIE, "session=42; Path=/")],
                    "a cookie is set",
                )
            }),
        )
        .route("/account", get(account))
        .layer(CorsLayer::new(CORS))
        .layer(middleware::from_fn_with_state(decisions, note))
}

async fn account(headers: HeaderMap) -> (StatusCode, &'static str) {
    let cookie = headers
        .get(header::COOKIE)
        .and_then(|value| value.to_str().ok());
    match cookie.is_some_and(|cookie| cookie.contains("session=42")) {
        true => (StatusCode::OK, "your account"),
        false => (StatusCode::UNAUTHORIZED, "no cookie came with this"),
    }
}

/// Remembers what the policy makes of each request, and that it gets a response all the same.
async fn note(State(decisions): State<Decisions>, request: Request, next: Next) -> Response {
    let decision = CORS.decide(request.method(), request.headers());
    let kind = match &decision {
        Decision::Preflight(_) => " as a preflight",
        Decision::Actual(_) => "",
    };
    let outcome = match decision.refusal() {
        Some(refusal) => format!("refused, {refusal}"),
        None => "passes".to_owned(),
    };
    let asked = format!("{} {}{kind}", request.method(), request.uri().path());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    remember(&decisions, format!("{asked}, status {status}: {outcome}"));
    response
}

fn remember(decisions: &Decisions, line: String) {
    let mut lines = decisions.lock().unwrap_or_else(PoisonError::into_inner);
    lines.push_back(line);
    if lines.len() > 20 {
        lines.pop_front();
    }
}

/// The page, the policy, and what was decided since the page last asked.
fn page(decisions: Decisions) -> Router {
    let taken = async |State(decisions): State<Decisions>| {
        let mut lines = decisions.lock().unwrap_or_else(PoisonError::into_inner);
        lines.drain(..).collect::<Vec<_>>().join("\n")
    };
    Router::new()
        .route("/", get(async || Html(include_str!("serve/page.html"))))
        .route("/policy", get(async || CORS.to_string()))
        .route("/decisions", get(taken))
        .with_state(decisions)
}
