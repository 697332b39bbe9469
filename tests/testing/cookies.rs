//! A service with sessions whose cookie is wrong, each in its own way: the browser says why "the login works,
//! but the next call gets 401".

use std::convert::Infallible;

use cors_runtime::testing::{Blocked, Browser, SameSite};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{Request, Response, StatusCode, header};
use tower::util::BoxCloneSyncService;
use tower::{Service, service_fn};

use super::layered::{Layered, under};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.site.test", "https://other.test", "http://app.site.test"],
    "allow_methods": ["GET", "HEAD", "POST"],
    "allow_headers": ["Content-Type"],
    "allow_credentials": true,
}, allow(insecure_origin_with_credentials));

const LOGIN: &str = "https://api.site.test/login";
const ME: &str = "https://api.site.test/me";
const SAME_SITE: &str = "https://app.site.test";
const CROSS_SITE: &str = "https://other.test";

/// `/login` sets a cookie, and everything else needs it.
fn service(line: &'static str) -> Layered {
    let handler = service_fn(move |request: Request<()>| async move {
        let response = Response::builder();
        let response = match (request.uri().path(), request.headers().get(header::COOKIE)) {
            ("/login", _) => response.header(header::SET_COOKIE, line),
            (_, Some(_)) => response,
            (_, None) => response.status(StatusCode::UNAUTHORIZED),
        };
        Ok::<_, Infallible>(response.body(()).unwrap())
    });
    under(CorsLayer::new(CORS), BoxCloneSyncService::new(handler))
}

fn request(method: &str, url: &str) -> Request<()> {
    Request::builder().method(method).uri(url).body(()).unwrap()
}

/// Logs in, and says with which status `/me` responds.
async fn me_after_login(page: &Browser, line: &'static str) -> StatusCode {
    let service = &mut service(line);
    let login = page.fetch(service, request("POST", LOGIN)).await.unwrap();
    assert_eq!(login.status(), StatusCode::OK);
    page.fetch(service, request("GET", ME))
        .await
        .unwrap()
        .status()
}

/// The cookie, the page, why it is blocked, a part of the help, and the cookie that follows it.
#[rustfmt::skip]
const FAULTS: &[(&str, &str, &str, &str, &str)] = &[
    ("session=1", CROSS_SITE,
        "the page is on another site, and there is no `SameSite`, which counts as `Lax`",
        "set it with `SameSite=None; Secure`", "session=1; SameSite=None; Secure"),
    ("session=1; SameSite=Lax", CROSS_SITE, "the page is on another site, and the cookie is `SameSite=Lax`",
        "set it with `SameSite=None; Secure`", "session=1; SameSite=None; Secure"),
    ("session=1; SameSite=Strict", CROSS_SITE,
        "the page is on another site, and the cookie is `SameSite=Strict`",
        "set it with `SameSite=None; Secure`", "session=1; SameSite=None; Secure"),
    ("session=1; SameSite=Lax", "http://app.site.test",
        "the page is on another site, and the cookie is `SameSite=Lax`",
        "with one scheme", "session=1; SameSite=None; Secure"),
    ("session=1; SameSite=None", CROSS_SITE, "it is `SameSite=None` without `Secure`", "add `Secure`",
        "session=1; SameSite=None; Secure"),
    ("session=1; Domain=app.site.test", SAME_SITE,
        "`Domain` is not a domain for which this host may set cookies", "leave out `Domain`", "session=1"),
    ("session=1; Domain=test", SAME_SITE,
        "`Domain` is not a domain for which this host may set cookies", "a domain above it that is your own",
        "session=1; Domain=site.test"),
    ("__Secure-session=1", SAME_SITE, "without the attributes for that", "add `Secure`",
        "__Secure-session=1; Secure"),
    ("__Host-session=1; Secure", SAME_SITE, "without the attributes for that", "write `Path=/`",
        "__Host-session=1; Secure; Path=/"),
    ("session", SAME_SITE, "it has no name and value", "write `Set-Cookie: name=value`", "session=1"),
];

