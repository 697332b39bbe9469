//! What browsers say about wrong responses: one case for each path of the API `broken`.

use http::HeaderName;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS as CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS as HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS as METHODS, ACCESS_CONTROL_ALLOW_ORIGIN as ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS as EXPOSED, ACCESS_CONTROL_MAX_AGE as MAX_AGE, CACHE_CONTROL,
    LOCATION, SET_COOKIE,
};

use crate::case::Page::{Allowed, Other};
use crate::case::{Case, call};
use crate::cases::{COOKIES, TOKEN};
use crate::fault::{APP, Fault};
use crate::{engines, firefox, freshness, redirects};

pub(crate) const GET: &str = "{}";
pub(crate) const PUT_WITH_HEADER: &str = r#"{"method": "PUT", "headers": {"X-Request-Id": "7"}}"#;
const PUT_WITH_COOKIES: &str =
    r#"{"method": "PUT", "headers": {"X-Request-Id": "7"}, "credentials": "include"}"#;

pub(crate) fn cases() -> Vec<Case> {
    faults().into_iter().map(|fault| fault.case).collect()
}

pub(crate) fn faults() -> Vec<Fault> {
    let groups = [
        origins(),
        credentials(),
        statuses(),
        lists(),
        redirects::faults(),
        order(),
        exposed(),
        caches(),
        engines::faults(),
        freshness::faults(),
    ];
    groups.into_iter().flatten().collect()
}

fn origins() -> Vec<Fault> {
    use firefox::{MISMATCH, MISSING, WILDCARD};

    let actual = |at, lines| Fault::actual(at, GET).has(ORIGIN, lines);
    let preflight = |at, lines| Fault::preflight(at, PUT_WITH_HEADER).has(ORIGIN, lines);
    vec![
        actual("broken/origin_missing", &[]).fails(MISSING),
        actual("broken/origin_twice", &[APP, APP]).fails(MISMATCH),
        actual(
            "broken/origin_twice_on_a_line",
            &["http://app.site.test:{port}, http://app.site.test:{port}"],
        )
        .fails(MISMATCH),
        actual(
            "broken/two_origins",
            &["http://other.site.test:{port} http://app.site.test:{port}"],
        )
        .fails(MISMATCH),
        actual("broken/origin_and_wildcard", &[APP, "*"]).fails(MISMATCH),
        actual("broken/wildcard_twice", &["*", "*"]).fails(MISMATCH),
        actual("broken/another_origin", &["http://other.site.test:{port}"]).fails(MISMATCH),
        actual("broken/origin_without_port", &["http://app.site.test"]).fails(MISMATCH),
        actual("broken/origin_without_scheme", &["app.site.test:{port}"]).fails(MISMATCH),
        actual(
            "broken/origin_in_upper_case",
            &["HTTP://APP.SITE.TEST:{port}"],
        )
        .fails(MISMATCH),
        actual(
            "broken/origin_with_slash",
            &["http://app.site.test:{port}/"],
        )
        .fails(MISMATCH),
        actual("broken/origin_with_pattern", &["http://*.site.test:{port}"]).fails(MISMATCH),
        actual(
            "broken/origin_with_bad_port",
            &["http://app.site.test:{port}0"],
        )
        .fails(MISMATCH),
        actual("broken/origin_without_host", &["http://"]).fails(MISMATCH),
        actual("broken/origin_in_other_letters", &["http://bücher.test"]).fails(MISMATCH),
        actual("broken/origin_in_latin_1", &["http://{é}.site.test"]).fails(MISMATCH),
        actual("broken/origin_empty", &[""]).fails(MISMATCH),
        actual("broken/origin_is_text", &["true"]).fails(MISMATCH),
        actual("broken/origin_is_a_host", &["app.site.test"]).fails(MISMATCH),
        actual("broken/origin_is_null", &["null"]).fails(MISMATCH),
        Fault::actual("broken/wildcard_with_credentials", COOKIES)
            .has(ORIGIN, &["*"])
            .fails(WILDCARD),
        preflight("broken/preflight_origin_missing", &[]).fails(MISSING),
        preflight("broken/preflight_origin_twice", &[APP, APP]).fails(MISMATCH),
        preflight(
            "broken/preflight_another_origin",
            &["http://other.site.test:{port}"],
        )
        .fails(MISMATCH),
        preflight("broken/preflight_origin_is_text", &["true"]).fails(MISMATCH),
        preflight("broken/preflight_origin_is_null", &["null"]).fails(MISMATCH),
        Fault::preflight(
            "broken/preflight_wildcard_with_credentials",
            PUT_WITH_COOKIES,
        )
        .has(ORIGIN, &["*"])
        .fails(WILDCARD),
        // The preflight response is right.
        Fault::actual("broken/origin_missing_after_preflight", PUT_WITH_HEADER)
            .has(ORIGIN, &[])
            .expects(|call| {
                call.arrives(&[
                    "OPTIONS /origin_missing_after_preflight",
                    "PUT /origin_missing_after_preflight",
                ])
            })
            .fails(MISSING),
        // Spaces around a value are not part of it.
        actual(
            "broken/origin_between_spaces",
            &[" http://app.site.test:{port} "],
        )
        .expects(|call| call.reads("")),
    ]
}

