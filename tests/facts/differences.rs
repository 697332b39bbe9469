//! Where an engine does something else than the Fetch standard: the table in the documentation of
//! `cors_runtime::testing`. Some of its rows are cases of other files.

use cors_runtime::testing::Browser;
use http::{HeaderValue, Request, Response, header};
use tower::service_fn;

use crate::case::{API, Case, SHOP, agree, case};

#[tokio::test]
async fn differences() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [request_headers(), redirects(), responses()]
        .into_iter()
        .flatten()
        .collect()
}

fn request_headers() -> Vec<Case> {
    let long = format!("Accept: {}", "a".repeat(128));
    let range = format!("Range: bytes=0-{}", "9".repeat(30));
    let asks = |name: &str, lines: &[&str], asks: bool| {
        let arrives: &[&str] = if asks { &["OPTIONS", "GET"] } else { &["GET"] };
        case(name).fetch("GET", lines).arrives(arrives).gets("200")
    };
    let hints = ["Device-Memory", "RTT", "ECT", "Downlink", "Viewport-Width"];
    let hints = hints.map(|name| {
        asks(
            &format!("{name}_is_asked_for"),
            &[&format!("{name}: 1")],
            true,
        )
    });
    let others = [
        asks("accept_twice", &["Accept: 1", &long], false),
        asks("accept_nine_times", &[long.as_str(); 9], true),
        asks("a_range_with_thirty_digits", &[&range], false),
        asks("accept_outside_ascii", &["Accept: é"], false),
        asks(
            "a_charset_outside_ascii",
            &["Content-Type: text/plain;charset=é"],
            false,
        ),
        asks(
            "a_comma_in_a_parameter",
            &["Content-Type: text/plain;a=b,text/html"],
            false,
        ),
    ];
    others.into_iter().chain(hints).collect()
}

fn redirects() -> Vec<Case> {
    const NEXT: &str = "https://cdn.test/next";

    vec![
        case("a_put_redirected_to_another_origin_asks_with_null")
            .redirect(API, 307, NEXT)
            .fetch("PUT", &[])
            .arrives_with(
                &["origin"],
                &[
                    "OPTIONS origin: https://shop.test",
                    "PUT origin: https://shop.test",
                    "OPTIONS https://cdn.test/next origin: null",
                    "PUT https://cdn.test/next origin: null",
                ],
            )
            .gets("200"),
        case("a_put_that_becomes_get_does_not_ask")
            .redirect(API, 303, NEXT)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT", "GET https://cdn.test/next"])
            .gets("200"),
        case("two_equal_locations")
            .at(
                API,
                302,
                &["Allow-Origin: *", "Location: /next", "Location: /next"],
            )
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("Location /next, /next"),
        case("an_empty_location")
            .redirect(API, 302, "")
            .fetch("GET", &[])
            .arrives(&["GET"; 21])
            .gets("Redirects"),
        case("a_user_in_a_redirect_within_the_own_origin")
            .page("https://api.test")
            .redirect(API, 302, "https://user:pass@api.test/next")
            .fetch("GET", &[])
            .arrives(&["GET", "GET https://api.test/next"])
            .gets("200"),
    ]
}

fn responses() -> Vec<Case> {
    const ALL: &[&str] = &["Allow-Origin: https://shop.test", "Allow-Origin:"];

    vec![
        case("an_empty_second_origin")
            .response(200, ALL)
            .fetch("GET", &[])
            .gets("SeveralOrigins"),
        case("a_wildcard_beside_a_quoted_name")
            .granted(&["Expose-Headers: *, \"q\"", "X-A: 1"])
            .fetch("GET", &[])
            .gets("200"),
        case("a_wildcard_exposes_clear_site_data")
            .response(
                200,
                &[
                    "Allow-Origin: *",
                    "Expose-Headers: *",
                    "Clear-Site-Data: \"cache\"",
                ],
            )
            .fetch("GET", &[])
            .gets("200 access-control-allow-origin access-control-expose-headers clear-site-data"),
    ]
}

/// A byte that is not UTF-8.
#[tokio::test]
async fn a_location_in_latin_1() {
    let mut service = service_fn(async |request: Request<()>| {
        let mut response = Response::new(request.uri().to_string());
        let any = HeaderValue::from_static("*");
        response
            .headers_mut()
            .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
        if request.uri() == API {
            let location = HeaderValue::from_bytes(b"/?q=\xE9").unwrap();
            response.headers_mut().insert(header::LOCATION, location);
            *response.status_mut() = http::StatusCode::FOUND;
        }
        Ok::<_, std::convert::Infallible>(response)
    });
    let request = Request::get(API).body(()).unwrap();
    let response = Browser::at(SHOP).fetch(&mut service, request).await;
    assert_eq!(
        response.unwrap().into_body(),
        "https://api.test/?q=%EF%BF%BD"
    );
}
