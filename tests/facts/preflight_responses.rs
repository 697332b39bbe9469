//! Which preflight responses allow the request: [CORS-preflight fetch]. Methods have their own
//! cases.
//!
//! [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch

use crate::case::{Case, agree, case};

#[tokio::test]
async fn responses_to_preflights() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [statuses(), names(), malformed(), others()]
        .into_iter()
        .flatten()
        .collect()
}

/// An [ok status] is needed.
///
/// [ok status]: https://fetch.spec.whatwg.org/#ok-status
fn statuses() -> Vec<Case> {
    const GRANT: &[&str] = &[
        "Allow-Origin: https://shop.test",
        "Allow-Methods: PUT",
        "Location: https://api.test/next",
    ];

    let pass = [200, 201, 202, 204, 206, 299].map(|status| {
        case(format!("a_preflight_with_{status}_passes"))
            .preflight(status, GRANT)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200")
    });
    let fails = |status: u16, outcome: &str| {
        case(format!("a_preflight_with_{status}_fails"))
            .preflight(status, GRANT)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS"])
            .gets(outcome)
    };
    let redirects = [301, 302, 303, 307, 308];
    let redirects =
        redirects.map(|status| fails(status, "PreflightRedirect https://api.test/next"));
    let others = [300, 304, 400, 401, 403, 404, 405, 500, 503];
    let others = others.map(|status| fails(status, &format!("Status {status}")));
    pass.into_iter().chain(redirects).chain(others).collect()
}

/// `Access-Control-Allow-Headers`.
fn names() -> Vec<Case> {
    const X: &[&str] = &["X-A: 1"];
    const TOKEN: &[&str] = &["Authorization: Bearer 42"];
    const TWO: &[&str] = &["X-A: 1", "X-B: 1"];

    let cases: [(&str, &[&str], &[&str], &str); 17] = [
        ("a_header_in_the_list", X, &["Allow-Headers: x-a"], "200"),
        (
            "a_header_in_another_case",
            X,
            &["Allow-Headers: X-a"],
            "200",
        ),
        ("a_header_by_wildcard", X, &["Allow-Headers: *"], "200"),
        (
            "headers_in_two_lines",
            TWO,
            &["Allow-Headers: X-B", "Allow-Headers: X-A"],
            "200",
        ),
        (
            "headers_between_empty_elements",
            TWO,
            &["Allow-Headers: X-B,, ,X-A,"],
            "200",
        ),
        (
            "headers_by_name_and_wildcard",
            TWO,
            &["Allow-Headers: X-A, *"],
            "200",
        ),
        ("a_header_without_a_list", X, &[], "Header x-a"),
        (
            "a_header_in_an_empty_list",
            X,
            &["Allow-Headers:"],
            "Header x-a",
        ),
        (
            "a_header_not_in_the_list",
            X,
            &["Allow-Headers: X-AB, A"],
            "Header x-a",
        ),
        (
            "one_of_two_headers",
            TWO,
            &["Allow-Headers: X-A"],
            "Header x-b",
        ),
        ("two_headers", TWO, &[], "Header x-a x-b"),
        (
            "a_header_that_is_exposed",
            X,
            &["Expose-Headers: X-A"],
            "Header x-a",
        ),
        (
            "authorization_by_name",
            TOKEN,
            &["Allow-Headers: authorization"],
            "200",
        ),
        (
            "authorization_beside_wildcard",
            TOKEN,
            &["Allow-Headers: *, Authorization"],
            "200",
        ),
        // Chromium, Firefox and WebKit let it pass.
        (
            "authorization_by_wildcard",
            TOKEN,
            &["Allow-Headers: *"],
            "Header authorization",
        ),
        (
            "json_in_the_list",
            &["Content-Type: a/json"],
            &["Allow-Headers: Content-Type"],
            "200",
        ),
        (
            "json_not_in_the_list",
            &["Content-Type: a/json"],
            &["Allow-Headers: X-A"],
            "Header content-type",
        ),
    ];
    let cases = cases.into_iter().map(|(name, headers, lines, gets)| {
        let arrives: &[&str] = match gets {
            "200" => &["OPTIONS", "GET"],
            _ => &["OPTIONS"],
        };
        let case = case(name).lists(lines).fetch("GET", headers);
        case.arrives(arrives).gets(gets)
    });
    cases.collect()
}

/// One element that is not a token makes the whole list invalid: "[extract header list values]".
///
/// [extract header list values]: https://fetch.spec.whatwg.org/#extract-header-list-values
fn malformed() -> Vec<Case> {
    let cases = [
        ("a_space_in_a_method", "Allow-Methods", "GET, PUT, B AD"),
        ("methods_with_spaces", "Allow-Methods", "GET PUT"),
        ("a_quoted_method", "Allow-Methods", "PUT, \"PATCH\""),
        ("methods_with_semicolons", "Allow-Methods", "PUT; PATCH"),
        ("a_space_in_a_name", "Allow-Headers", "X-A, b ad"),
        ("a_colon_in_a_name", "Allow-Headers", "X-A, X-B: 1"),
        ("a_bracket_in_a_name", "Allow-Headers", "[X-A]"),
    ];
    let cases = cases.map(|(name, header, value)| {
        let (other, gets) = match header {
            "Allow-Methods" => ("Allow-Headers: X-A", "MalformedMethods"),
            _ => ("Allow-Methods: PUT", "MalformedHeaders"),
        };
        case(format!("{name}_fails_the_preflight"))
            .lists(&[&format!("{header}: {value}"), other])
            .fetch("PUT", &["X-A: 1"])
            .arrives(&["OPTIONS"])
            .gets(gets)
    });
    let in_another_line = case("a_malformed_line_fails_a_sound_one")
        .lists(&["Allow-Methods: PUT", "Allow-Methods: B AD"])
        .fetch("PUT", &[])
        .arrives(&["OPTIONS"])
        .gets("MalformedMethods");
    // GET needs no method in the list.
    let not_needed = case("a_malformed_list_of_methods_fails_get_too")
        .lists(&["Allow-Methods: B AD", "Allow-Headers: X-A"])
        .fetch("GET", &["X-A: 1"])
        .arrives(&["OPTIONS"])
        .gets("MalformedMethods");
    let others = [in_another_line, not_needed];
    cases.into_iter().chain(others).collect()
}

fn others() -> Vec<Case> {
    let ages = [
        ("negative", "-1"),
        ("with_a_unit", "10m"),
        ("with_a_fraction", "600.0"),
        ("empty", ""),
    ];
    let ages = ages.map(|(name, value)| {
        case(format!("a_max_age_that_is_{name}_fails_no_preflight"))
            .lists(&["Allow-Methods: PUT", &format!("Max-Age: {value}")])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200")
    });
    let exposed = case("malformed_exposed_names_fail_no_preflight")
        .lists(&["Allow-Methods: PUT", "Expose-Headers: b ad"])
        .fetch("PUT", &[])
        .arrives(&["OPTIONS", "PUT"])
        .gets("200");
    ages.into_iter().chain([exposed]).collect()
}