#[tokio::test]
async fn each_fault_has_its_reason() {
    for (line, origin, reason, help, right) in FAULTS {
        let page = Browser::at(origin).with_credentials();
        assert_eq!(
            me_after_login(&page, line).await,
            StatusCode::UNAUTHORIZED,
            "{line}"
        );
        assert_eq!(page.cookies(), [], "{line}");
        let [blocked] = &page.blocked_cookies()[..] else {
            panic!("{line}: {:?}", page.blocked_cookies());
        };
        assert!(
            blocked.set && blocked.name == line.split('=').next().unwrap(),
            "{blocked:?}"
        );
        let name = &blocked.name;
        let text = format!("the cookie `{name}` from {LOGIN} was not kept: ");
        assert!(blocked.to_string().starts_with(&text), "{blocked}");
        assert!(blocked.to_string().contains(reason), "{blocked}");
        assert!(blocked.help().contains(help), "{}", blocked.help());
        assert_eq!(
            format!("{blocked:?}"),
            format!("{blocked}\nhelp: {}", blocked.help())
        );

        let page = Browser::at(origin).with_credentials();
        assert_eq!(
            me_after_login(&page, right).await,
            StatusCode::OK,
            "{right}"
        );
        assert_eq!(page.blocked_cookies(), [], "{right}");
    }
}

#[tokio::test]
async fn a_cookie_that_is_too_long_is_not_kept() {
    let line: &'static str = format!("session={}", "1".repeat(4_096)).leak();
    let page = Browser::at(SAME_SITE).with_credentials();
    assert_eq!(me_after_login(&page, line).await, StatusCode::UNAUTHORIZED);
    let [blocked] = &page.blocked_cookies()[..] else {
        panic!("one cookie");
    };
    assert!(
        blocked
            .to_string()
            .ends_with("name and value have more than 4096 bytes"),
        "{blocked}"
    );
    assert!(blocked.help().contains("only its key"), "{blocked:?}");
}

/// A call is as far as the cookie gets: it is kept, but not sent.
#[tokio::test]
async fn a_cookie_that_is_not_sent_is_named() {
    let service = &mut service("session=1; SameSite=Lax; Secure");
    let own = Browser::at(SAME_SITE).with_credentials();
    own.fetch(service, request("POST", LOGIN)).await.unwrap();
    let me = || request("GET", ME);

    for (page, url, reason) in [
        (
            own.open(SAME_SITE),
            ME,
            "the request is made without credentials",
        ),
        (
            own.open(CROSS_SITE).with_credentials(),
            ME,
            "the page is on another site, and the cookie is `SameSite=Lax`",
        ),
        (
            own.open("http://app.site.test").with_credentials(),
            "http://api.site.test/me",
            "it is `Secure`, and the URL is not https",
        ),
    ] {
        let before = own.blocked_cookies().len();
        let response = page.fetch(service, request("GET", url)).await.unwrap();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{reason}");
        let [blocked] = &own.blocked_cookies()[before..] else {
            panic!("{:?}", own.blocked_cookies());
        };
        assert!(!blocked.set);
        let text = format!("the cookie `session` was not sent to {url}: {reason}");
        assert_eq!(blocked.to_string(), text);
    }
    let before = own.blocked_cookies();
    assert_eq!(
        own.fetch(service, me()).await.unwrap().status(),
        StatusCode::OK
    );
    assert_eq!(own.blocked_cookies(), before);
}

