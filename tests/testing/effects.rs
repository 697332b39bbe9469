//! Whether the service has handled a request that was blocked, and its status.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{Method, Request, Response, StatusCode, header};
use tower::{ServiceExt, service_fn};

use super::layered::under;
use super::{PAGE, STRANGER, URL, handler, request};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.test"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Content-Type"],
});

const NOTE: &str = "the browser withholds the response, but cannot undo the effect";

/// A call of a stranger, how often the handler runs, and the method whose effect the help names.
const CALLS: &[(&str, usize, Option<&str>)] = &[
    ("GET", 1, None),
    ("HEAD", 1, None),
    ("POST", 1, Some("POST")),
    ("POST\ncontent-type: text/plain", 1, Some("POST")),
    ("POST\ncontent-type: application/json", 0, None),
    ("GET\nx-debug: 1", 0, None),
    ("PUT", 0, None),
    ("DELETE", 0, None),
];

#[tokio::test]
async fn simple_requests_of_strangers_are_handled() {
    for (text, handled, effect) in CALLS {
        let runs = AtomicUsize::new(0);
        let layered = under(CorsLayer::new(CORS), handler(Response::new(())));
        let mut service = service_fn(|request: Request<()>| {
            let is_preflight = request.method() == Method::OPTIONS;
            runs.fetch_add(usize::from(!is_preflight), Ordering::Relaxed);
            layered.clone().oneshot(request)
        });
        let stranger = Browser::at(STRANGER);
        let blocked = stranger.fetch(&mut service, request(text)).await;
        let blocked = blocked.unwrap_err();
        assert_eq!(runs.load(Ordering::Relaxed), *handled, "{text}");
        assert_eq!(blocked.was_handled(), *handled == 1, "{text}");
        let note = effect.map(|method| format!(". The service has handled this {method}: {NOTE}"));
        let help = blocked.help().unwrap();
        match note {
            Some(note) => assert!(help.ends_with(&note), "{text}: {help}"),
            None => assert!(!help.contains("has handled"), "{text}: {help}"),
        }
    }
}

/// What a service does: the status and the headers of a response to preflights, and to others.
type Service = (Option<(u16, &'static str)>, Option<(u16, &'static str)>);

const ANY: &str = "access-control-allow-origin: *";
const ALL: &str = "access-control-allow-origin: *\naccess-control-allow-methods: *";

/// The name of a case, the service, and the reason: its variant, the preflight, the status, whether the
/// request was handled, and whether the help says so of its effect.
type Case = (
    &'static str,
    Service,
    &'static str,
    bool,
    Option<u16>,
    bool,
    bool,
);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("the preflight fails", (None, None), "Service", true, None, false, false),
    ("the call fails", (Some((204, ALL)), None), "Service", false, None, false, false),
    ("the preflight has no header", (Some((200, "")), None), "Origin", true, Some(200), false, false),
    ("the preflight has an error", (Some((404, ALL)), None), "Status", true, Some(404), false, false),
    ("the preflight is a redirect", (Some((308, "location: /")), None), "PreflightRedirect", true, Some(308), false, false),
    ("the preflight allows no method", (Some((204, ANY)), None), "Method", true, Some(204), false, false),
    ("the response has no header", (Some((204, ALL)), Some((201, ""))), "Origin", false, Some(201), true, true),
    ("the error has no header", (Some((204, ALL)), Some((409, ""))), "Origin", false, Some(409), true, false),
    ("the panic has no header", (Some((204, ALL)), Some((500, ""))), "Origin", false, Some(500), true, false),
    ("the response has two", (Some((204, ALL)), Some((200, "access-control-allow-origin: *, *"))), "SeveralOrigins", false, Some(200), true, true),
    ("it redirects to another scheme", (Some((204, ALL)), Some((303, "access-control-allow-origin: *\nlocation: app://a"))), "RedirectScheme", false, Some(303), true, true),
    ("it redirects to no URL", (Some((204, ALL)), Some((307, "access-control-allow-origin: *\nlocation: https://"))), "Location", false, Some(307), true, true),
    ("it redirects to itself", (Some((204, ALL)), Some((308, "access-control-allow-origin: *\nlocation: /articles"))), "Redirects", false, Some(308), true, true),
];

