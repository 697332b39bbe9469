//! Where the test itself, or the service, is at fault.

use std::convert::Infallible;
use std::fmt;
use std::future::Ready;
use std::task::{Context, Poll};

use cors_runtime::testing::{Access, Blocked, Browser};
use http::{Method, Request, Response, StatusCode, header};
use tower::{Service, service_fn};

use super::{PAGE, URL, request};

async fn allows_all(_: Request<String>) -> Result<Response<()>, Infallible> {
    let response = Response::builder().header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    Ok(response.body(()).unwrap())
}

#[tokio::test]
async fn urls_must_be_absolute_and_plain() {
    for (url, is_sound) in [
        (URL, true),
        ("http://localhost:3000", true),
        ("/articles", false),
        ("api.test:443", false),
        ("ftp://api.test/articles", false),
        ("https://user@api.test/articles", false),
        ("https://user:word@api.test/articles", false),
    ] {
        let request = Request::get(url).body(String::new()).unwrap();
        let outcome = Browser::at(PAGE)
            .fetch(&mut service_fn(allows_all), request)
            .await;
        match outcome {
            Ok(_) => assert!(is_sound, "{url}"),
            Err(blocked) => {
                assert!(!is_sound, "{blocked:?}");
                assert_eq!(
                    blocked,
                    Blocked::Url {
                        url: url.to_owned()
                    }
                );
                assert_eq!(
                    blocked.to_string(),
                    format!("`{url}` is not a URL that a page can fetch from a service")
                );
            }
        }
    }
}

#[tokio::test]
async fn pages_have_a_serialised_origin() {
    for (origin, is_sound) in [
        (PAGE, true),
        ("http://localhost:3000", true),
        ("null", true),
        ("capacitor://localhost", true),
        ("tauri://localhost:8080", true),
        ("capacitor://Localhost", false),
        ("capacitor://localhost/", false),
        ("capacitor://localhost?query", false),
        ("capacitor://localhost#fragment", false),
        ("capacitor://user@localhost", false),
        ("capacitor://", false),
        ("capacitor:localhost", false),
        ("wss://app.test", false),
        ("file:///app", false),
        ("https://app.test/", false),
        ("https://app.test:443", false),
        ("https://App.test", false),
        ("app.test", false),
        ("", false),
    ] {
        let request = Request::get(URL).body(String::new()).unwrap();
        let outcome = Browser::at(origin)
            .fetch(&mut service_fn(allows_all), request)
            .await;
        let expected = Blocked::Page {
            origin: origin.to_owned(),
        };
        assert_eq!(outcome.err(), (!is_sound).then_some(expected), "{origin}");
    }
}

#[tokio::test]
async fn some_methods_are_for_no_script() {
    for method in ["TRACE", "track", "Connect"] {
        let request = Request::builder()
            .method(method)
            .uri(URL)
            .body(String::new())
            .unwrap();
        let outcome = Browser::at(PAGE)
            .fetch(&mut service_fn(allows_all), request)
            .await;
        let method: Method = method.parse().unwrap();
        assert_eq!(outcome.unwrap_err(), Blocked::ForbiddenMethod { method });
    }
}

#[derive(Debug)]
struct Down;

impl fmt::Display for Down {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the articles cannot be read")
    }
}

impl std::error::Error for Down {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&fmt::Error)
    }
}

struct NeverReady;

impl Service<Request<()>> for NeverReady {
    type Response = Response<()>;
    type Error = Down;
    type Future = Ready<Result<Response<()>, Down>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Down>> {
        Poll::Ready(Err(Down))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        panic!("it is not ready")
    }
}

#[tokio::test]
async fn a_service_that_fails_is_no_matter_of_cors() {
    let mut fails = service_fn(async |_: Request<()>| Err::<Response<()>, _>(Down));
    let outcome = Browser::at(PAGE).fetch(&mut fails, request("GET")).await;
    let Err(Blocked::Service { access, error }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        error,
        format!("the articles cannot be read: {}", fmt::Error)
    );
    let mut expected = Access::default();
    expected.url.push_str(URL);
    expected.origin.push_str(PAGE);
    expected.sent_origin.push_str(PAGE);
    assert_eq!(*access, expected);

    let outcome = Browser::at(PAGE)
        .fetch(&mut NeverReady, request("GET"))
        .await;
    assert!(
        matches!(outcome, Err(Blocked::Service { .. })),
        "{outcome:?}"
    );
}

/// Redirects to the same path on another host with a status, once.
fn redirects(
    status: StatusCode,
) -> impl Service<Request<String>, Response = Response<String>, Error = Infallible> {
    service_fn(move |request: Request<String>| async move {
        let response = Response::builder()
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .header(header::ACCESS_CONTROL_ALLOW_METHODS, "*")
            .header(header::ACCESS_CONTROL_ALLOW_HEADERS, "*");
        let response = match (request.uri().host(), request.method()) {
            (Some("api.test"), method) if method != Method::OPTIONS => response
                .status(status)
                .header(header::LOCATION, "https://new.test/articles"),
            _ => response,
        };
        let (parts, body) = request.into_parts();
        Ok(response.body(format!("{} {body}", parts.method)).unwrap())
    })
}

#[tokio::test]
async fn a_body_that_is_there_once_is_sent_once() {
    let browser = Browser::at(PAGE);
    let put = || Request::put(URL).header(header::CONTENT_TYPE, "application/json");
    for (status, once, again) in [
        (StatusCode::SEE_OTHER, Some("GET "), "GET "),
        (StatusCode::FOUND, None, "PUT {}"),
        (StatusCode::TEMPORARY_REDIRECT, None, "PUT {}"),
        (StatusCode::PERMANENT_REDIRECT, None, "PUT {}"),
    ] {
        let service = &mut redirects(status);
        let outcome = browser
            .fetch(service, put().body("{}".to_owned()).unwrap())
            .await;
        match (outcome, once) {
            (Ok(response), Some(body)) => assert_eq!(response.body(), body, "{status}"),
            (Err(Blocked::Body { access }), None) => {
                assert_eq!(access.url, "https://new.test/articles", "{status}");
                assert_eq!(access.redirected_from.as_deref(), Some(URL));
            }
            (outcome, _) => panic!("{status}: {outcome:?}"),
        }
        let body = || "{}".to_owned();
        let response = browser
            .fetch_with(service, put().body(()).unwrap(), body)
            .await;
        assert_eq!(response.unwrap().body(), again, "{status}");
    }
}

/// Tests spawn it, and share it.
#[test]
fn a_fetch_can_go_to_another_thread() {
    fn is_send<T: Send>(_: T) {}
    fn is_sync<T: Send + Sync>(_: &T) {}
    let browser = Browser::at(PAGE);
    is_sync(&browser);
    is_send(browser.fetch(&mut service_fn(allows_all), Request::new(String::new())));
}
