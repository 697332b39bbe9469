//! The credentials mode `include`: [CORS protocol and credentials].
//!
//! [CORS protocol and credentials]: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials

use cors_runtime::testing::Browser;
use http::HeaderValue;

use crate::case::{Case, agree, case};

const ORIGIN: &str = "Allow-Origin: https://shop.test";
const STAR: &str = "Allow-Origin: *";
const TRUE: &str = "Allow-Credentials: true";

#[tokio::test]
async fn credentials() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [
        responses(),
        responses_without_credentials(),
        preflights(),
        what_is_sent(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn include(name: &str) -> Case {
    case(name).with(Browser::with_credentials)
}

fn with_cookie(browser: Browser) -> Browser {
    browser.with_cookie(HeaderValue::from_static("id=42"))
}

fn responses() -> Vec<Case> {
    let cases: [(&str, &[&str], &str); 13] = [
        ("include_with_origin_and_true", &[ORIGIN, TRUE], "200"),
        ("include_with_wildcard", &[STAR], "Wildcard"),
        ("include_with_wildcard_and_true", &[STAR, TRUE], "Wildcard"),
        (
            "include_with_another_origin",
            &["Allow-Origin: https://other.test", TRUE],
            "Origin",
        ),
        ("include_with_origin_alone", &[ORIGIN], "Credentials"),
        (
            "include_with_capitalised_true",
            &[ORIGIN, "Allow-Credentials: True"],
            "Credentials",
        ),
        (
            "include_with_upper_case_true",
            &[ORIGIN, "Allow-Credentials: TRUE"],
            "Credentials",
        ),
        (
            "include_with_one",
            &[ORIGIN, "Allow-Credentials: 1"],
            "Credentials",
        ),
        (
            "include_with_yes",
            &[ORIGIN, "Allow-Credentials: yes"],
            "Credentials",
        ),
        (
            "include_with_false",
            &[ORIGIN, "Allow-Credentials: false"],
            "Credentials",
        ),
        (
            "include_with_empty_value",
            &[ORIGIN, "Allow-Credentials:"],
            "Credentials",
        ),
        (
            "include_with_true_twice",
            &[ORIGIN, TRUE, TRUE],
            "Credentials",
        ),
        (
            "include_with_true_twice_in_a_line",
            &[ORIGIN, "Allow-Credentials: true, true"],
            "Credentials",
        ),
    ];
    let cases = cases.into_iter().map(|(name, lines, gets)| {
        let case = include(name).response(200, lines);
        case.fetch("GET", &[]).gets(gets)
    });
    cases.collect()
}

fn responses_without_credentials() -> Vec<Case> {
    let cases: [(&str, &[&str]); 3] = [
        ("true_means_nothing_without_include", &[STAR, TRUE]),
        (
            "false_means_nothing_without_include",
            &[ORIGIN, "Allow-Credentials: false"],
        ),
        (
            "true_twice_means_nothing_without_include",
            &[ORIGIN, TRUE, TRUE],
        ),
    ];
    let cases = cases.into_iter().map(|(name, lines)| {
        let case = case(name).response(200, lines);
        case.fetch("GET", &[]).gets("200")
    });
    cases.collect()
}

/// The response to a preflight is checked in the mode of the actual request, although the preflight
/// itself is sent without credentials.
fn preflights() -> Vec<Case> {
    const PUT: &str = "Allow-Methods: PUT";
    const NAME: &str = "Allow-Headers: X-A";

    let cases: [(&str, &[&str], &[&str], &str); 6] = [
        (
            "a_preflight_for_include_needs_true",
            &[ORIGIN, PUT],
            &[],
            "Credentials",
        ),
        (
            "a_preflight_for_include_needs_the_origin",
            &[STAR, TRUE, PUT],
            &[],
            "Wildcard",
        ),
        (
            "every_method_is_none_with_include",
            &[ORIGIN, TRUE, "Allow-Methods: *"],
            &[],
            "Method PUT",
        ),
        (
            "every_header_is_none_with_include",
            &[ORIGIN, TRUE, PUT, "Allow-Headers: *"],
            &["X-A: 1"],
            "Header x-a",
        ),
        (
            "every_header_is_not_authorization_with_include",
            &[ORIGIN, TRUE, PUT, "Allow-Headers: *"],
            &["Authorization: Bearer 42"],
            "Header authorization",
        ),
        (
            "a_name_does_not_help_another_beside_a_wildcard",
            &[ORIGIN, TRUE, PUT, "Allow-Headers: *", NAME],
            &["X-A: 1", "X-B: 1"],
            "Header x-b",
        ),
    ];
    let cases = cases.into_iter().map(|(name, lines, headers, gets)| {
        let case = include(name).preflight(204, lines);
        case.fetch("PUT", headers).arrives(&["OPTIONS"]).gets(gets)
    });
    let others = [
        include("a_preflight_with_origin_and_true_is_enough")
            .preflight(204, &[ORIGIN, TRUE, PUT])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200"),
        include("the_response_needs_true_as_well")
            .preflight(204, &[ORIGIN, TRUE, PUT])
            .response(200, &[ORIGIN])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("Credentials"),
        include("a_wildcard_names_the_method_of_that_name")
            .lists(&["Allow-Methods: *"])
            .fetch("*", &[])
            .arrives(&["OPTIONS", "*"])
            .gets("200"),
        include("a_wildcard_names_the_header_of_that_name")
            .lists(&["Allow-Headers: *"])
            .fetch("GET", &["*: 1"])
            .arrives(&["OPTIONS", "GET"])
            .gets("200"),
    ];
    cases.chain(others).collect()
}

fn what_is_sent() -> Vec<Case> {
    const SHOWN: &[&str] = &["cookie", "authorization"];
    const TOKEN: &[&str] = &["Authorization: Bearer 42"];

    vec![
        include("include_sends_cookies")
            .with(with_cookie)
            .fetch("GET", &[])
            .arrives_with(SHOWN, &["GET cookie: id=42"])
            .gets("200"),
        case("without_include_cookies_stay")
            .with(with_cookie)
            .fetch("GET", &[])
            .arrives_with(SHOWN, &["GET"])
            .gets("200"),
        case("a_site_s_own_requests_have_cookies")
            .page("https://api.test")
            .with(with_cookie)
            .fetch("GET", &[])
            .arrives_with(SHOWN, &["GET cookie: id=42"])
            .gets("200"),
        include("a_preflight_has_neither_cookies_nor_authorization")
            .with(with_cookie)
            .fetch("PUT", TOKEN)
            .arrives_with(
                SHOWN,
                &["OPTIONS", "PUT cookie: id=42 authorization: Bearer 42"],
            )
            .gets("200"),
        case("authorization_of_the_script_needs_no_credentials")
            .preflight(204, &[ORIGIN, "Allow-Headers: authorization"])
            .response(200, &[ORIGIN])
            .fetch("GET", TOKEN)
            .arrives_with(SHOWN, &["OPTIONS", "GET authorization: Bearer 42"])
            .gets("200"),
        include("a_simple_write_reaches_the_service_unasked")
            .with(with_cookie)
            .response(403, &[])
            .fetch("POST", &["Content-Type: text/plain"])
            .arrives_with(&["cookie", "body"], &["POST cookie: id=42 body"])
            .gets("Origin"),
    ]
}
