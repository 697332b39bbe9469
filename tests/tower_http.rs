//! The guide for those who come from tower-http: the settings that it gives for a method grant what
//! the method grants, and the responses differ where it says so.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/layered.rs"]
mod layered;

use std::convert::Infallible;
use std::time::Duration;

use cors_runtime::testing::{Blocked, Browser, MaxAge};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{HeaderName, HeaderValue, Method, Request, Response, header};
use tower::util::BoxCloneSyncService;
use tower::{ServiceExt, service_fn};
use tower_http::cors::{AllowOrigin, Any, CorsLayer as Theirs};

use layered::{Layered, under};

fn origins<const N: usize>(origins: [&'static str; N]) -> [HeaderValue; N] {
    origins.map(HeaderValue::from_static)
}

const ONE: &str = "https://app.test";
const OTHER: &str = "https://admin.test";
const SUBDOMAIN: &str = "https://shop.app.test";
const STRANGER: &str = "https://stranger.test";

/// Headers of every response.
const OWN: [HeaderName; 3] = [header::ETAG, header::LOCATION, header::SERVER];

/// What the service says before any layer: a CORS header of its own, which no layer sends.
async fn inner(request: Request<()>) -> Result<Response<()>, Infallible> {
    let mut response = Response::new(());
    let own = OWN.map(|name| (name, HeaderValue::from_static("1")));
    response.headers_mut().extend(own);
    if request.uri().path() == "/proxied" {
        let any = HeaderValue::from_static("*");
        let name = header::ACCESS_CONTROL_ALLOW_ORIGIN;
        response.headers_mut().insert(name, any);
    }
    if request.method() == Method::OPTIONS {
        let methods = HeaderValue::from_static("GET, PUT");
        response.headers_mut().insert(header::ALLOW, methods);
    }
    Ok(response)
}

fn handler() -> Layered {
    BoxCloneSyncService::new(service_fn(inner))
}

async fn response(service: &Layered, request: &Request<()>) -> Response<()> {
    service.clone().oneshot(request.clone()).await.unwrap()
}

/// A request from a line such as `PUT /path` and headers.
fn request(line: &str, headers: &[(HeaderName, &'static str)]) -> Request<()> {
    let (method, path) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.body(()).unwrap()
}

/// What a script gets that writes JSON, with a token or without.
async fn write(service: &Layered, page: &Browser, token: bool) -> Result<Response<()>, Blocked> {
    let json = (header::CONTENT_TYPE, "application/json");
    let token = token.then_some((header::AUTHORIZATION, "Bearer 42"));
    let headers: Vec<_> = token.into_iter().chain([json]).collect();
    let put = request("PUT https://api.test/", &headers);
    page.fetch(&mut service.clone(), put).await
}

/// Those of the service's own headers that a script may read, and how long the preflight is kept.
type Written = (Vec<HeaderName>, MaxAge);

/// What a script of the origin gets: in a usual page, in one with credentials, and in one of a public
/// network.
async fn written(service: &Layered, origin: &str, token: bool) -> Vec<Option<Written>> {
    let page = || Browser::at(origin);
    let mut written = Vec::new();
    for page in [
        page(),
        page().with_credentials(),
        page().with_private_network_access(),
    ] {
        let response = write(service, &page, token).await.ok();
        written.push(response.map(|response| {
            let own = OWN.into_iter();
            let readable = own.filter(|name| response.headers().contains_key(name));
            (readable.collect(), page.preflights().remove(0).max_age)
        }));
    }
    written
}

const PERMISSIVE: &str = "`permissive`";

/// The methods of the guide's table, and the settings that it gives for them.
fn pairs() -> Vec<(&'static str, Theirs, &'static Policy)> {
    let all = || {
        Theirs::new()
            .allow_origin(Any)
            .allow_methods(Any)
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
    };
    vec![
        (
            "lists, credentials and a maximal age",
            Theirs::new()
                .allow_origin(origins([ONE, OTHER]))
                .allow_methods([Method::GET, Method::HEAD, Method::PUT])
                .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
                .allow_credentials(true)
                .max_age(Duration::from_secs(600)),
            cors_policy!({
                "allow_origins": ["https://app.test", "https://admin.test"],
                "allow_methods": ["GET", "HEAD", "PUT"],
                "allow_headers": ["Authorization", "Content-Type"],
                "allow_credentials": true,
                "max_age": "10m",
            }),
        ),
        (
            "one origin",
            all().allow_origin(HeaderValue::from_static(ONE)),
            cors_policy!({
                "allow_origins": ["https://app.test"],
                "allow_methods": ["GET", "HEAD", "PUT"],
                "allow_headers": ["Authorization", "Content-Type"],
            }),
        ),
        (
            "a predicate",
            all().allow_origin(AllowOrigin::predicate(|origin, _| {
                origin.as_bytes().ends_with(b".app.test")
            })),
            cors_policy!({
                "allow_origins": ["https://*.app.test"],
                "allow_methods": ["GET", "HEAD", "PUT"],
                "allow_headers": ["Authorization", "Content-Type"],
            }),
        ),
        (
            PERMISSIVE,
            Theirs::permissive(),
            cors_policy!({
                "allow_origins": ["*"],
                "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
                "allow_headers": ["*"],
                "expose_headers": ["*"],
            }),
        ),
        (
            "`very_permissive`",
            Theirs::very_permissive(),
            cors_policy!({
                "allow_origins": ["https://*"],
                "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
                "allow_headers": ["*"],
                "allow_credentials": true,
            }, allow(any_origin_with_credentials, everything_with_credentials, warnings)),
        ),
        (
            "exposed headers, and the private network",
            all()
                .expose_headers([header::ETAG, header::LOCATION])
                .allow_private_network(true),
            cors_policy!({
                "allow_origins": ["*"],
                "allow_methods": ["GET", "HEAD", "PUT"],
                "allow_headers": ["Authorization", "Content-Type"],
                "expose_headers": ["ETag", "Location"],
                "allow_private_network": true,
            }, allow(private_network_for_any_origin)),
        ),
    ]
}

#[tokio::test]
async fn the_settings_grant_what_the_methods_grant() {
    for (name, theirs, ours) in pairs() {
        let (theirs, ours) = (
            under(theirs, handler()),
            under(CorsLayer::new(ours), handler()),
        );
        for token in [false, true] {
            if token && name == PERMISSIVE {
                // See the test below.
                continue;
            }
            let mut writers = 0;
            for origin in [ONE, OTHER, SUBDOMAIN, STRANGER] {
                let expected = written(&theirs, origin, token).await;
                writers += usize::from(expected[0].is_some());
                let found = written(&ours, origin, token).await;
                assert_eq!(found, expected, "{name} for {origin}, token: {token}");
            }
            assert!(writers > 0, "{name}");
        }
    }
}

/// `Any` stands for `*`, which does not cover `Authorization`.
#[tokio::test]
async fn a_token_is_any_header_here_alone() {
    let mut pairs = pairs().into_iter();
    let (_, theirs, ours) = pairs.find(|(name, ..)| *name == PERMISSIVE).unwrap();
    let page = Browser::at(ONE);
    let blocked = write(&under(theirs, handler()), &page, true)
        .await
        .unwrap_err();
    assert!(
        matches!(&blocked, Blocked::Header { names, .. } if *names == ["authorization"]),
        "{blocked}"
    );
    write(&under(CorsLayer::new(ours), handler()), &page, true)
        .await
        .unwrap();
}

/// The CORS headers of a response, its status and `Vary`: name and value a line, sorted.
fn said(response: &Response<()>) -> String {
    let lines = response.headers().iter().filter_map(|(name, value)| {
        let name = name.as_str();
        let tells = name.starts_with("access-control-") || name == "vary" || name == "allow";
        tells.then(|| format!("\n{name}: {}", value.to_str().unwrap()))
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    format!("{}{}", response.status().as_u16(), lines.concat())
}

const VARY_OF_OPTIONS: &str =
    "\nvary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

#[tokio::test]
async fn responses_differ_where_the_guide_says_so() {
    let theirs = Theirs::new()
        .allow_origin(HeaderValue::from_static(ONE))
        .allow_credentials(true);
    let listed = under(
        theirs.clone().allow_origin(origins([ONE, OTHER])),
        handler(),
    );
    let theirs = under(theirs, handler());
    let ours = under(
        CorsLayer::new(cors_policy!({
            "allow_origins": ["https://app.test"],
            "allow_methods": ["GET", "HEAD"],
            "allow_headers": ["Content-Type"],
            "allow_credentials": true,
        })),
        handler(),
    );
    let from = |origin| [(header::ORIGIN, origin)];
    let granted =
        "\naccess-control-allow-credentials: true\naccess-control-allow-origin: https://app.test";
    let any = "\naccess-control-allow-credentials: true\naccess-control-allow-origin: *";
    for (name, request, service, expected, expected_here) in [
        (
            "OPTIONS that is no preflight",
            request("OPTIONS /", &from(ONE)),
            &theirs,
            format!("200{granted}"),
            format!("200{granted}\nallow: GET, PUT{VARY_OF_OPTIONS}"),
        ),
        (
            "the one origin, to another",
            request("GET /", &from(STRANGER)),
            &theirs,
            format!("200{granted}"),
            "200\nvary: Origin".to_owned(),
        ),
        (
            "the one origin, to nobody",
            request("GET /", &[]),
            &theirs,
            format!("200{granted}"),
            "200\nvary: Origin".to_owned(),
        ),
        (
            "credentials for an origin that is refused",
            request("GET /", &from(STRANGER)),
            &listed,
            "200\naccess-control-allow-credentials: true\nvary: origin".to_owned(),
            "200\nvary: Origin".to_owned(),
        ),
        (
            "headers of an inner service",
            request("GET /proxied", &from(STRANGER)),
            &listed,
            format!("200{any}\nvary: origin"),
            "200\nvary: Origin".to_owned(),
        ),
        (
            "a method that is not listed",
            request("POST /", &from(ONE)),
            &theirs,
            format!("200{granted}"),
            "200\nvary: Origin".to_owned(),
        ),
    ] {
        let found = response(service, &request).await;
        assert_eq!(said(&found), expected, "{name}, tower-http");
        let found = response(&ours, &request).await;
        assert_eq!(said(&found), expected_here, "{name}, here");
    }
    let status = |response: Response<()>| response.status().as_u16();
    let put = (header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    let preflight = request("OPTIONS /", &[(header::ORIGIN, ONE), put]);
    assert_eq!(status(response(&theirs, &preflight).await), 200);
    assert_eq!(status(response(&ours, &preflight).await), 204);
}
