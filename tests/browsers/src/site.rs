//! The pages and the APIs that they call, all on one loopback port and distinguished by host.
//!
//! Most hosts share a registrable domain. Their pages are cross-origin to the APIs but same-site, so
//! cookies are sent and there is one HTTP cache. Each host of `site.test` has a twin of `other.test`, on
//! another site.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Request, State};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::case::Page;
use crate::cookies;
use crate::fault::respond;

/// Two allowed origins, with credentials. http is safe, because it does not leave this machine.
static API: &Policy = cors_policy!("src/krakend.json", allow(insecure_origin_with_credentials));

/// Every origin, without credentials.
static PUBLIC: &Policy = cors_policy!({
    "allow_origins": ["*"],
    "allow_methods": ["GET", "HEAD", "PUT"],
    "allow_headers": ["*"],
    "expose_headers": ["*"],
    "max_age": "10m",
});

/// Only for reading. Browsers must cache no preflight.
static READS: &Policy = cors_policy!({
    "allow_origins": ["http://app.site.test:*"],
    "allow_methods": ["GET"],
    "allow_headers": ["Content-Type", "X-Request-Id"],
    "max_age": "-1s",
}, allow(max_age_negative));

const PAGE: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>A page</title>"#;

/// A request that arrived at an API.
#[derive(Debug, PartialEq)]
pub(crate) struct Arrival {
    /// `METHOD /path`, with the reason if it is refused.
    pub(crate) line: String,
    /// Its headers among [`NAMES`].
    headers: Vec<(&'static str, String)>,
    /// Whether it has the cookie of its case.
    cookie: bool,
}

impl Arrival {
    /// What browsers accept as a page differs.
    pub(crate) fn without_accept(mut self) -> Self {
        self.headers.retain(|(name, _)| *name != "accept");
        self
    }
}

/// The request headers in which the model must agree with the browsers.
const NAMES: [&str; 15] = [
    "accept",
    "access-control-request-headers",
    "access-control-request-method",
    "authorization",
    "cache-control",
    "content-type",
    "last-event-id",
    "origin",
    "pragma",
    "range",
    "sec-websocket-protocol",
    "sec-websocket-version",
    "upgrade",
    "x-method-override",
    "x-request-id",
];

/// The requests that reached the APIs since the last call.
#[derive(Clone, Default)]
struct Arrivals(Arc<Mutex<Vec<Arrival>>>);

impl Arrivals {
    fn push(&self, arrival: Arrival) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(arrival);
    }

    fn take(&self) -> Vec<Arrival> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(crate) struct Site {
    pub(crate) port: u16,
    /// All hosts, without a connection.
    pub(crate) service: Router,
    arrivals: Arrivals,
}

impl Site {
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let arrivals = Arrivals::default();
        let hosts = [
            ("api", api(API, &arrivals)),
            ("public", api(PUBLIC, &arrivals)),
            ("reads", api(READS, &arrivals)),
            (
                "broken",
                noted(Router::new().fallback(respond), None, &arrivals),
            ),
        ];
        let by_host = async move |request: Request| {
            let host = host(request.headers()).to_owned();
            let label = host
                .strip_suffix(".site.test")
                .or(host.strip_suffix(".other.test"));
            let api = hosts.into_iter().find(|(name, _)| label == Some(name));
            match api {
                Some((_, api)) => api.oneshot(request).await.into_response(),
                None => Html(PAGE).into_response(),
            }
        };
        let service = Router::new().fallback(by_host);
        let served = service.clone();
        tokio::spawn(async { axum::serve(listener, served).await });
        Ok(Self {
            port,
            service,
            arrivals,
        })
    }

    pub(crate) fn origin(&self, page: Page) -> String {
        let page = match page {
            Page::Allowed => "app",
            Page::Other => "other",
            Page::Denied => "evil",
            Page::Stranger => return format!("http://evil.other.test:{}", self.port),
            Page::Own => "api",
            Page::Sandboxed => return "null".to_owned(),
        };
        format!("http://{page}.site.test:{}", self.port)
    }

    /// The requests to APIs since the last call.
    pub(crate) fn arrived(&self) -> Vec<Arrival> {
        self.arrivals.take()
    }
}

