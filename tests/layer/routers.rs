//! Where the layer stands among axum's routes, and before or behind authentication. The
//! documentation of `CorsLayer` promises what is tested here.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, put};
use cors_runtime::CorsLayer;
use http::{StatusCode, header};
use tower::{Layer, ServiceBuilder};

use crate::seen::{Seen, all, ask_with, same};
use crate::support::{LISTED, PASSTHROUGH};

fn routes() -> Router {
    Router::new()
        .route("/articles", get(async || "three articles"))
        .route("/drafts", put(async || "kept"))
        .route("/old", get(async || Redirect::permanent("/articles")))
        .route("/broken", get(async || StatusCode::INTERNAL_SERVER_ERROR))
}

/// What the layer does around a whole router.
const WHOLE: &[(&str, Seen)] = &[
    ("GET /articles", (200, true)),
    ("GET /old", (308, true)),
    ("GET /broken", (500, true)),
    ("preflight /articles", (204, true)),
    ("preflight /drafts", (204, true)),
    // Whatever the router makes of them, a script may read it.
    ("GET /nowhere", (404, true)),
    ("PUT /articles", (405, true)),
    ("OPTIONS /articles", (405, true)),
    ("preflight /nowhere", (204, true)),
];

#[tokio::test]
async fn router_layer_covers_unknown_paths() {
    all(&routes().layer(CorsLayer::new(LISTED)), WHOLE).await;
}

#[tokio::test]
async fn router_layer_covers_a_fallback_of_ones_own() {
    let router = routes()
        .fallback(async || (StatusCode::NOT_FOUND, "no such page"))
        .layer(CorsLayer::new(LISTED));
    all(&router, WHOLE).await;
}

#[tokio::test]
async fn router_layer_does_not_cover_routes_that_are_added_later() {
    let router = routes()
        .layer(CorsLayer::new(LISTED))
        .route("/later", get(async || "forgotten"));
    all(
        &router,
        &[
            ("GET /articles", (200, true)),
            ("GET /later", (200, false)),
            ("preflight /later", (405, false)),
        ],
    )
    .await;
}

#[tokio::test]
async fn router_layer_covers_nested_routers() {
    let router = Router::new()
        .nest("/api", routes())
        .layer(CorsLayer::new(LISTED));
    all(
        &router,
        &[
            ("GET /api/articles", (200, true)),
            ("preflight /api/drafts", (204, true)),
            ("GET /api/nowhere", (404, true)),
            ("preflight /nowhere", (204, true)),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_layer_around_the_router_as_a_service() {
    all(&CorsLayer::new(LISTED).layer(routes()), WHOLE).await;
    let service = ServiceBuilder::new()
        .layer(CorsLayer::new(LISTED))
        .service(routes());
    all(&service, WHOLE).await;
    let stack = ServiceBuilder::new()
        .layer(CorsLayer::new(LISTED))
        .map_request(|request: Request| request);
    all(&routes().layer(stack), WHOLE).await;
}

#[tokio::test]
async fn route_layer_covers_known_paths_alone() {
    let router = routes().route_layer(CorsLayer::new(LISTED));
    all(
        &router,
        &[
            ("GET /articles", (200, true)),
            ("preflight /articles", (204, true)),
            ("preflight /drafts", (204, true)),
            ("PUT /articles", (405, true)),
            ("GET /nowhere", (404, false)),
            ("preflight /nowhere", (404, false)),
        ],
    )
    .await;
}

#[tokio::test]
async fn method_router_layer_covers_its_path() {
    let guarded = get(async || "three articles").layer(CorsLayer::new(LISTED));
    let router: Router = Router::new().route("/articles", guarded);
    all(
        &router,
        &[
            ("GET /articles", (200, true)),
            ("PUT /articles", (405, true)),
            ("preflight /articles", (204, true)),
            ("GET /nowhere", (404, false)),
        ],
    )
    .await;
}

#[tokio::test]
async fn method_router_route_layer_sees_no_preflight() {
    let guarded = get(async || "three articles").route_layer(CorsLayer::new(LISTED));
    let router: Router = Router::new().route("/articles", guarded);
    all(
        &router,
        &[
            ("GET /articles", (200, true)),
            ("PUT /articles", (405, false)),
            ("preflight /articles", (405, false)),
        ],
    )
    .await;
}

/// Under `options_passthrough` the router responds, so a path needs a handler for OPTIONS.
#[tokio::test]
async fn passthrough_leaves_preflights_to_the_router() {
    let handled = get(async || "three articles").options(async || StatusCode::NO_CONTENT);
    let router = routes()
        .route("/handled", handled)
        .layer(CorsLayer::new(PASSTHROUGH));
    all(
        &router,
        &[
            ("preflight /handled", (204, true)),
            ("preflight /articles", (405, true)),
            ("preflight /nowhere", (404, true)),
        ],
    )
    .await;
}

async fn authenticate(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::AUTHORIZATION) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

#[tokio::test]
async fn outside_authentication_preflights_pass_and_errors_are_readable() {
    let router = routes()
        .layer(middleware::from_fn(authenticate))
        .layer(CorsLayer::new(LISTED));
    all(
        &router,
        &[
            ("preflight /drafts", (204, true)),
            ("PUT /drafts", (401, true)),
            ("GET /nowhere", (401, true)),
        ],
    )
    .await;
    let known = &[("authorization", "Bearer 7")];
    same(
        "PUT",
        ask_with(&router, "PUT /drafts", known).await,
        (200, true),
    );
}

#[tokio::test]
async fn inside_authentication_no_preflight_arrives() {
    let router = routes()
        .layer(CorsLayer::new(LISTED))
        .layer(middleware::from_fn(authenticate));
    all(
        &router,
        &[
            ("preflight /drafts", (401, false)),
            ("PUT /drafts", (401, false)),
        ],
    )
    .await;
    let known = &[("authorization", "Bearer 7")];
    same(
        "PUT",
        ask_with(&router, "PUT /drafts", known).await,
        (200, true),
    );
}
