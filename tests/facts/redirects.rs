//! [HTTP-redirect fetch].
//!
//! [HTTP-redirect fetch]: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch

use crate::case::{API, Case, agree, case};

const NEXT: &str = "https://api.test/next";
const CDN: &str = "https://cdn.test/";

#[tokio::test]
async fn redirects() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [
        checks(),
        origins(),
        preflights(),
        methods(),
        authorization(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn checks() -> Vec<Case> {
    let statuses = [301, 302, 303, 307, 308].map(|status| {
        case(format!("{status}_is_followed"))
            .redirect(API, status, NEXT)
            .fetch("GET", &[])
            .arrives(&["GET", "GET https://api.test/next"])
            .gets("200")
    });
    let others = [
        case("a_redirect_without_permission_is_blocked")
            .at(API, 302, &["Location: https://api.test/next"])
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("Origin"),
        case("the_target_of_a_redirect_needs_permission")
            .redirect(API, 302, NEXT)
            .at(NEXT, 200, &[])
            .fetch("GET", &[])
            .arrives(&["GET", "GET https://api.test/next"])
            .gets("Origin"),
        case("every_redirect_of_a_chain_needs_permission")
            .redirect(API, 302, NEXT)
            .at(NEXT, 302, &["Location: https://api.test/last"])
            .fetch("GET", &[])
            .arrives(&["GET", "GET https://api.test/next"])
            .gets("Origin"),
        // Once cross-origin, always cross-origin.
        case("a_redirect_back_to_the_page_s_site_needs_permission")
            .redirect(API, 302, "https://shop.test/")
            .at("https://shop.test/", 200, &[])
            .fetch("GET", &[])
            .gets("Origin"),
        case("a_redirect_within_the_page_s_site_needs_none")
            .at("https://shop.test/", 302, &["Location: /next"])
            .at("https://shop.test/next", 200, &[])
            .fetch("GET https://shop.test/", &[])
            .gets("200"),
    ];
    statuses.into_iter().chain(others).collect()
}

/// The value of `Origin`: [redirect-taint].
///
/// [redirect-taint]: https://fetch.spec.whatwg.org/#concept-request-tainted-origin
fn origins() -> Vec<Case> {
    const SHOWN: &[&str] = &["origin"];
    const FIRST: &str = "GET origin: https://shop.test";
    const TAINTED: &str = "GET https://cdn.test/ origin: null";

    let allowed = [
        (
            "the_page_s_origin_fails_at_a_third_site",
            "https://shop.test",
            "Origin",
        ),
        ("null_passes_at_a_third_site", "null", "200"),
        ("any_origin_passes_at_a_third_site", "*", "200"),
    ];
    let allowed = allowed.map(|(name, value, gets)| {
        case(name)
            .redirect(API, 302, CDN)
            .at(CDN, 200, &[&format!("Allow-Origin: {value}")])
            .fetch("GET", &[])
            .arrives_with(SHOWN, &[FIRST, TAINTED])
            .gets(gets)
    });
    let others = [
        case("a_redirect_within_the_service_keeps_the_origin")
            .redirect(API, 302, NEXT)
            .fetch("GET", &[])
            .arrives_with(
                SHOWN,
                &[FIRST, "GET https://api.test/next origin: https://shop.test"],
            )
            .gets("200"),
        case("a_redirect_from_the_page_s_site_keeps_the_origin")
            .at("https://shop.test/", 302, &["Location: https://cdn.test/"])
            .fetch("GET https://shop.test/", &[])
            .arrives_with(
                SHOWN,
                &[
                    "GET https://shop.test/",
                    "GET https://cdn.test/ origin: https://shop.test",
                ],
            )
            .gets("200"),
        case("a_redirect_back_to_the_page_s_site_is_null")
            .redirect(API, 302, "https://shop.test/")
            .fetch("GET", &[])
            .arrives_with(SHOWN, &[FIRST, "GET https://shop.test/ origin: null"])
            .gets("200"),
        case("another_port_is_a_third_site")
            .redirect(API, 302, "https://api.test:8443/")
            .fetch("GET", &[])
            .arrives_with(SHOWN, &[FIRST, "GET https://api.test:8443/ origin: null"])
            .gets("200"),
        case("null_stays_at_the_next_redirect")
            .redirect(API, 302, CDN)
            .redirect(CDN, 302, "/next")
            .fetch("GET", &[])
            .arrives_with(
                SHOWN,
                &[FIRST, TAINTED, "GET https://cdn.test/next origin: null"],
            )
            .gets("200"),
        case("an_opaque_page_stays_null")
            .page("null")
            .redirect(API, 302, NEXT)
            .fetch("GET", &[])
            .arrives_with(
                SHOWN,
                &["GET origin: null", "GET https://api.test/next origin: null"],
            )
            .gets("200"),
        case("credentials_need_null_at_a_third_site")
            .with(|page| page.with_credentials())
            .redirect(API, 302, CDN)
            .at(CDN, 200, &["Allow-Origin: *", "Allow-Credentials: true"])
            .fetch("GET", &[])
            .gets("Wildcard"),
    ];
    allowed.into_iter().chain(others).collect()
}

fn preflights() -> Vec<Case> {
    const SHOWN: &[&str] = &["origin"];
    const FIRST: [&str; 2] = [
        "OPTIONS origin: https://shop.test",
        "PUT origin: https://shop.test",
    ];

    vec![
        case("a_redirect_within_the_service_asks_again")
            .redirect(API, 307, NEXT)
            .fetch("PUT", &[])
            .arrives(&[
                "OPTIONS",
                "PUT",
                "OPTIONS https://api.test/next",
                "PUT https://api.test/next",
            ])
            .gets("200"),
        // Firefox sends the origin of the page in the second preflight.
        case("a_redirect_to_a_third_site_asks_again_as_null")
            .redirect(API, 307, CDN)
            .fetch("PUT", &[])
            .arrives_with(
                SHOWN,
                &[
                    &FIRST[..],
                    &[
                        "OPTIONS https://cdn.test/ origin: null",
                        "PUT https://cdn.test/ origin: null",
                    ],
                ]
                .concat(),
            )
            .gets("200"),
        case("the_preflight_at_a_third_site_may_fail")
            .redirect(API, 307, CDN)
            .preflight(
                204,
                &["Allow-Origin: https://shop.test", "Allow-Methods: PUT"],
            )
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT", "OPTIONS https://cdn.test/"])
            .gets("Origin"),
        case("a_redirect_from_the_page_s_site_asks_at_the_first_foreign_one")
            .at("https://shop.test/", 307, &["Location: https://api.test/"])
            .fetch("PUT https://shop.test/", &[])
            .arrives(&["PUT https://shop.test/", "OPTIONS", "PUT"])
            .gets("200"),
    ]
}

/// The next request is a GET, or has the same method and body.
fn methods() -> Vec<Case> {
    const SHOWN: &[&str] = &["content-type", "body"];

    let cases = [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (303, "DELETE", "GET"),
        (301, "PUT", "PUT"),
        (302, "DELETE", "DELETE"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
        (307, "PATCH", "PATCH"),
    ];
    let cases = cases.map(|(status, method, next)| {
        let first = format!("{method} content-type: text/plain body");
        let second = match next {
            "GET" => "GET https://api.test/next".to_owned(),
            _ => format!("{next} https://api.test/next content-type: text/plain body"),
        };
        case(format!("{next}_follows_{method}_with_{status}"))
            .page("https://api.test")
            .redirect(API, status, "/next")
            .response(200, &[])
            .fetch(method, &["Content-Type: text/plain"])
            .arrives_with(SHOWN, &[&first, &second])
            .gets("200")
    });
    let head = case("HEAD_follows_HEAD_with_303")
        .redirect(API, 303, NEXT)
        .fetch("HEAD", &[])
        .arrives(&["HEAD", "HEAD https://api.test/next"])
        .gets("200");
    let json = case("a_get_without_a_type_needs_no_preflight")
        .redirect(API, 303, CDN)
        .fetch("POST", &["Content-Type: application/json"])
        .arrives_with(
            SHOWN,
            &[
                "OPTIONS",
                "POST content-type: application/json body",
                "GET https://cdn.test/",
            ],
        )
        .gets("200");
    cases.into_iter().chain([head, json]).collect()
}

/// `Authorization` is sent to one origin only.
fn authorization() -> Vec<Case> {
    const SHOWN: &[&str] = &["request-headers", "authorization"];
    const SENT: [&str; 2] = [
        "OPTIONS request-headers: authorization",
        "GET authorization: 42",
    ];

    let cases: [(&str, &str, &[&str]); 3] = [
        (
            "authorization_stays_within_the_service",
            NEXT,
            &[
                "OPTIONS https://api.test/next request-headers: authorization",
                "GET https://api.test/next authorization: 42",
            ],
        ),
        (
            "authorization_does_not_go_to_a_third_site",
            CDN,
            &["GET https://cdn.test/"],
        ),
        (
            "authorization_does_not_go_to_another_port",
            "https://api.test:8443/",
            &["GET https://api.test:8443/"],
        ),
    ];
    let cases = cases.into_iter().map(|(name, to, arrives)| {
        case(name)
            .redirect(API, 302, to)
            .fetch("GET", &["Authorization: 42"])
            .arrives_with(SHOWN, &[&SENT, arrives].concat())
            .gets("200")
    });
    let own = case("authorization_does_not_leave_the_page_s_site")
        .at("https://shop.test/", 302, &["Location: https://api.test/"])
        .fetch("GET https://shop.test/", &["Authorization: 42"])
        .arrives_with(SHOWN, &["GET https://shop.test/ authorization: 42", "GET"])
        .gets("200");
    cases.chain([own]).collect()
}
