//! Services with the CORS layer in the wrong place: what the help makes of the status of a response without
//! CORS headers.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{Method, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;

use super::{PAGE, request};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.test"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Authorization", "Content-Type"],
});

fn routes() -> Router {
    let articles = get(async || "three articles")
        .put(async || "kept")
        .post(async || "sent");
    Router::new().route("/articles", articles)
}

/// Responds to requests without a token.
async fn authenticate(request: Request, next: Next) -> Response {
    if request.headers().contains_key(AUTHORIZATION) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

/// Lets preflights pass, and nothing else without a token.
async fn authenticate_calls(request: Request, next: Next) -> Response {
    match *request.method() {
        Method::OPTIONS => next.run(request).await,
        _ => authenticate(request, next).await,
    }
}

fn with_authentication_in_front() -> Router {
    routes()
        .layer(CorsLayer::new(CORS))
        .layer(from_fn(authenticate))
}

fn with_authentication_of_calls_in_front() -> Router {
    routes()
        .layer(CorsLayer::new(CORS))
        .layer(from_fn(authenticate_calls))
}

/// The layer only responds to preflights.
fn with_the_layer_on_preflights() -> Router {
    let only = from_fn(async |request: Request, next: Next| {
        let is_preflight = request.method() == Method::OPTIONS;
        let mut response = next.run(request).await;
        if !is_preflight {
            response.headers_mut().clear();
        }
        response
    });
    routes().layer(CorsLayer::new(CORS)).layer(only)
}

/// The layer is right, but before it something responds to all requests.
fn behind(status: u16) -> Router {
    let status = StatusCode::from_u16(status).unwrap();
    let respond = from_fn(move |_: Request, _: Next| async move { status.into_response() });
    routes().layer(CorsLayer::new(CORS)).layer(respond)
}

fn with_the_layer_on_the_routes() -> Router {
    routes().route_layer(CorsLayer::new(CORS))
}

/// The handler of PUT has the layer, and the route has no handler of OPTIONS.
fn with_the_layer_on_a_handler() -> Router {
    let articles = put(async || "kept").route_layer(CorsLayer::new(CORS));
    Router::new().route("/articles", articles)
}

/// It has the layer only on a part of its routes.
fn with_a_route_after_the_layer() -> Router {
    let articles = get(async || "three articles").put(async || "kept");
    Router::new()
        .layer(CorsLayer::new(CORS))
        .route("/articles", articles)
}

fn with_a_panic_caught_in_front() -> Router {
    let panics = async || -> &'static str { panic!("no articles") };
    Router::new()
        .route("/articles", get(panics).post(panics).put(panics))
        .layer(CorsLayer::new(CORS))
        .layer(CatchPanicLayer::new())
}

const ORIGIN: &str = "\"https://app.test\" must be in `allow_origins`";

/// A call, whether its preflight is at fault, the status, and the help.
type Call = (&'static str, bool, u16, String);

#[rustfmt::skip]
fn cases() -> Vec<(&'static str, Router, Vec<Call>)> {
    let preflight = |request, status, help: &str| (request, true, status, help.to_owned());
    let actual = |request, status, help: &str| (request, false, status, help.to_owned());
    // A simple request: the origin or the method may be the reason, too.
    let simple = |method: &'static str, status: u16, layer: &str| {
        let help = format!("{ORIGIN}, \"{method}\" in `allow_methods`, and the response with {status} must come through the CORS layer: put the layer {layer}");
        (method, false, status, help)
    };
    vec![
        ("authentication in front", with_authentication_in_front(), vec![
            preflight("PUT", 401, "authentication or a firewall responded to the preflight with 401 before the CORS layer: a preflight has no token and no cookie, so it must reach the layer first. Put the layer outside authentication"),
            preflight("GET\nauthorization: Bearer 42", 401, "authentication or a firewall responded to the preflight with 401 before the CORS layer: a preflight has no token and no cookie, so it must reach the layer first. Put the layer outside authentication"),
            simple("GET", 401, "outside authentication"),
            simple("POST", 401, "outside authentication"),
        ]),
        ("authentication of calls in front", with_authentication_of_calls_in_front(), vec![
            actual("PUT", 401, "the preflight was allowed, but the response with 401 did not come through the CORS layer: put the layer outside authentication"),
            simple("GET", 401, "outside authentication"),
        ]),
        ("the layer on preflights", with_the_layer_on_preflights(), vec![
            actual("PUT", 200, "the preflight was allowed, but the response did not come through the CORS layer. The service has handled this PUT: the browser withholds the response, but cannot undo the effect"),
            ("GET", false, 200, format!("{ORIGIN}, \"GET\" in `allow_methods`, and the response must come through the CORS layer")),
        ]),
        ("a firewall in front", behind(403), vec![
            preflight("PUT", 403, "authentication or a firewall responded to the preflight with 403 before the CORS layer: a preflight has no token and no cookie, so it must reach the layer first. Put the layer outside authentication. Some CORS layers also respond with 403 to an origin that is not in their list"),
            simple("GET", 403, "outside authentication"),
        ]),
        ("the layer on the routes", with_the_layer_on_the_routes(), vec![
            preflight("PUT /nowhere", 404, "the router responded to the preflight with 404 before the CORS layer: the path has no route, or one that the layer does not cover. Put the layer outside the router"),
            ("GET /nowhere", false, 404, format!("{ORIGIN}, \"GET\" in `allow_methods`, and the response with 404 must come through the CORS layer: put the layer outside the router")),
        ]),
        ("the layer on a handler", with_the_layer_on_a_handler(), vec![
            preflight("PUT", 405, "the router responded to the preflight with 405 before the CORS layer: the route has no method OPTIONS. Put the layer outside the router, not on a single route"),
            simple("GET", 405, "outside the router, not on a single route"),
        ]),
        ("a route after the layer", with_a_route_after_the_layer(), vec![
            preflight("PUT", 405, "the router responded to the preflight with 405 before the CORS layer: the route has no method OPTIONS. Put the layer outside the router, not on a single route"),
            ("GET", false, 200, format!("{ORIGIN}, \"GET\" in `allow_methods`, and the response must come through the CORS layer")),
        ]),
        ("a panic caught in front", with_a_panic_caught_in_front(), vec![
            actual("PUT", 500, "the preflight was allowed, but the response with 500 did not come through the CORS layer: put the layer outermost, outside timeouts and panic handlers"),
            simple("GET", 500, "outermost, outside timeouts and panic handlers"),
            simple("POST", 500, "outermost, outside timeouts and panic handlers"),
        ]),
        ("a proxy without a service", behind(502), vec![
            preflight("PUT", 502, "the service or a proxy responded to the preflight with 502 before the CORS layer: the error response is made outside of the layer. Put the layer outermost, outside timeouts and panic handlers"),
            simple("GET", 502, "outermost, outside timeouts and panic handlers"),
        ]),
        ("a limit of calls in front", behind(429), vec![
            preflight("PUT", 429, "the service or a proxy responded to the preflight with 429 before the CORS layer: the layer must respond first. Put the layer outermost"),
            simple("GET", 429, "outermost"),
        ]),
    ]
}

/// The call `GET /path`, or at the usual path.
fn call(text: &str) -> http::Request<Body> {
    let (line, headers) = text.split_once('\n').unwrap_or((text, ""));
    let (method, path) = line.split_once(' ').unwrap_or((line, "/articles"));
    let mut request = request(&format!("{method}\n{headers}"));
    *request.uri_mut() = format!("https://api.test{path}").parse().unwrap();
    request.map(|()| Body::empty())
}

#[tokio::test]
async fn the_help_goes_by_the_status() {
    for (name, mut service, calls) in cases() {
        for (text, preflight, status, help) in calls {
            let outcome = Browser::at(PAGE).fetch(&mut service, call(text)).await;
            let blocked = outcome.unwrap_err();
            let Blocked::Origin { access, allowed } = &blocked else {
                panic!("{name}, {text}: {blocked:?}");
            };
            assert_eq!(*allowed, None, "{name}, {text}");
            let expected = StatusCode::from_u16(status).unwrap();
            assert_eq!(access.status, Some(expected), "{name}, {text}");
            assert_eq!(access.preflight, preflight, "{name}, {text}");
            assert_eq!(blocked.help(), Some(help), "{name}, {text}");
            // The line of the console has no status.
            let text =
                "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
            assert!(blocked.to_string().ends_with(text), "{blocked}");
        }
    }
}
