//! Which response headers a script can read: [CORS filtered response].
//!
//! [CORS filtered response]: https://fetch.spec.whatwg.org/#concept-filtered-response-cors

use cors_runtime::testing::Browser;

use crate::case::{Case, agree, case};

#[tokio::test]
async fn response_headers() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [safelisted(), exposed(), wildcard(), elsewhere()]
        .into_iter()
        .flatten()
        .collect()
}

/// [CORS-safelisted response-header name].
///
/// [CORS-safelisted response-header name]: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
fn safelisted() -> Vec<Case> {
    let readable = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    let hidden = [
        "age",
        "authorization",
        "content-encoding",
        "content-disposition",
        "date",
        "etag",
        "link",
        "location",
        "retry-after",
        "server",
        "set-cookie",
        "vary",
        "www-authenticate",
        "x-a",
    ];
    let readable = readable.map(|name| {
        case(format!("{name}_is_readable"))
            .granted(&[&format!("{name}: 0")])
            .fetch("GET", &[])
            .gets(&format!("200 {name}"))
    });
    let hidden = hidden.map(|name| {
        case(format!("{name}_is_hidden"))
            .granted(&[&format!("{name}: 0")])
            .fetch("GET", &[])
            .gets("200")
    });
    readable.into_iter().chain(hidden).collect()
}

const HEADERS: [&str; 4] = ["ETag: a", "X-A: 1", "X-B: 1", "Set-Cookie: id=42"];

/// `Access-Control-Expose-Headers`.
fn exposed() -> Vec<Case> {
    let cases: [(&str, &[&str], &str); 9] = [
        ("no_list_exposes_nothing", &[], "200"),
        ("an_empty_list_exposes_nothing", &["Expose-Headers:"], "200"),
        (
            "a_list_exposes_its_names",
            &["Expose-Headers: X-A, ETag"],
            "200 etag x-a",
        ),
        (
            "case_does_not_count",
            &["Expose-Headers: x-A, etag"],
            "200 etag x-a",
        ),
        (
            "two_lines_are_one_list",
            &["Expose-Headers: X-A", "Expose-Headers: X-B"],
            "200 x-a x-b",
        ),
        (
            "empty_elements_are_harmless",
            &["Expose-Headers: ,X-A,,X-B ,"],
            "200 x-a x-b",
        ),
        (
            "one_malformed_name_hides_all",
            &["Expose-Headers: X-A, b ad, X-B"],
            "200",
        ),
        (
            "a_malformed_line_hides_all",
            &["Expose-Headers: X-A", "Expose-Headers: \"X-B\""],
            "200",
        ),
        (
            "cookies_are_never_exposed",
            &["Expose-Headers: Set-Cookie, Set-Cookie2, X-A"],
            "200 x-a",
        ),
    ];
    let cases = cases.into_iter().map(|(name, lines, gets)| {
        let case = case(name).granted(&[&HEADERS, lines].concat());
        case.fetch("GET", &[]).gets(gets)
    });
    cases.collect()
}

/// The mode of the request decides, not `Access-Control-Allow-Credentials`.
fn wildcard() -> Vec<Case> {
    const STAR: &[&str] = &[
        "Expose-Headers: *",
        "Authorization: a",
        "Set-Cookie2: a",
        "*: 1",
    ];
    const ALL: &str = "200 * access-control-allow-credentials access-control-allow-origin \
                       access-control-expose-headers authorization etag x-a x-b";

    let include = |name| case(name).with(Browser::with_credentials);
    vec![
        case("a_wildcard_exposes_all_but_cookies")
            .granted(&[&HEADERS, STAR].concat())
            .fetch("GET", &[])
            .gets(ALL),
        case("a_wildcard_among_names_exposes_all_but_cookies")
            .granted(&[&HEADERS, STAR, &["Expose-Headers: X-A"]].concat())
            .fetch("GET", &[])
            .gets(ALL),
        include("a_wildcard_is_a_name_with_credentials")
            .granted(&[&HEADERS, STAR].concat())
            .fetch("GET", &[])
            .gets("200 *"),
        include("names_beside_a_wildcard_count_with_credentials")
            .granted(&[&HEADERS, STAR, &["Expose-Headers: X-A"]].concat())
            .fetch("GET", &[])
            .gets("200 * x-a"),
        include("names_are_exposed_with_credentials")
            .granted(&[&HEADERS[..], &["Expose-Headers: X-B, ETag"]].concat())
            .fetch("GET", &[])
            .gets("200 etag x-b"),
    ]
}

fn elsewhere() -> Vec<Case> {
    vec![
        case("names_exposed_by_a_preflight_are_not")
            .lists(&["Allow-Methods: PUT", "Expose-Headers: X-A"])
            .granted(&HEADERS)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200"),
        case("a_site_reads_all_but_cookies_of_its_own")
            .page("https://api.test")
            .response(200, &HEADERS)
            .fetch("GET", &[])
            .gets("200 etag x-a x-b"),
        case("a_response_with_404_has_exposed_headers")
            .response(404, &["Allow-Origin: *", "Expose-Headers: X-A", "X-A: 1"])
            .fetch("GET", &[])
            .gets("404 x-a"),
    ]
}