fn response(status: u16, lines: &str) -> Response<()> {
    let mut response = Response::builder().status(status);
    for line in lines.lines() {
        let (name, value) = line.split_once(": ").unwrap();
        response = response.header(name, value);
    }
    response.body(()).unwrap()
}

#[tokio::test]
async fn each_reason_has_its_status() {
    for (name, (preflight, actual), reason, at_preflight, status, handled, effect) in CASES {
        let mut service = service_fn(async |request: Request<()>| {
            let is_preflight = request.method() == Method::OPTIONS;
            let reply = if is_preflight { preflight } else { actual };
            let (status, lines) = reply.ok_or("no connection")?;
            Ok::<_, &str>(response(status, lines))
        });
        let page = Browser::at(PAGE);
        let sent = page.fetch_with(&mut service, request("PUT"), || ());
        let blocked = sent.await.unwrap_err();
        let access = blocked.access().unwrap();
        assert_eq!(variant(&blocked), *reason, "{name}");
        assert_eq!(access.preflight, *at_preflight, "{name}");
        let status = status.map(|status| StatusCode::from_u16(status).unwrap());
        assert_eq!(access.status, status, "{name}");
        assert_eq!(access.method, Method::PUT, "{name}");
        assert!(!access.credentials, "{name}");
        assert_eq!(blocked.was_handled(), *handled, "{name}");
        let help = blocked.help().unwrap_or_default();
        assert_eq!(help.ends_with(NOTE), *effect, "{name}: {help}");
    }
}

fn variant(blocked: &Blocked) -> &'static str {
    match blocked {
        Blocked::Origin { .. } => "Origin",
        Blocked::SeveralOrigins { .. } => "SeveralOrigins",
        Blocked::Status { .. } => "Status",
        Blocked::PreflightRedirect { .. } => "PreflightRedirect",
        Blocked::Method { .. } => "Method",
        Blocked::RedirectScheme { .. } => "RedirectScheme",
        Blocked::Location { .. } => "Location",
        Blocked::Redirects { .. } => "Redirects",
        Blocked::Service { .. } => "Service",
        other => panic!("{other:?}"),
    }
}

/// A request that is not sent has no response, although another was sent before.
#[tokio::test]
async fn what_was_not_sent_was_not_handled() {
    let mut service = service_fn(async |request: Request<()>| {
        let to = match request.uri().path() {
            "/articles" => "location: /once",
            _ => "location: /twice",
        };
        let lines = format!("{ALL}\n{to}");
        let status = match *request.method() {
            Method::OPTIONS => 204,
            _ => 307,
        };
        Ok::<_, Infallible>(response(status, &lines))
    });
    let page = Browser::at(PAGE);
    let put = Request::put(URL).body(()).unwrap();
    let blocked = page.fetch(&mut service, put).await.unwrap_err();
    assert!(matches!(blocked, Blocked::Body { .. }), "{blocked}");
    assert_eq!(blocked.access().unwrap().status, None);
    assert!(!blocked.was_handled());

    for (origin, method, url) in [
        ("https://app.test/", Method::GET, URL),
        (PAGE, Method::TRACE, URL),
        (PAGE, Method::GET, "/articles"),
    ] {
        let request = Request::builder().method(method).uri(url);
        let page = Browser::at(origin);
        let blocked = page.fetch(&mut service, request.body(()).unwrap()).await;
        let blocked = blocked.unwrap_err();
        assert_eq!(blocked.access(), None, "{blocked}");
        assert!(!blocked.was_handled(), "{blocked}");
    }
}

/// The credentials mode of the request.
#[tokio::test]
async fn the_credentials_mode_is_known() {
    let mut service = handler(
        Response::builder()
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .body(())
            .unwrap(),
    );
    let page = Browser::at(PAGE).with_credentials();
    let blocked = page.fetch(&mut service, request("GET")).await.unwrap_err();
    assert!(blocked.access().unwrap().credentials);
}
