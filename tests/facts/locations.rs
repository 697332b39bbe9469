//! Where redirects lead: [location URL] and [HTTP-redirect fetch].
//!
//! [location URL]: https://fetch.spec.whatwg.org/#concept-response-location-url
//! [HTTP-redirect fetch]: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch

use crate::case::{API, Case, agree, case};

const NEXT: &str = "https://api.test/next";

#[tokio::test]
async fn locations() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [impossible(), possible(), numbers(), not_followed()]
        .into_iter()
        .flatten()
        .collect()
}

fn impossible() -> Vec<Case> {
    let cases = [
        (
            "a_user_and_password",
            "RedirectUser",
            "https://user:pass@api.test/",
        ),
        ("a_user", "RedirectUser", "https://user@api.test/"),
        ("a_password", "RedirectUser", "https://:pass@cdn.test/"),
        ("ftp", "RedirectScheme", "ftp://cdn.test/"),
        ("an_app", "RedirectScheme", "app://cdn.test/"),
        ("a_data_url", "Location", "data:text/plain,a"),
        (
            "a_view_of_a_source",
            "Location",
            "view-source:http://cdn.test/",
        ),
        ("no_url", "Location", "https://"),
        ("a_bad_port", "Location", "http://cdn.test:6667/"),
    ];
    let cases = cases.map(|(name, reason, to)| {
        case(format!("no_redirect_leads_to_{name}"))
            .redirect(API, 302, to)
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets(&format!("{reason} {to}"))
    });
    let two = case("no_redirect_has_two_locations")
        .at(API, 302, &["Allow-Origin: *", "Location: /", "Location: /"])
        .fetch("GET", &[])
        .arrives(&["GET"])
        .gets("Location /, /");
    let user = case("no_site_redirects_to_another_with_a_user")
        .page("https://api.test")
        .at(API, 302, &["Location: https://user@cdn.test/"])
        .fetch("GET", &[])
        .arrives(&["GET"])
        .gets("RedirectUser https://user@cdn.test/");
    cases.into_iter().chain([two, user]).collect()
}

fn possible() -> Vec<Case> {
    let cases = [
        ("a_path", "/next", NEXT),
        ("a_fragment", "/next#top", NEXT),
        ("a_longer_path", "/a/../next", NEXT),
        ("a_query", "?page=2", "https://api.test/?page=2"),
        (
            "letters_beyond_ascii",
            "https://b%C3%BCcher.test/",
            "https://xn--bcher-kva.test/",
        ),
        (
            "a_sharp_s",
            "https://stra%C3%9Fe.test/",
            "https://xn--strae-oqa.test/",
        ),
        (
            "a_hexadecimal_address",
            "http://0x7f.1/",
            "http://127.0.0.1/",
        ),
    ];
    let cases = cases.map(|(name, to, arrives)| {
        case(format!("a_redirect_leads_to_{name}"))
            .redirect(API, 302, to)
            .fetch("GET", &[])
            .arrives(&["GET", &format!("GET {arrives}")])
            .gets("200")
    });
    let user = case("a_site_redirects_to_itself_with_a_user")
        .page("https://api.test")
        .redirect(API, 302, "https://user@api.test/next")
        .fetch("GET", &[])
        .arrives_with(
            &["host"],
            &[
                "GET host: api.test",
                "GET https://api.test/next host: api.test",
            ],
        )
        .gets("200");
    cases.into_iter().chain([user]).collect()
}

/// How many redirects are followed.
fn numbers() -> Vec<Case> {
    let pages: Vec<String> = (1..=20)
        .map(|page| format!("https://api.test/?{page}"))
        .collect();
    let first = case("20_redirects_are_followed").redirect(API, 302, &pages[0]);
    let twenty = pages
        .windows(2)
        .fold(first, |case, page| case.redirect(&page[0], 302, &page[1]));
    vec![
        twenty.fetch("GET", &[]).gets("200"),
        case("21_redirects_are_not")
            .redirect(API, 302, API)
            .fetch("GET", &[])
            .arrives(&["GET"; 21])
            .gets("Redirects"),
    ]
}

/// Responses that are not redirects.
fn not_followed() -> Vec<Case> {
    let statuses = [200, 201, 300, 304].map(|status| {
        case(format!("{status}_with_a_location_is_not_followed"))
            .redirect(API, status, NEXT)
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets(&status.to_string())
    });
    let without = case("a_redirect_without_a_location_is_readable")
        .at(API, 302, &["Allow-Origin: *"])
        .fetch("GET", &[])
        .arrives(&["GET"])
        .gets("302");
    statuses.into_iter().chain([without]).collect()
}
