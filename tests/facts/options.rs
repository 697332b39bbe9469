//! The options of `fetch`: [RequestInit].
//!
//! [RequestInit]: https://fetch.spec.whatwg.org/#requestinit

use cors_runtime::testing::Browser;
use http::HeaderValue;

use crate::case::{API, Case, PageOption, SHOP, STRANGER, agree, case};

const OWN: &str = "GET https://shop.test/";
const NEXT: &str = "https://api.test/next";

#[tokio::test]
async fn options() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [omit(), errors(), manual(), no_store(), same_origin(), own()]
        .into_iter()
        .flatten()
        .collect()
}

fn with_cookie(browser: Browser) -> Browser {
    browser.with_cookie(HeaderValue::from_static("id=42"))
}

/// `credentials: "omit"`
fn omit() -> Vec<Case> {
    const SHOWN: &[&str] = &["cookie", "authorization"];

    let omit = |name: &str| {
        let case = case(name).with(with_cookie);
        case.with(Browser::without_credentials)
    };
    vec![
        omit("omit_sends_no_cookie_to_the_page_s_site")
            .fetch(OWN, &[])
            .arrives_with(SHOWN, &["GET https://shop.test/"])
            .gets("200"),
        omit("omit_sends_no_cookie_with_a_write")
            .fetch("POST", &[])
            .arrives_with(SHOWN, &["POST"])
            .gets("200"),
        omit("omit_keeps_the_script_s_authorization")
            .fetch(OWN, &["Authorization: 42"])
            .arrives_with(SHOWN, &["GET https://shop.test/ authorization: 42"])
            .gets("200"),
        omit("omit_is_checked_without_credentials")
            .response(200, &["Allow-Origin: *", "Expose-Headers: *", "X-A: 1"])
            .fetch("GET", &[])
            .gets("200 access-control-allow-origin access-control-expose-headers x-a"),
        omit("omit_needs_a_preflight_like_any_other")
            .preflight(204, &["Allow-Origin: *", "Allow-Methods: *"])
            .response(200, &["Allow-Origin: *"])
            .fetch("PUT", &[])
            .arrives_with(SHOWN, &["OPTIONS", "PUT"])
            .gets("200"),
        omit("omit_after_a_redirect_to_the_page_s_site")
            .redirect(API, 302, "https://shop.test/")
            .fetch("GET", &[])
            .arrives_with(SHOWN, &["GET", "GET https://shop.test/"])
            .gets("200"),
        case("the_last_credentials_mode_counts")
            .with(with_cookie)
            .with(Browser::without_credentials)
            .with(Browser::with_credentials)
            .fetch("GET", &[])
            .arrives_with(SHOWN, &["GET cookie: id=42"])
            .gets("200"),
    ]
}

/// `redirect: "error"`
fn errors() -> Vec<Case> {
    let error = |name: &str| case(name).with(Browser::with_redirect_error);
    let statuses = [301, 302, 303, 307, 308].map(|status| {
        error(&format!("{status}_is_an_error"))
            .redirect(API, status, NEXT)
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("RedirectError https://api.test/next")
    });
    let others = [
        error("a_redirect_of_the_page_s_site_is_an_error")
            .at("https://shop.test/", 302, &["Location: /next"])
            .fetch(OWN, &[])
            .arrives(&["GET https://shop.test/"])
            .gets("RedirectError /next"),
        error("a_redirect_after_a_preflight_is_an_error")
            .redirect(API, 307, NEXT)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("RedirectError https://api.test/next"),
        // In Chromium, the script reads the response.
        error("a_redirect_without_a_location_is_an_error")
            .at(API, 302, &["Allow-Origin: *"])
            .fetch("GET", &[])
            .gets("RedirectError"),
        error("a_redirect_to_nowhere_is_an_error")
            .redirect(API, 302, "data:,a")
            .fetch("GET", &[])
            .gets("RedirectError data:,a"),
        error("a_redirect_without_permission_fails_the_cors_check")
            .at(API, 302, &["Location: /next"])
            .fetch("GET", &[])
            .gets("Origin"),
        error("300_is_no_redirect")
            .redirect(API, 300, NEXT)
            .fetch("GET", &[])
            .gets("300"),
        error("an_error_clears_the_preflight_cache")
            .redirect(API, 307, NEXT)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("RedirectError https://api.test/next")
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("RedirectError https://api.test/next"),
    ];
    statuses.into_iter().chain(others).collect()
}