/// The host of a request, without its port.
fn host(headers: &HeaderMap) -> &str {
    text(headers, header::HOST)
        .split(':')
        .next()
        .unwrap_or_default()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn api(policy: &'static Policy, arrivals: &Arrivals) -> Router {
    let router = Router::new()
        .route("/", get(async || Html(PAGE)))
        .route("/articles", any(async || "three articles"))
        .route(
            "/total",
            get(async || ([("x-total", "3"), ("x-secret", "4")], "three articles")),
        )
        .route("/cached", get(cached))
        .route("/cookie", any(cookie))
        .route(
            "/token",
            get(async |headers: HeaderMap| text(&headers, header::AUTHORIZATION).to_owned()),
        )
        .route("/login", any(login))
        .route("/events", get(events))
        .route(
            "/live",
            any(async |upgrade: WebSocketUpgrade| open(upgrade)),
        )
        .route(
            "/guarded",
            any(async move |upgrade: WebSocketUpgrade, headers: HeaderMap| {
                guarded(policy, upgrade, &headers)
            }),
        )
        .route("/session", any(session))
        .route(
            "/broken",
            any(async || (StatusCode::INTERNAL_SERVER_ERROR, "it broke")),
        )
        .route("/to/{host}/{path}", any(redirect))
        .layer(CorsLayer::new(policy));
    noted(router, Some(policy), arrivals)
}

fn noted(router: Router, policy: Option<&'static Policy>, arrivals: &Arrivals) -> Router {
    let state = (policy, arrivals.clone());
    router.layer(middleware::from_fn_with_state(state, note))
}

async fn note(
    State((policy, arrivals)): State<(Option<&'static Policy>, Arrivals)>,
    request: Request,
    next: Next,
) -> Response {
    let (method, path, headers) = (request.method(), request.uri().path(), request.headers());
    let decision = policy.map(|policy| policy.decide(method, headers));
    let line = match decision.and_then(|decision| decision.refusal()) {
        Some(refusal) => format!("{method} {path}: {refusal}"),
        None => format!("{method} {path}"),
    };
    let port = text(headers, header::HOST).trim_start_matches(host(headers));
    // In preflights for the cache mode `no-store`, only the standard leaves these out. For a condition, Chromium
    // sends others. In handshakes, it leaves `Accept` out.
    let is_conditional = headers.keys().any(|name| name.as_str().starts_with("if-"));
    let others: &[&str] = if method == Method::OPTIONS || is_conditional {
        &["cache-control", "pragma"]
    } else if headers.contains_key(header::UPGRADE) {
        &["accept"]
    } else {
        &[]
    };
    let names = NAMES.into_iter().filter(|name| !others.contains(name));
    let headers = names.filter_map(|name| {
        let value = headers.get(name)?;
        // With the forms and the conditions of a script, Chromium asks caches to check what they have.
        let is_own = name == "cache-control" && value == "max-age=0";
        (!is_own).then(|| (name, String::from_utf8_lossy(value.as_bytes()).into_owned()))
    });
    let arrival = Arrival {
        line: line.replace(port, ""),
        headers: headers.collect(),
        cookie: has_cookie(request.uri(), request.headers()),
    };
    // The icon of what a form shows.
    if path != "/favicon.ico" {
        arrivals.push(arrival);
    }
    next.run(request).await
}

/// Fresh for a minute.
async fn cached() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "max-age=60")], "three articles")
}

/// Sets a cookie named after the query.
async fn login(uri: Uri) -> impl IntoResponse {
    let name = case(&uri);
    let cookie = format!("{name}=1{}", cookies::attributes(name));
    ([(header::SET_COOKIE, cookie)], "welcome")
}

/// Whether the request has the cookie named after the query.
async fn cookie(uri: Uri, headers: HeaderMap) -> &'static str {
    if has_cookie(&uri, &headers) {
        "with the cookie"
    } else {
        "without the cookie"
    }
}

/// The name of the case is the query. In that of a form it is the name of a field without a value.
fn case(uri: &Uri) -> &str {
    uri.query().unwrap_or_default().trim_end_matches('=')
}

fn has_cookie(uri: &Uri, headers: &HeaderMap) -> bool {
    let wanted = format!("{}=1", case(uri));
    let mut cookies = text(headers, header::COOKIE).split("; ");
    cookies.any(|cookie| cookie == wanted)
}

/// One event. Browsers connect again at once.
async fn events() -> impl IntoResponse {
    let event_stream = [(header::CONTENT_TYPE, "text/event-stream")];
    (event_stream, "retry: 1\nid: 7\ndata: three articles\n\n")
}

/// Opens a WebSocket, which the page closes.
fn open(upgrade: WebSocketUpgrade) -> Response {
    let until_closed = async |mut socket: WebSocket| while socket.recv().await.is_some() {};
    upgrade.protocols(["articles"]).on_upgrade(until_closed)
}

/// Opens a WebSocket for pages that the policy allows.
fn guarded(policy: &'static Policy, upgrade: WebSocketUpgrade, headers: &HeaderMap) -> Response {
    if policy.allows_origin(text(headers, header::ORIGIN)) {
        open(upgrade)
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// Opens a WebSocket if the handshake has the cookie named after the query.
async fn session(upgrade: WebSocketUpgrade, uri: Uri, headers: HeaderMap) -> Response {
    if has_cookie(&uri, &headers) {
        open(upgrade)
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

/// Redirects to a path on another host, with the same port and query.
async fn redirect(
    Path((to, path)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> impl IntoResponse {
    let host = text(&headers, header::HOST).replacen(host(&headers), &to, 1);
    let query = uri.query().unwrap_or_default();
    let location = format!("http://{host}/{path}?{query}");
    (
        StatusCode::TEMPORARY_REDIRECT,
        [(header::LOCATION, location)],
    )
}