/// The script gets an error, but the session has begun.
#[tokio::test]
async fn a_login_that_cors_blocks_is_a_login() {
    let service = &mut service("session=1; SameSite=None; Secure");
    let stranger = Browser::at("https://evil.test").with_credentials();
    let blocked = stranger.fetch(service, request("POST", LOGIN)).await;
    assert!(
        matches!(blocked, Err(Blocked::Origin { .. })),
        "{blocked:?}"
    );
    let own = stranger.open(SAME_SITE).with_credentials();
    let response = own.fetch(service, request("GET", ME)).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_the_browser_keeps() {
    let page = Browser::at(SAME_SITE).with_credentials();
    let line = "session=\"1 2\"; Domain=.Site.test; Path=/me; Secure; HttpOnly; SameSite=strict; Max-Age=9";
    assert_eq!(me_after_login(&page, line).await, StatusCode::OK);
    let [cookie] = &page.open(CROSS_SITE).cookies()[..] else {
        panic!("{:?}", page.cookies());
    };
    assert_eq!((&*cookie.name, &*cookie.value), ("session", "\"1 2\""));
    assert_eq!((&*cookie.domain, &*cookie.path), ("site.test", "/me"));
    assert!(cookie.secure && cookie.http_only && !cookie.host_only);
    assert_eq!(cookie.same_site, SameSite::Strict);

    page.wait(std::time::Duration::from_secs(9));
    assert_eq!(page.cookies(), []);

    me_after_login(&page, "session=1").await;
    let [cookie] = &page.cookies()[..] else {
        panic!("{:?}", page.cookies());
    };
    assert_eq!((&*cookie.domain, &*cookie.path), ("api.site.test", "/"));
    assert!(!cookie.secure && !cookie.http_only && cookie.host_only);
    assert_eq!(cookie.same_site, SameSite::Unset);
}

/// The protection that the guide describes, and services without one.
#[tokio::test]
async fn a_strangers_form() {
    /// Whether a service takes the request for one of its own pages.
    type Protection = fn(&http::HeaderMap) -> bool;

    let by_origin: Protection = |headers| {
        let origin = headers.get(header::ORIGIN);
        origin.is_none_or(|origin| origin == SAME_SITE)
    };
    let by_metadata: Protection = |headers| {
        let site = headers.get("sec-fetch-site");
        site.is_none_or(|site| site == "same-origin" || site == "same-site")
    };
    let none: Protection = |_| true;
    for (name, protection, line, expected) in [
        (
            "origin",
            by_origin,
            "session=1; SameSite=None; Secure",
            StatusCode::FORBIDDEN,
        ),
        (
            "metadata",
            by_metadata,
            "session=1; SameSite=None; Secure",
            StatusCode::FORBIDDEN,
        ),
        (
            "none",
            none,
            "session=1; SameSite=None; Secure",
            StatusCode::OK,
        ),
        (
            "SameSite=Lax",
            none,
            "session=1; SameSite=Lax",
            StatusCode::UNAUTHORIZED,
        ),
        // It is not yet two minutes old.
        ("no SameSite", none, "session=1", StatusCode::OK),
    ] {
        let session = service(line);
        let mut service = service_fn(move |request: Request<()>| {
            let mut session = session.clone();
            async move {
                if protection(request.headers()) {
                    session.call(request).await
                } else {
                    Ok(Response::builder()
                        .status(StatusCode::FORBIDDEN)
                        .body(())
                        .unwrap())
                }
            }
        });
        let own = Browser::at(SAME_SITE).with_credentials();
        own.fetch(&mut service, request("POST", LOGIN))
            .await
            .unwrap();
        let form = || request("POST", "https://api.site.test/transfer");
        let response = own.submit(&mut service, form()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{name}");

        let stranger = own.open(CROSS_SITE);
        let response = stranger.submit(&mut service, form()).await.unwrap();
        assert_eq!(response.status(), expected, "{name}");
    }
}

#[test]
fn what_cannot_be_sent_says_how() {
    for (blocked, text) in [
        (
            Blocked::Form {
                what: "the method PUT".to_owned(),
            },
            "a form cannot send the method PUT",
        ),
        (
            Blocked::NoCorsMethod {
                method: http::Method::PUT,
            },
            "Failed to execute 'fetch' on 'Window': 'PUT' is unsupported in no-cors mode.",
        ),
    ] {
        assert_eq!(blocked.to_string(), text);
        assert!(
            blocked.help().unwrap().contains("`Browser::fetch`"),
            "{blocked:?}"
        );
    }
}