fn credentials() -> Vec<Fault> {
    let actual = |at, lines| {
        Fault::actual(at, COOKIES)
            .has(CREDENTIALS, lines)
            .fails(firefox::CREDENTIALS)
    };
    let preflight = |at, lines| {
        Fault::preflight(at, PUT_WITH_COOKIES)
            .has(CREDENTIALS, lines)
            .fails(firefox::CREDENTIALS)
    };
    vec![
        actual("broken/credentials_missing", &[]),
        actual("broken/credentials_empty", &[""]),
        actual("broken/credentials_false", &["false"]),
        actual("broken/credentials_capitalised", &["True"]),
        actual("broken/credentials_twice", &["true", "true"]),
        preflight("broken/preflight_credentials_missing", &[]),
        preflight("broken/preflight_credentials_capitalised", &["True"]),
    ]
}

fn statuses() -> Vec<Fault> {
    let preflight = |at, status| {
        Fault::preflight(at, PUT_WITH_HEADER)
            .status(status)
            .fails(firefox::PREFLIGHT)
    };
    vec![
        preflight("broken/preflight_not_found", 404),
        preflight("broken/preflight_unauthorized", 401),
        preflight("broken/preflight_error", 500),
        preflight("broken/preflight_not_modified", 304),
        preflight("broken/preflight_redirected", 302).has(
            LOCATION,
            &["/preflight_redirected?broken/preflight_redirected"],
        ),
        preflight("broken/preflight_redirected_nowhere", 307),
        Fault::preflight("broken/preflight_ok", PUT_WITH_HEADER)
            .status(299)
            .passes(),
    ]
}

fn lists() -> Vec<Fault> {
    use firefox::METHOD;

    let methods = |at, lines| Fault::preflight(at, PUT_WITH_HEADER).has(METHODS, lines);
    let headers = |at, lines| Fault::preflight(at, PUT_WITH_HEADER).has(HEADERS, lines);
    vec![
        methods("broken/methods_missing", &[]).fails(METHOD),
        methods("broken/methods_empty", &[""]).fails(METHOD),
        methods("broken/method_not_listed", &["GET, POST"]).fails(METHOD),
        methods("broken/method_in_lower_case", &["put"]).fails(METHOD),
        methods("broken/methods_without_comma", &["PUT POST"])
            .fails("(Reason: invalid token ‘PUT POST’"),
        methods("broken/methods_quoted", &["\"PUT\""]).fails("(Reason: invalid token ‘\"PUT\"’"),
        headers("broken/headers_missing", &[]).fails(firefox::REQUEST_ID),
        headers("broken/headers_empty", &[""]).fails(firefox::REQUEST_ID),
        headers("broken/header_not_listed", &["X-Debug"]).fails(firefox::REQUEST_ID),
        headers("broken/headers_without_comma", &["X-Debug X-Request-Id"])
            .fails("(Reason: invalid token ‘X-Debug X-Request-Id’"),
        headers("broken/headers_with_colon", &["X-Request-Id: 7"])
            .fails("(Reason: invalid token ‘X-Request-Id: 7’"),
        Fault::preflight("broken/any_method_with_credentials", PUT_WITH_COOKIES)
            .has(METHODS, &["*"])
            .fails(METHOD),
        Fault::preflight("broken/any_header_with_credentials", PUT_WITH_COOKIES)
            .has(HEADERS, &["*"])
            .fails(firefox::REQUEST_ID),
        Fault::preflight("broken/any_header_with_authorization", TOKEN)
            .has(HEADERS, &["*"])
            .expects(|call| {
                call.arrives(&[
                    "OPTIONS /any_header_with_authorization",
                    "GET /any_header_with_authorization",
                ])
                .reads("")
                .not_by_the_model(
                    "it follows the standard, where `*` does not stand for this header",
                )
            }),
        methods("broken/any_method", &["*"]).passes(),
        methods("broken/methods_on_two_lines", &["GET", "PUT"]).passes(),
        methods("broken/methods_with_empty_elements", &[",GET,,\t PUT , "]).passes(),
        headers("broken/any_header", &["*"]).passes(),
        headers("broken/header_in_upper_case", &["X-REQUEST-ID"]).passes(),
    ]
}

