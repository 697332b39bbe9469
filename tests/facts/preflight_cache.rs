//! When a cached preflight saves another one: [CORS-preflight cache].
//!
//! [CORS-preflight cache]: https://fetch.spec.whatwg.org/#cors-preflight-cache

use std::time::Duration;

use cors_runtime::testing::Browser;

use crate::case::{Case, STRANGER, agree, case};

/// A preflight was sent.
const ASKED: &[&str] = &["OPTIONS", "PUT"];
/// None was needed.
const KEPT: &[&str] = &["PUT"];

#[tokio::test]
async fn the_preflight_cache() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [times(), limits(), keys(), entries(), failures()]
        .into_iter()
        .flatten()
        .collect()
}

/// A PUT whose preflight is cached for a minute.
fn kept(name: &str) -> Case {
    kept_for(name, &["Max-Age: 60"])
}

fn kept_for(name: &str, lines: &[&str]) -> Case {
    case(name)
        .lists(&[&["Allow-Methods: PUT"], lines].concat())
        .fetch("PUT", &[])
        .arrives(ASKED)
        .gets("200")
}

impl Case {
    /// The same request again after this time.
    fn put_after(self, seconds: u64, arrives: &[&str]) -> Self {
        let case = self.wait(seconds).fetch("PUT", &[]);
        case.arrives(arrives).gets("200")
    }
}

/// `Access-Control-Max-Age`.
fn times() -> Vec<Case> {
    let cases: [(&str, &[&str], u64); 10] = [
        ("a_preflight_without_max_age", &[], 5),
        ("a_preflight_with_max_age", &["Max-Age: 600"], 600),
        ("a_preflight_for_a_second", &["Max-Age: 1"], 1),
        ("a_preflight_with_leading_zeros", &["Max-Age: 007"], 7),
        // Firefox caches none of these.
        ("a_preflight_with_a_unit", &["Max-Age: 10m"], 5),
        ("a_preflight_with_a_fraction", &["Max-Age: 600.0"], 5),
        (
            "a_preflight_with_two_lines",
            &["Max-Age: 600", "Max-Age: 600"],
            5,
        ),
        ("a_preflight_with_a_list", &["Max-Age: 600, 600"], 5),
        ("a_preflight_with_a_sign", &["Max-Age: +600"], 5),
        ("a_preflight_with_an_empty_max_age", &["Max-Age:"], 5),
    ];
    let cases = cases.into_iter().map(|(name, lines, seconds)| {
        let case = kept_for(name, lines);
        let case = case.put_after(seconds - 1, KEPT);
        // Using an entry does not prolong it.
        case.put_after(1, ASKED)
    });
    // By the standard, a negative number is kept for 5 seconds. No engine does that.
    let not_kept = [
        ("a_preflight_for_no_second", "Max-Age: 0"),
        ("a_preflight_with_a_negative_max_age", "Max-Age: -1"),
        (
            "a_preflight_with_a_large_negative_max_age",
            "Max-Age: -99999999999999999999",
        ),
    ];
    let not_kept = not_kept.map(|(name, line)| kept_for(name, &[line]).put_after(0, ASKED));
    // Firefox keeps neither.
    let no_numbers = [
        ("a_preflight_with_a_minus_sign", "Max-Age: -"),
        ("a_preflight_with_a_negative_fraction", "Max-Age: -1.5"),
    ];
    let no_numbers = no_numbers.map(|(name, line)| {
        kept_for(name, &[line])
            .put_after(4, KEPT)
            .put_after(1, ASKED)
    });
    let never = case("time_does_not_pass_of_itself").lists(&["Allow-Methods: PUT"]);
    let never = never.put_after(0, ASKED).put_after(0, KEPT);
    cases
        .chain(not_kept)
        .chain(no_numbers)
        .chain([never])
        .collect()
}

