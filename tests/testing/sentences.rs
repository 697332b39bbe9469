//! Sentences of the documentation about what browsers do: each is still there, and holds.

use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{Policy, cors_policy};
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use tower::service_fn;

/// Whether a page of the documentation has a sentence, wherever its lines end.
#[track_caller]
fn says(page: &str, sentence: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime/src");
    let text = fs::read_to_string(path.join(page)).unwrap();
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    assert!(
        words.contains(sentence),
        "{page} no longer says: {sentence}"
    );
}

fn request(method: &str, url: &str) -> Request<()> {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    Request::builder().method(method).uri(url).body(()).unwrap()
}

/// A response with these headers, one a line.
fn response(status: u16, lines: &[&str]) -> Response<()> {
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        response = response.header(name, value);
    }
    response.body(()).unwrap()
}

/// What a page gets from a service, and the `Origin` of every request in order.
async fn fetch(
    page: &Browser,
    sent: Request<()>,
    respond: impl Fn(&Request<()>) -> Response<()>,
) -> (Result<HeaderMap, Blocked>, Vec<String>) {
    let origins = Arc::new(Mutex::new(Vec::new()));
    let mut service = service_fn(|request: Request<()>| {
        let origin = request.headers().get(header::ORIGIN);
        let origin = origin.map_or("", |origin| origin.to_str().unwrap());
        origins.lock().unwrap().push(origin.to_owned());
        let response = respond(&request);
        async { Ok::<_, Infallible>(response) }
    });
    let got = page.fetch(&mut service, sent).await;
    let origins = origins.lock().unwrap().clone();
    (got.map(|response| response.headers().clone()), origins)
}

const ANY: &str = "access-control-allow-origin: *";

#[tokio::test]
async fn a_redirect_from_another_origin_to_a_different_one_has_the_origin_null() {
    says(
        "guides/faq.md",
        "So does a request that a service on another origin redirects to a different origin; \
         redirects within one origin keep the page's.",
    );
    const SHOP: &str = "https://shop.test";
    for (first, target, origins) in [
        ("https://api.test/", "https://api.test/next", [SHOP, SHOP]),
        ("https://api.test/", "https://cdn.test/", [SHOP, "null"]),
        (
            "https://api.test/",
            "https://api.test:8443/",
            [SHOP, "null"],
        ),
        ("https://api.test/", "https://shop.test/", [SHOP, "null"]),
        ("https://shop.test/a", "https://api.test/", ["", SHOP]),
    ] {
        let redirect = format!("location: {target}");
        let (got, seen) = fetch(&Browser::at(SHOP), request("GET", first), |request| {
            if request.uri() == first {
                response(302, &[ANY, &redirect])
            } else {
                response(200, &[ANY])
            }
        })
        .await;
        assert!(got.is_ok(), "{first} to {target}: {got:?}");
        assert_eq!(seen, origins, "{first} to {target}");
    }
}

#[tokio::test]
async fn every_site_can_have_the_origin_null() {
    says(
        "guides/faq.md",
        "Any site can make such a request, so allowing `null` allows everyone.",
    );
    static NULL: &Policy = cors_policy!({
        "allow_origins": ["null"],
        "allow_headers": ["Content-Type"],
    }, allow(null_origin));
    let url = "https://api.test/";
    // A sandboxed frame of any site, and a redirect by the site's own service.
    Browser::at("null").ask(NULL, &request("GET", url)).unwrap();
    let evil = Browser::at("https://evil.test");
    assert!(evil.ask(NULL, &request("GET", url)).is_err());
    let (got, _) = fetch(&evil, request("GET", "https://evil-api.test/"), |request| {
        if request.uri() == url {
            let mut response = response(200, &[]);
            NULL.decide(request.method(), request.headers())
                .apply(response.headers_mut());
            response
        } else {
            response(307, &[ANY, "location: https://api.test/"])
        }
    })
    .await;
    assert!(got.is_ok(), "{got:?}");
}

#[test]
fn hosts_ports_and_schemes_are_compared_as_they_are_written() {
    says(
        "guides/faq.md",
        "These are two different origins, and so is each port.",
    );
    says(
        "guides/faq.md",
        "A different scheme or port is a different origin, with or without `www.` are two origins, \
         and so are `localhost` and `127.0.0.1`.",
    );
    static LOCAL: &Policy = cors_policy!({
        "allow_origins": ["http://localhost:3000", "https://shop.test"],
        "allow_headers": ["Content-Type"],
    });
    for (origin, passes) in [
        ("http://localhost:3000", true),
        ("http://localhost:5173", false),
        ("http://localhost", false),
        ("https://localhost:3000", false),
        ("http://127.0.0.1:3000", false),
        ("http://[::1]:3000", false),
        ("https://shop.test", true),
        ("https://www.shop.test", false),
        ("http://shop.test", false),
        ("https://shop.test.", false),
        ("null", false),
    ] {
        let asked = request("GET", "https://api.test/");
        let answer = Browser::at(origin).ask(LOCAL, &asked);
        assert_eq!(answer.is_ok(), passes, "{origin}: {answer:?}");
    }
}