/// `redirect: "manual"`
fn manual() -> Vec<Case> {
    let manual = |name: &str| case(name).with(Browser::with_redirect_manual);
    vec![
        manual("a_manual_redirect_is_opaque")
            .redirect(API, 302, NEXT)
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("OpaqueRedirect https://api.test/next"),
        manual("a_manual_redirect_of_the_page_s_site_is_opaque")
            .at("https://shop.test/", 302, &["Location: /next"])
            .fetch(OWN, &[])
            .arrives(&["GET https://shop.test/"])
            .gets("OpaqueRedirect /next"),
        manual("a_manual_redirect_without_a_location_is_opaque")
            .at(API, 302, &["Allow-Origin: *"])
            .fetch("GET", &[])
            .gets("OpaqueRedirect"),
        manual("a_manual_redirect_to_nowhere_is_opaque")
            .redirect(API, 302, "data:,a")
            .fetch("GET", &[])
            .gets("OpaqueRedirect data:,a"),
        manual("a_manual_redirect_to_http_is_opaque")
            .redirect(API, 302, "http://api.test/")
            .fetch("GET", &[])
            .gets("OpaqueRedirect http://api.test/"),
        manual("a_manual_redirect_needs_permission")
            .at(API, 302, &["Location: /next"])
            .fetch("GET", &[])
            .gets("Origin"),
        manual("a_preflight_is_not_redirected_manually")
            .preflight(302, &["Allow-Origin: *", "Location: /next"])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS"])
            .gets("PreflightRedirect /next"),
        manual("a_manual_redirect_keeps_the_preflight")
            .redirect(API, 307, NEXT)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("OpaqueRedirect https://api.test/next")
            .fetch("PUT", &[])
            .arrives(&["PUT"])
            .gets("OpaqueRedirect https://api.test/next"),
        manual("what_is_no_redirect_is_readable")
            .granted(&[])
            .fetch("GET", &[])
            .gets("200"),
    ]
}

/// `cache: "no-store"`
fn no_store() -> Vec<Case> {
    const SHOWN: &[&str] = &["pragma", "cache-control"];
    const KEPT: &str = "Cache-Control: max-age=60";
    const SENT: &str = "GET pragma: no-cache cache-control: no-cache";

    let no_store = |name: &str| case(name).with(Browser::with_no_store);
    vec![
        no_store("no_store_tells_caches")
            .fetch("GET", &[])
            .arrives_with(SHOWN, &[SENT])
            .gets("200"),
        no_store("no_store_keeps_what_the_script_says")
            .fetch(OWN, &["Cache-Control: max-age=0", "Pragma: a"])
            .arrives_with(
                SHOWN,
                &["GET https://shop.test/ pragma: a cache-control: max-age=0"],
            )
            .gets("200"),
        // In both engines, the preflight has both headers too.
        no_store("no_store_needs_no_preflight_for_its_headers")
            .fetch("PUT", &[])
            .arrives_with(
                &["request-headers", "pragma"],
                &["OPTIONS", "PUT pragma: no-cache"],
            )
            .gets("200"),
        case("no_store_does_not_read_the_cache")
            .granted(&[KEPT])
            .fetch("GET", &[])
            .gets("200 cache-control")
            .page(STRANGER)
            .with(Browser::with_no_store)
            .fetch("GET", &[])
            .gets("200 cache-control"),
        no_store("no_store_does_not_write_the_cache")
            .granted(&[KEPT])
            .fetch("GET", &[])
            .gets("200 cache-control")
            .page(STRANGER)
            .fetch("GET", &[])
            .gets("200 cache-control"),
        case("without_no_store_the_cache_serves_another_page")
            .granted(&[KEPT])
            .fetch("GET", &[])
            .gets("200 cache-control")
            .page(STRANGER)
            .fetch("GET", &[])
            .gets("Stored"),
        no_store("the_preflight_for_no_store_is_kept_for_others")
            .lists(&["Allow-Methods: PUT", "Max-Age: 600"])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200")
            .page(SHOP)
            .fetch("PUT", &[])
            .arrives(&["PUT"])
            .gets("200"),
    ]
}