/// Each engine has its own limit.
fn limits() -> Vec<Case> {
    type Limit = fn(Browser) -> Browser;

    let cases: [(&str, &str, Limit, u64); 4] = [
        (
            "chromium_forgets_after_two_hours",
            "86400",
            |chromium| chromium,
            7_200,
        ),
        (
            "firefox_forgets_after_a_day",
            "604800",
            |browser| browser.with_preflight_limit(Duration::from_secs(86_400)),
            86_400,
        ),
        (
            "webkit_forgets_after_ten_minutes",
            "86400",
            |browser| browser.with_preflight_limit(Duration::from_secs(600)),
            600,
        ),
        (
            "no_number_is_too_large",
            "99999999999999999999",
            |chromium| chromium,
            7_200,
        ),
    ];
    let cases = cases.into_iter().map(|(name, max_age, limit, seconds)| {
        case(name)
            .with(limit)
            .lists(&["Allow-Methods: PUT", &format!("Max-Age: {max_age}")])
            .put_after(0, ASKED)
            .put_after(seconds - 1, KEPT)
            .put_after(1, ASKED)
    });
    cases.collect()
}

/// What a [cache entry match] needs.
///
/// [cache entry match]: https://fetch.spec.whatwg.org/#concept-cache-match
fn keys() -> Vec<Case> {
    let urls = [
        ("query", "https://api.test/?page=2"),
        ("path", "https://api.test/articles"),
        ("port", "https://api.test:8443/"),
    ];
    let urls = urls.map(|(name, url)| {
        kept(&format!("another_{name}_is_asked_for_anew"))
            .fetch(&format!("PUT {url}"), &[])
            .arrives(&[&format!("OPTIONS {url}"), &format!("PUT {url}")])
            .gets("200")
    });
    let pages = vec![
        kept("another_page_of_the_origin_asks_no_more")
            .page("https://shop.test")
            .put_after(0, KEPT),
        kept("a_page_of_another_origin_asks")
            .page(STRANGER)
            .put_after(0, ASKED),
        kept("what_was_kept_without_credentials_does_not_serve_with_them")
            .with(Browser::with_credentials)
            .put_after(0, ASKED),
        // Firefox sends a preflight.
        // By the letter of the standard, the wildcard is kept.
        case("no_wildcard_is_kept_with_credentials")
            .with(Browser::with_credentials)
            .preflight(
                204,
                &[
                    "Allow-Origin: https://shop.test",
                    "Allow-Credentials: true",
                    "Allow-Methods: PUT",
                    "Allow-Headers: *",
                    "Max-Age: 600",
                ],
            )
            .response(
                200,
                &["Allow-Origin: https://shop.test", "Allow-Credentials: true"],
            )
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200")
            .fetch("PUT", &["X-B: 1"])
            .arrives(&["OPTIONS"])
            .gets("Header x-b"),
        case("what_was_kept_with_credentials_serves_without_them")
            .lists(&["Allow-Methods: PUT", "Max-Age: 60"])
            .with(Browser::with_credentials)
            .put_after(0, ASKED)
            .page("https://shop.test")
            .put_after(0, KEPT),
    ];
    urls.into_iter().chain(pages).collect()
}

