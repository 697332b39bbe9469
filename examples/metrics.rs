//! Counts refusals with the `metrics` crate. The program chooses the recorder: an exporter for Prometheus
//! in production, and here the debugging recorder, whose counts are printed.
//!
//! `cargo run --example metrics`

use std::error::Error;

use axum::Router;
use axum::body::Body;
use axum::routing::{get, put};
use cors_runtime::testing::Browser;
use cors_runtime::{CorsLayer, Policy, RefusedRequest, cors_policy};
use http::Request;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

static CORS: &Policy = cors_policy!("examples/krakend.json");

fn app() -> Router {
    Router::new()
        .route("/articles", get(async || "three articles"))
        .route("/basket", put(async || "kept"))
        .layer(CorsLayer::new(CORS).on_refusal(count))
}

fn count(refused: &RefusedRequest<'_>) {
    // The kind has few values. The refused value must not be a label: a client can send a new one with
    // each request, and a metrics store keeps a time series for every label it has seen.
    metrics::counter!("cors_refusals_total", "kind" => refused.refusal().kind()).increment(1);
}

/// The origin of a page, its call, and whether it sets the header `x-debug`.
const CALLS: &[(&str, &str, bool)] = &[
    ("https://shop.example.com", "GET /articles", false),
    ("https://shop.example.com", "PUT /basket", false),
    ("https://shop.example.com", "PATCH /basket", false),
    ("https://shop.example.com", "GET /articles", true),
    ("https://evil.example", "GET /articles", false),
    ("https://evil.example", "PUT /basket", false),
];

/// Makes all calls, as a browser does.
pub(crate) async fn call() -> http::Result<()> {
    for (origin, call, debug) in CALLS {
        let (method, path) = call.split_once(' ').unwrap_or((call, "/"));
        let url = format!("https://api.example.com{path}");
        let mut request = Request::builder().method(method).uri(url);
        if *debug {
            request = request.header("x-debug", "1");
        }
        let request = request.body(Body::empty())?;
        let outcome = Browser::at(origin).fetch(&mut app(), request).await;
        let outcome = outcome.map_or("blocked", |_| "readable");
        println!("{origin}: {call}: {outcome}");
    }
    Ok(())
}

/// What was counted since the last call, one line per label.
pub(crate) fn counts(snapshotter: &Snapshotter) -> Vec<String> {
    let counters = snapshotter.snapshot().into_vec().into_iter();
    let mut lines: Vec<_> = counters
        .filter_map(|(key, _, _, value)| {
            let DebugValue::Counter(count) = value else {
                return None;
            };
            let key = key.key();
            let labels = key
                .labels()
                .map(|label| format!("{}=\"{}\"", label.key(), label.value()));
            let labels: Vec<_> = labels.collect();
            Some(format!("{}{{{}}} {count}", key.name(), labels.join(",")))
        })
        .collect();
    lines.sort_unstable();
    lines
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    recorder.install()?;
    call().await?;
    println!();
    for line in counts(&snapshotter) {
        println!("{line}");
    }
    Ok(())
}