/// `mode: "same-origin"`
fn same_origin() -> Vec<Case> {
    let same_origin = |name: &str| case(name).with(Browser::with_same_origin_mode);
    let cases = [
        ("another_host", "https://api.test/"),
        ("a_subdomain", "https://www.shop.test/"),
        ("another_port", "https://shop.test:8443/"),
    ];
    let cases = cases.map(|(name, url)| {
        same_origin(&format!("same_origin_does_not_call_{name}"))
            .fetch(&format!("PUT {url}"), &["X-A: 1"])
            .arrives(&[])
            .gets(&format!("CrossOrigin {url}"))
    });
    let others = [
        same_origin("same_origin_calls_its_own_site")
            .at("https://shop.test/", 200, &["X-A: 1"])
            .fetch(OWN, &[])
            .arrives(&["GET https://shop.test/"])
            .gets("200 x-a"),
        same_origin("same_origin_does_not_follow_a_redirect_to_another")
            .at("https://shop.test/", 302, &["Location: https://api.test/"])
            .fetch(OWN, &[])
            .arrives(&["GET https://shop.test/"])
            .gets("CrossOrigin https://api.test/"),
        same_origin("same_origin_follows_a_redirect_within_its_site")
            .at("https://shop.test/", 302, &["Location: /next"])
            .at("https://shop.test/next", 200, &[])
            .fetch(OWN, &[])
            .arrives(&["GET https://shop.test/", "GET https://shop.test/next"])
            .gets("200"),
        same_origin("nothing_is_the_same_origin_as_null")
            .page("null")
            .with(Browser::with_same_origin_mode)
            .fetch("GET", &[])
            .arrives(&[])
            .gets("CrossOrigin https://api.test/"),
    ];
    cases.into_iter().chain(others).collect()
}

/// Calls of a page to its own site, in any mode: no preflight, no check, and all headers are readable.
fn own() -> Vec<Case> {
    const SHOWN: &[&str] = &["origin", "request-method"];

    let cases = [
        ("GET", "GET https://shop.test/"),
        ("HEAD", "HEAD https://shop.test/"),
        ("POST", "POST https://shop.test/ origin: https://shop.test"),
        ("PUT", "PUT https://shop.test/ origin: https://shop.test"),
        (
            "DELETE",
            "DELETE https://shop.test/ origin: https://shop.test",
        ),
        (
            "OPTIONS",
            "OPTIONS https://shop.test/ origin: https://shop.test",
        ),
        (
            "PROPFIND",
            "PROPFIND https://shop.test/ origin: https://shop.test",
        ),
    ];
    let modes: [(&str, PageOption); 3] = [
        ("cors", |browser| browser),
        ("same_origin", Browser::with_same_origin_mode),
        ("include", Browser::with_credentials),
    ];
    let response: [&str; 4] = [
        "X-Total: 3",
        "Allow-Origin: https://other.test",
        "Set-Cookie: id=42",
        "Set-Cookie2: id=42",
    ];
    let calls = cases.into_iter().flat_map(|(method, arrives)| {
        modes.map(|(mode, with)| {
            case(format!("own_{method}_with_{mode}_is_free_of_cors"))
                .with(with)
                .response(200, &response)
                .fetch(
                    &format!("{method} https://shop.test/"),
                    &["X-A: 1", "Content-Type: application/json"],
                )
                .arrives_with(SHOWN, &[arrives])
                .gets("200 access-control-allow-origin x-total")
        })
    });
    calls.collect()
}