/// Methods and header names are cached one by one.
fn entries() -> Vec<Case> {
    const SHOWN: &[&str] = &["request-method", "request-headers"];

    vec![
        kept_for(
            "another_method_of_the_list_is_not_asked_for",
            &["Allow-Methods: DELETE"],
        )
        .fetch("DELETE", &[])
        .arrives(&["DELETE"])
        .gets("200"),
        kept("a_method_that_was_not_listed_is_asked_for")
            .lists(&["Allow-Methods: DELETE"])
            .fetch("DELETE", &[])
            .arrives_with(SHOWN, &["OPTIONS request-method: DELETE", "DELETE"])
            .gets("200"),
        kept("the_case_of_a_kept_method_counts")
            .fetch("Patch", &[])
            .arrives_with(SHOWN, &["OPTIONS request-method: Patch"])
            .gets("Method Patch"),
        // Firefox sends a preflight.
        kept_for("a_wildcard_is_kept_for_every_method", &["Allow-Methods: *"])
            .fetch("DELETE", &[])
            .arrives(&["DELETE"])
            .gets("200"),
        kept_for(
            "a_name_of_the_list_is_not_asked_for",
            &["Allow-Headers: X-A, X-B"],
        )
        .fetch("PUT", &["x-b: 1"])
        .arrives(KEPT)
        .gets("200"),
        kept_for("a_kept_name_serves_every_method", &["Allow-Headers: X-A"])
            .fetch("GET", &["X-A: 1"])
            .arrives(&["GET"])
            .gets("200"),
        kept_for(
            "one_unknown_name_makes_all_be_asked_for",
            &["Allow-Headers: X-A"],
        )
        .lists(&["Allow-Methods: PUT", "Allow-Headers: X-A, X-B"])
        .fetch("PUT", &["X-B: 1", "X-A: 1"])
        .arrives_with(
            SHOWN,
            &[
                "OPTIONS request-method: PUT request-headers: x-a,x-b",
                "PUT",
            ],
        )
        .gets("200"),
        // Firefox sends a preflight.
        kept_for("a_wildcard_is_kept_for_every_name", &["Allow-Headers: *"])
            .fetch("PUT", &["X-B: 1"])
            .arrives(KEPT)
            .gets("200"),
        kept_for(
            "a_kept_wildcard_is_not_for_authorization",
            &["Allow-Headers: *"],
        )
        .fetch("PUT", &["Authorization: Bearer 42"])
        .arrives(&["OPTIONS"])
        .gets("Header authorization"),
        kept_for(
            "authorization_is_kept_by_name",
            &["Allow-Headers: *, Authorization"],
        )
        .fetch("PUT", &["Authorization: Bearer 42"])
        .arrives(KEPT)
        .gets("200"),
        kept("a_kept_method_is_for_a_script_that_asks_for_less")
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("200")
            .put_after(59, KEPT),
        kept("a_later_preflight_counts_from_its_own_time")
            .lists(&["Allow-Methods: PUT", "Allow-Headers: X-A", "Max-Age: 60"])
            .wait(40)
            .fetch("PUT", &["X-A: 1"])
            .arrives(ASKED)
            .gets("200")
            .put_after(59, KEPT),
    ]
}

/// Entries are [cleared] on a network error of any request that may need a preflight.
///
/// [cleared]: https://fetch.spec.whatwg.org/#concept-cache-clear
fn failures() -> Vec<Case> {
    vec![
        case("a_failed_preflight_is_not_kept")
            .lists(&["Allow-Methods: DELETE", "Max-Age: 60"])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS"])
            .gets("Method PUT")
            .fetch("DELETE", &[])
            .arrives(&["OPTIONS", "DELETE"])
            .gets("200"),
        // Chromium and WebKit keep the entry.
        kept("a_blocked_response_clears_the_cache")
            .response(200, &[])
            .fetch("PUT", &[])
            .arrives(KEPT)
            .gets("Origin")
            .granted(&[])
            .put_after(0, ASKED),
        kept("a_blocked_preflight_clears_the_cache")
            .fetch("PUT", &["X-A: 1"])
            .arrives(&["OPTIONS"])
            .gets("Header x-a")
            .put_after(0, ASKED),
        kept("a_failing_service_clears_the_cache")
            .fails(true)
            .fetch("PUT", &[])
            .gets("Service no connection")
            .fails(false)
            .put_after(0, ASKED),
        kept("a_blocked_simple_request_clears_nothing")
            .response(200, &[])
            .fetch("GET", &[])
            .gets("Origin")
            .granted(&[])
            .put_after(0, KEPT),
        kept("what_another_page_was_refused_clears_nothing")
            .page(STRANGER)
            .response(200, &[])
            .fetch("PUT", &[])
            .gets("Origin")
            .page("https://shop.test")
            .granted(&[])
            .put_after(0, KEPT),
        kept("a_blocked_response_at_another_url_clears_nothing")
            .at("https://api.test/next", 200, &[])
            .fetch("PUT https://api.test/next", &[])
            .gets("Origin")
            .put_after(0, KEPT),
        kept("a_response_with_an_error_clears_nothing")
            .response(500, &["Allow-Origin: *"])
            .fetch("PUT", &[])
            .gets("500")
            .granted(&[])
            .put_after(0, KEPT),
    ]
}