/// If there are two faults, browsers name the one that they find first.
fn order() -> Vec<Fault> {
    let preflight = |at| Fault::preflight(at, PUT_WITH_HEADER);
    vec![
        preflight("broken/first_status_or_origin")
            .status(404)
            .has(ORIGIN, &[])
            .fails(firefox::MISSING),
        preflight("broken/first_redirect_or_origin")
            .status(302)
            .has(LOCATION, &["/"])
            .has(ORIGIN, &[])
            .fails(firefox::MISSING),
        preflight("broken/first_status_or_methods")
            .status(404)
            .has(METHODS, &["PUT POST"])
            .fails(firefox::PREFLIGHT),
        preflight("broken/first_methods_or_headers")
            .has(METHODS, &["PUT POST"])
            .has(HEADERS, &["X-Debug X-Request-Id"])
            .fails("(Reason: invalid token ‘PUT POST’"),
        preflight("broken/first_method_or_headers")
            .has(METHODS, &["GET"])
            .has(HEADERS, &["X-Debug X-Request-Id"])
            .fails(firefox::METHOD),
        preflight("broken/first_method_or_header")
            .has(METHODS, &["GET"])
            .has(HEADERS, &[])
            .fails(firefox::METHOD),
        Fault::actual("broken/first_wildcard_or_credentials", COOKIES)
            .has(ORIGIN, &["*"])
            .has(CREDENTIALS, &[])
            .fails(firefox::WILDCARD),
        Fault::actual("broken/first_origin_or_credentials", COOKIES)
            .has(ORIGIN, &["null"])
            .has(CREDENTIALS, &[])
            .fails(firefox::MISMATCH),
        Fault::actual("broken/first_origin_or_location", GET)
            .status(302)
            .has(LOCATION, &["http://user@api.site.test/"])
            .has(ORIGIN, &[])
            .fails(firefox::MISSING),
    ]
}

/// The comparison covers everything that the script sees.
fn exposed() -> Vec<Fault> {
    let exposed = |at, options, lines| {
        Fault::actual(at, options)
            .has(EXPOSED, lines)
            .has(HeaderName::from_static("x-total"), &["3", "4"])
            .has(SET_COOKIE, &["exposed=1"])
            .expects(|call| call.reads(""))
    };
    vec![
        exposed("broken/exposed_in_upper_case", GET, &["X-TOTAL"]),
        exposed("broken/exposed_on_two_lines", GET, &["X-Secret", "X-Total"]),
        exposed("broken/exposed_without_comma", GET, &["X-Total X-Secret"]),
        exposed(
            "broken/exposed_with_one_bad_name",
            GET,
            &["X-Total, X Secret"],
        ),
        exposed("broken/exposed_any", GET, &["*"]),
        exposed("broken/exposed_any_with_credentials", COOKIES, &["*"]),
        exposed("broken/exposed_cookie", GET, &["Set-Cookie, X-Total"]),
    ]
}

/// What the first of two calls leaves behind.
fn caches() -> Vec<Fault> {
    let then = Fault::then;
    let put = |at| call(Allowed, at).with(PUT_WITH_HEADER);
    let unvaried = "broken/cached_without_vary";
    let spaces = "broken/max_age_between_spaces";
    let zero = "broken/max_age_zero";
    vec![
        then(
            Fault::actual(unvaried, GET)
                .has(ORIGIN, &["{origin}"])
                .has(CACHE_CONTROL, &["max-age=60"]),
            call(Other, unvaried)
                .served_by_the_cache()
                .fails(firefox::MISMATCH),
        ),
        then(
            Fault::preflight(spaces, PUT_WITH_HEADER)
                .has(MAX_AGE, &[" 600 "])
                .passes(),
            put(spaces).arrives(&["PUT /max_age_between_spaces"]),
        ),
        then(
            Fault::preflight(zero, PUT_WITH_HEADER)
                .has(MAX_AGE, &["0"])
                .passes(),
            put(zero).arrives(&["OPTIONS /max_age_zero", "PUT /max_age_zero"]),
        ),
    ]
}