#[tokio::test]
async fn methods_are_sent_in_upper_case_except_patch() {
    says(
        "guides/faq.md",
        "`fetch` turns `put` into `PUT` but leaves `patch` as it is, and methods are case-sensitive.",
    );
    says(
        "findings.md",
        "Browsers send DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case whatever the script says, \
         so a lower-case entry never matches; only PATCH is sent as the script spells it.",
    );
    const METHODS: [&str; 8] = [
        "delete", "get", "head", "options", "post", "put", "patch", "PATCH",
    ];
    for method in METHODS {
        let sent = Mutex::new(String::new());
        let lists = |methods: &'static str| {
            let sent = &sent;
            move |request: &Request<()>| {
                *sent.lock().unwrap() = request.method().to_string();
                let methods = format!("access-control-allow-methods: {methods}");
                response(200, &[ANY, &methods])
            }
        };
        let page = Browser::at("https://shop.test");
        let call = || request(method, "https://api.test/");
        let (upper, _) = fetch(&page, call(), lists("DELETE, OPTIONS, PATCH, PUT")).await;
        assert_eq!(upper.is_ok(), method != "patch", "{method}: {upper:?}");
        // A service that lists the method as the script spells it.
        let page = Browser::at("https://shop.test");
        let (lower, _) = fetch(&page, call(), lists("delete, options, patch, put")).await;
        let needs_none = ["get", "head", "post", "patch"].contains(&method);
        assert_eq!(lower.is_ok(), needs_none, "{method}: {lower:?}");
        if method == "patch" {
            assert_eq!(*sent.lock().unwrap(), "patch");
        }
    }
}

#[tokio::test]
async fn some_response_headers_are_for_no_script() {
    says(
        "guides/faq.md",
        "Scripts can never read `Set-Cookie` and `Set-Cookie2`.",
    );
    let exposed = "access-control-expose-headers: *, set-cookie, set-cookie2";
    let lines = [
        ANY,
        exposed,
        "set-cookie: a=1",
        "set-cookie2: a=1",
        "x-a: 1",
    ];
    let page = Browser::at("https://shop.test");
    let call = request("GET", "https://api.test/");
    let (got, _) = fetch(&page, call, |_| response(200, &lines)).await;
    let got = got.unwrap();
    assert!(got.contains_key("x-a"));
    assert!(!got.contains_key("set-cookie") && !got.contains_key("set-cookie2"));

    // Nor does a policy say that they are exposed.
    static EXPOSED: &Policy = cors_policy!({
        "allow_origins": ["*"],
        "allow_headers": ["Content-Type"],
        "expose_headers": ["*"],
    });
    assert!(EXPOSED.exposes_header("x-a"));
    assert!(!EXPOSED.exposes_header("Set-Cookie") && !EXPOSED.exposes_header("set-cookie2"));
}

#[tokio::test]
async fn preflights_need_a_status_of_success() {
    says(
        "findings.md",
        "Browsers accept a preflight response only with a status from 200 to 299.",
    );
    says("guides/deployment.md", "A redirected preflight fails.");
    for status in [
        101, 199, 200, 204, 206, 299, 300, 302, 307, 308, 403, 500, 600, 999,
    ] {
        let page = Browser::at("https://shop.test");
        let call = request("PUT", "https://api.test/");
        let lines = [ANY, "access-control-allow-methods: PUT", "location: /next"];
        let (got, _) = fetch(&page, call, |request| match *request.method() {
            Method::OPTIONS => response(status, &lines),
            _ => response(200, &lines),
        })
        .await;
        assert_eq!(
            got.is_ok(),
            (200..300).contains(&status),
            "{status}: {got:?}"
        );
    }
}

#[tokio::test]
async fn preflights_carry_nothing_secret() {
    says(
        "guides/cors.md",
        "A preflight carries no cookies and no `Authorization`.",
    );
    let page = Browser::at("https://shop.test")
        .with_credentials()
        .with_cookie(HeaderValue::from_static("session=42"));
    let mut call = request("PUT", "https://api.test/");
    let token = HeaderValue::from_static("Bearer 42");
    call.headers_mut().insert(header::AUTHORIZATION, token);
    let seen = Mutex::new(Vec::new());
    let lines = [
        "access-control-allow-origin: https://shop.test",
        "access-control-allow-credentials: true",
        "access-control-allow-methods: PUT",
        "access-control-allow-headers: authorization",
    ];
    let (got, _) = fetch(&page, call, |request| {
        let has = |name| request.headers().contains_key(name);
        let secrets = [has(header::COOKIE), has(header::AUTHORIZATION)];
        seen.lock()
            .unwrap()
            .push((request.method().clone(), secrets));
        response(200, &lines)
    })
    .await;
    assert!(got.is_ok(), "{got:?}");
    let expected = [
        (Method::OPTIONS, [false, false]),
        (Method::PUT, [true, true]),
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn hosts_are_sent_as_browsers_write_them() {
    says(
        "findings.md",
        "Browsers send a host in Punycode, never in the letters that the address bar shows, so the entry \
         never matches.",
    );
    says(
        "findings.md",
        "Browsers accept such a host and send it as it is.",
    );
    static ANYONE: &Policy =
        cors_policy!({ "allow_origins": ["*"], "allow_headers": ["Content-Type"] });
    for (origin, is_page) in [
        ("https://xn--bcher-kva.example", true),
        ("https://bücher.example", false),
        ("https://app.example.com.", true),
        ("https://a_b.example.com", true),
        ("https://App.example.com", false),
        ("https://app.example.com:443", false),
        ("https://app.example.com/", false),
        ("http://127.0.0.1", true),
        ("http://127.1", false),
        ("http://[::1]", true),
        ("http://[0:0:0:0:0:0:0:1]", false),
        ("wss://app.example.com", false),
    ] {
        let answer = Browser::at(origin).ask(ANYONE, &request("GET", "https://api.test/"));
        let no_page = matches!(answer, Err(Blocked::Page { .. }));
        assert_eq!(!no_page, is_page, "{origin}: {answer:?}");
        assert_eq!(answer.is_ok(), is_page, "{origin}: {answer:?}");
    }
}
