//! What stands around the layer in production: other layers, nested routers, several policies. The
//! guide on deployment promises what is tested here.

use std::future::pending;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::{get, put};
use cors_runtime::CorsLayer;
use http::{Request, StatusCode, header};
use tower::{ServiceBuilder, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::seen::{all, ask, ask_with, same};
use crate::support::{LISTED, STAR};

fn api() -> Router {
    Router::new().route("/articles", get(async || "three articles"))
}

#[tokio::test]
async fn a_nested_router_s_layer_does_not_cover_its_unknown_paths() {
    let nested = Router::new().nest("/api", api().layer(CorsLayer::new(LISTED)));
    all(
        &nested,
        &[
            ("GET /api/articles", (200, true)),
            ("preflight /api/articles", (204, true)),
            ("GET /api/nowhere", (404, false)),
            ("preflight /api/nowhere", (404, false)),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_nested_router_s_layer_covers_a_fallback_of_its_own() {
    let inner = api()
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(CorsLayer::new(LISTED));
    all(
        &Router::new().nest("/api", inner),
        &[
            ("GET /api/nowhere", (404, true)),
            ("preflight /api/nowhere", (204, true)),
            ("GET /nowhere", (404, false)),
        ],
    )
    .await;
}

#[tokio::test]
async fn several_policies_for_several_paths() {
    let open = Router::new()
        .route("/open", get(async || "for everyone"))
        .layer(CorsLayer::new(STAR));
    let router = api().layer(CorsLayer::new(LISTED)).merge(open);
    same(
        "the listed origin alone",
        ask(&router, "GET /articles").await,
        (200, true),
    );
    let request = Request::get("/open").header(header::ORIGIN, "https://stranger.test");
    let request = request.body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let allowed = &response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN];
    assert_eq!(allowed, "*");
}

fn slow() -> Router {
    Router::new().route("/slow", get(pending::<()>))
}

fn at_once() -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::ZERO)
}

#[tokio::test]
async fn what_responds_instead_of_the_handler_is_readable_inside_the_layer_alone() {
    let cors = CorsLayer::new(LISTED);
    let inside = slow().layer(at_once()).layer(cors);
    same("inside", ask(&inside, "GET /slow").await, (504, true));
    let outside = slow().layer(cors).layer(at_once());
    same("outside", ask(&outside, "GET /slow").await, (504, false));

    let drafts = || Router::new().route("/drafts", put(async |body: String| body));
    let limit = RequestBodyLimitLayer::new(3);
    let long = &[("content-length", "4")];
    let inside = drafts().layer(limit).layer(cors);
    let seen = ask_with(&inside, "PUT /drafts", long).await;
    same("inside", seen, (413, true));
    let outside = drafts().layer(cors).layer(limit);
    let seen = ask_with(&outside, "PUT /drafts", long).await;
    same("outside", seen, (413, false));
}

#[tokio::test]
async fn a_caught_panic_is_readable_inside_the_layer_alone() {
    async fn broken() -> StatusCode {
        panic!("a handler")
    }
    let cors = CorsLayer::new(LISTED);
    let router = || Router::new().route("/broken", get(broken));
    let inside = router().layer(CatchPanicLayer::new()).layer(cors);
    same("inside", ask(&inside, "GET /broken").await, (500, true));
    let outside = router().layer(cors).layer(CatchPanicLayer::new());
    same("outside", ask(&outside, "GET /broken").await, (500, false));
}

/// Each adds its names to `Vary`, wherever the other is.
#[tokio::test]
async fn compression_can_be_inside_or_outside() {
    let long = || Router::new().route("/long", get(async || "article ".repeat(1_000)));
    let cors = CorsLayer::new(LISTED);
    let compression = CompressionLayer::new;
    for (place, router) in [
        ("inside", long().layer(compression()).layer(cors)),
        ("outside", long().layer(cors).layer(compression())),
        (
            "inside, in one stack",
            long().layer(ServiceBuilder::new().layer(cors).layer(compression())),
        ),
    ] {
        let same_as_without = [("GET /long", (200, true)), ("preflight /long", (204, true))];
        all(&router, &same_as_without).await;
        let request = Request::get("/long")
            .header(header::ORIGIN, "https://app.test")
            .header(header::ACCEPT_ENCODING, "gzip");
        let request = request.body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_ENCODING], "gzip", "{place}");
        let vary = headers.get_all(header::VARY).iter();
        let mut names: Vec<String> = vary
            .flat_map(|line| line.to_str().unwrap().split(','))
            .map(|name| name.trim().to_ascii_lowercase())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["accept-encoding", "origin"], "{place}");
    }
}

/// The body of a response that is traced cannot be made from nothing. That of axum can, and every
/// `Router::layer` brings that back; so does `map_response_body`.
#[tokio::test]
async fn traces_stand_outside_or_in_a_call_of_their_own() {
    let stack = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(CorsLayer::new(LISTED));
    let mapped = ServiceBuilder::new()
        .layer(CorsLayer::new(LISTED))
        .map_response(|response: http::Response<_>| response.map(Body::new))
        .layer(TraceLayer::new_for_http());
    let routers = [
        api().layer(stack),
        api().layer(mapped),
        api()
            .layer(TraceLayer::new_for_http())
            .layer(CorsLayer::new(LISTED)),
    ];
    for router in routers {
        all(
            &router,
            &[
                ("GET /articles", (200, true)),
                ("preflight /articles", (204, true)),
            ],
        )
        .await;
    }
}

/// axum tells the methods of the route, which have nothing to do with the policy.
#[tokio::test]
async fn axum_adds_allow_to_preflights() {
    let router = api().layer(CorsLayer::new(LISTED));
    let preflight = Request::options("/articles")
        .header(header::ORIGIN, "https://app.test")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    let preflight = preflight.body(Body::empty()).unwrap();
    let response = router.oneshot(preflight).await.unwrap();
    let header = |name| response.headers()[name].to_str().unwrap();
    assert_eq!(header("allow"), "GET,HEAD");
    let allowed = header("access-control-allow-methods");
    assert_eq!(allowed, "GET, HEAD, POST, PUT, OPTIONS");
}
