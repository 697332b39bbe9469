//! Services whose responses name one origin but do not vary by it, and that a cache keeps for one reason or
//! another.

use std::time::Duration;

use cors_runtime::testing::{Blocked, Browser, Freshness};
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use tower::service_fn;

use super::layered::Layered;
use super::{OTHER, PAGE, request};

type Lines = &'static [(HeaderName, &'static str)];

/// Files, or whatever else has these headers, with CORS written by hand: `Access-Control-Allow-Origin` is the
/// `Origin` of the request.
fn service(status: StatusCode, lines: Lines) -> Layered {
    let answer = service_fn(move |request: Request<()>| {
        let mut response = Response::new(());
        *response.status_mut() = status;
        let lines = lines.iter().cloned();
        let lines = lines.map(|(name, value)| (name, HeaderValue::from_static(value)));
        response.headers_mut().extend(lines);
        if let Some(origin) = request.headers().get(header::ORIGIN) {
            let headers = response.headers_mut();
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        async { Ok(response) }
    });
    Layered::new(answer)
}

const MODIFIED: (HeaderName, &str) = (header::LAST_MODIFIED, "Mon, 01 Jan 2018 00:00:00 GMT");
const VARY: (HeaderName, &str) = (header::VARY, "Origin");

/// The name of a case, the response, and why it is kept, with its text in the help.
#[rustfmt::skip]
const KEPT: &[(&str, StatusCode, Lines, Freshness, &str)] = &[
    // As `tower_http::services::ServeDir` sends it.
    ("files", StatusCode::OK, &[MODIFIED, (header::ACCEPT_RANGES, "bytes"), (header::CONTENT_TYPE, "text/css")],
        Freshness::LastModified, "`Last-Modified`"),
    ("a_missing_file", StatusCode::NOT_FOUND, &[(header::EXPIRES, "Fri, 31 Dec 9999 23:59:59 GMT")],
        Freshness::Expires, "`Expires`"),
    ("behind_a_proxy", StatusCode::OK, &[(header::CACHE_CONTROL, "s-maxage=600")],
        Freshness::SharedMaxAge, "`Cache-Control: s-maxage`"),
    ("with_a_quoted_time", StatusCode::OK, &[(header::CACHE_CONTROL, "max-age=\"600\"")],
        Freshness::MaxAge, "`Cache-Control: max-age`"),
    ("stale", StatusCode::OK, &[(header::CACHE_CONTROL, "max-age=0, stale-while-revalidate=600")],
        Freshness::StaleWhileRevalidate, "`Cache-Control: stale-while-revalidate`"),
    ("gone", StatusCode::GONE, &[], Freshness::Status(StatusCode::GONE), "the status 410"),
];

#[tokio::test]
async fn what_is_kept_serves_the_wrong_page() {
    for (name, status, lines, why, text) in KEPT {
        let service = &mut service(*status, lines);
        let page = Browser::at(PAGE);
        page.fetch(service, request("GET")).await.unwrap();
        let blocked = page
            .open(OTHER)
            .fetch(service, request("GET"))
            .await
            .unwrap_err();
        let Blocked::Stored {
            allowed, freshness, ..
        } = &blocked
        else {
            panic!("{name}: {blocked:?}");
        };
        assert_eq!((allowed.as_deref(), freshness), (Some(PAGE), why), "{name}");
        let help = blocked.help().unwrap();
        assert!(
            help.contains("`Vary: Origin`") && help.ends_with(text),
            "{name}: {help}"
        );
        // The page itself reads the response again.
        page.fetch(service, request("GET")).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_not_kept_or_varies_serves_every_page() {
    let services: [(&str, StatusCode, Lines); 6] = [
        ("varied_files", StatusCode::OK, &[MODIFIED, VARY]),
        ("varied_and_gone", StatusCode::GONE, &[VARY]),
        (
            "no_cache",
            StatusCode::OK,
            &[MODIFIED, (header::CACHE_CONTROL, "no-cache")],
        ),
        (
            "pragma",
            StatusCode::OK,
            &[MODIFIED, (header::PRAGMA, "no-cache")],
        ),
        (
            "as_old_as_it_may_be",
            StatusCode::OK,
            &[(header::CACHE_CONTROL, "max-age=600"), (header::AGE, "600")],
        ),
        ("nothing_said", StatusCode::OK, &[]),
    ];
    for (name, status, lines) in services {
        let service = &mut service(status, lines);
        let page = Browser::at(PAGE);
        for origin in [PAGE, OTHER, PAGE] {
            let fetched = page.open(origin).fetch(service, request("GET")).await;
            assert!(fetched.is_ok(), "{name}: {fetched:?}");
        }
    }
}

/// After its time, the service is asked again.
#[tokio::test]
async fn what_was_kept_is_forgotten() {
    let service = &mut service(StatusCode::OK, &[(header::CACHE_CONTROL, "s-maxage=600")]);
    let page = Browser::at(PAGE);
    page.fetch(service, request("GET")).await.unwrap();
    page.wait(Duration::from_secs(600));
    page.open(OTHER)
        .fetch(service, request("GET"))
        .await
        .unwrap();
}
