//! The [CORS check], which every response to a CORS request must pass.
//!
//! [CORS check]: https://fetch.spec.whatwg.org/#concept-cors-check

use crate::case::{Case, agree, case};

const ORIGIN: &str = "Allow-Origin: https://shop.test";

#[tokio::test]
async fn the_cors_check() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [allowed_origins(), statuses(), after_a_preflight()]
        .into_iter()
        .flatten()
        .collect()
}

/// A page at `https://shop.test`, and `Access-Control-Allow-Origin`.
fn allowed_origins() -> Vec<Case> {
    const STAR: &str = "Allow-Origin: *";

    let cases: [(&str, &[&str], &str); 19] = [
        ("the_origin_itself", &[ORIGIN], "200"),
        ("any_origin", &[STAR], "200"),
        ("no_header", &[], "Origin"),
        ("an_empty_value", &["Allow-Origin:"], "Origin"),
        ("null_for_an_origin", &["Allow-Origin: null"], "Origin"),
        (
            "a_trailing_slash",
            &["Allow-Origin: https://shop.test/"],
            "Origin",
        ),
        ("a_path", &["Allow-Origin: https://shop.test/app"], "Origin"),
        ("no_scheme", &["Allow-Origin: shop.test"], "Origin"),
        (
            "another_scheme",
            &["Allow-Origin: http://shop.test"],
            "Origin",
        ),
        (
            "an_upper_case_host",
            &["Allow-Origin: https://SHOP.test"],
            "Origin",
        ),
        (
            "an_upper_case_scheme",
            &["Allow-Origin: HTTPS://shop.test"],
            "Origin",
        ),
        (
            "the_default_port",
            &["Allow-Origin: https://shop.test:443"],
            "Origin",
        ),
        (
            "another_port",
            &["Allow-Origin: https://shop.test:8443"],
            "Origin",
        ),
        ("a_pattern", &["Allow-Origin: https://*.test"], "Origin"),
        (
            "the_same_origin_in_two_lines",
            &[ORIGIN, ORIGIN],
            "SeveralOrigins",
        ),
        ("wildcards_in_two_lines", &[STAR, STAR], "SeveralOrigins"),
        (
            "a_wildcard_and_the_origin",
            &[STAR, ORIGIN],
            "SeveralOrigins",
        ),
        (
            "origins_with_a_comma",
            &["Allow-Origin: https://shop.test, https://other.test"],
            "SeveralOrigins",
        ),
        (
            "origins_with_a_space",
            &["Allow-Origin: https://shop.test https://other.test"],
            "SeveralOrigins",
        ),
    ];
    let cases = cases.into_iter().map(|(name, lines, gets)| {
        let case = case(name).response(200, lines);
        // The request reaches the service, whatever the script gets.
        case.fetch("GET", &[]).arrives(&["GET"]).gets(gets)
    });
    let missing_port = case("the_port_is_missing")
        .page("https://shop.test:8443")
        .response(200, &[ORIGIN])
        .fetch("GET", &[])
        .gets("Origin");
    cases.chain([missing_port]).collect()
}

/// Scripts can read any status, [but errors need the headers too].
///
/// [but errors need the headers too]: https://fetch.spec.whatwg.org/#http-responses
fn statuses() -> Vec<Case> {
    let readable = [201, 204, 206, 400, 401, 403, 404, 405, 500, 503].map(|status| {
        case(format!("a_response_with_{status}_is_readable"))
            .response(status, &[ORIGIN])
            .fetch("GET", &[])
            .gets(&status.to_string())
    });
    let blocked = [200, 302, 401, 404, 500].map(|status| {
        case(format!("a_response_with_{status}_needs_the_header"))
            .response(status, &["Location: https://api.test/next"])
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("Origin")
    });
    readable.into_iter().chain(blocked).collect()
}

fn after_a_preflight() -> Vec<Case> {
    vec![
        case("a_preflight_is_checked")
            .preflight(204, &["Allow-Methods: PUT"])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS"])
            .gets("Origin"),
        case("two_equal_lines_fail_a_preflight")
            .preflight(204, &[ORIGIN, ORIGIN, "Allow-Methods: PUT"])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS"])
            .gets("SeveralOrigins"),
        case("a_preflight_does_not_replace_the_check_of_the_response")
            .lists(&["Allow-Methods: PUT"])
            .response(200, &[])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("Origin"),
        case("a_kept_preflight_does_not_replace_it_either")
            .lists(&["Allow-Methods: PUT"])
            .fetch("PUT", &[])
            .gets("200")
            .response(200, &[])
            .fetch("PUT", &[])
            .arrives(&["PUT"])
            .gets("Origin"),
    ]
}
