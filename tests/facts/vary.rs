//! Cached responses that were for another page: [CORS protocol and HTTP caches].
//!
//! [CORS protocol and HTTP caches]: https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches

use crate::case::{API, Case, STRANGER, agree, case};

const FRESH: &str = "Cache-Control: max-age=60";
const SHOP_ONLY: &str = "Allow-Origin: https://shop.test";
const VARY: &str = "Vary: Origin";

#[tokio::test]
async fn stored_responses() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [pages(), vary(), stored()].into_iter().flatten().collect()
}

/// A GET from one page, then one from the shop, which the service allows.
fn then_the_shop(name: &str, page: &'static str, lines: &[&str], first: &str, then: &str) -> Case {
    case(name)
        .page(page)
        .response(200, &[&[FRESH], lines].concat())
        .fetch("GET", &[])
        .gets(first)
        .page("https://shop.test")
        .granted(&[])
        .fetch("GET", &[])
        .gets(then)
}

/// The page whose response is stored.
fn pages() -> Vec<Case> {
    const OTHER: &str = "Allow-Origin: https://stranger.test";
    const SITE: &str = "https://api.test";
    const STAR: &str = "Allow-Origin: *";
    const READ: &str = "200 cache-control";
    const OWN: &str = "200 cache-control vary";

    vec![
        then_the_shop(
            "a_response_for_another_origin_is_given",
            STRANGER,
            &[OTHER],
            READ,
            "Stored",
        ),
        then_the_shop(
            "a_response_for_another_origin_may_vary",
            STRANGER,
            &[OTHER, VARY],
            READ,
            "200",
        ),
        then_the_shop(
            "a_refusal_of_another_origin_is_given",
            STRANGER,
            &[],
            "Origin",
            "Stored",
        ),
        then_the_shop(
            "a_refusal_of_another_origin_may_vary",
            STRANGER,
            &[VARY],
            "Origin",
            "200",
        ),
        then_the_shop(
            "a_response_without_an_origin_is_given",
            SITE,
            &[],
            READ,
            "Stored",
        ),
        then_the_shop(
            "a_response_without_an_origin_may_vary",
            SITE,
            &[VARY],
            OWN,
            "200",
        ),
        then_the_shop("a_wildcard_need_not_vary", STRANGER, &[STAR], READ, "200"),
        then_the_shop(
            "a_constant_origin_need_not_vary",
            STRANGER,
            &[SHOP_ONLY],
            "Origin",
            "200",
        ),
        then_the_shop(
            "a_response_for_an_opaque_origin_is_given",
            "null",
            &["Allow-Origin: null"],
            READ,
            "Stored",
        ),
        then_the_shop(
            "a_response_for_the_page_itself_serves_it",
            "https://shop.test",
            &[SHOP_ONLY],
            READ,
            "200",
        ),
    ]
}

/// What [`Vary`] must say.
///
/// [`Vary`]: https://www.rfc-editor.org/rfc/rfc9111#section-4.1
fn vary() -> Vec<Case> {
    let cases: [(&str, &[&str], &str); 7] = [
        (
            "vary_by_another_header",
            &["Vary: Accept-Encoding"],
            "Stored",
        ),
        ("vary_by_a_similar_header", &["Vary: X-Origin"], "Stored"),
        ("an_empty_vary", &["Vary:"], "Stored"),
        (
            "vary_by_several_headers",
            &["Vary: Accept-Encoding, Origin"],
            "200",
        ),
        ("vary_in_two_lines", &["Vary: Accept-Encoding", VARY], "200"),
        ("vary_in_another_case", &["Vary: origin"], "200"),
        ("vary_by_everything", &["Vary: *"], "200"),
    ];
    let cases = cases
        .into_iter()
        .map(|(name, lines, then)| then_the_shop(name, STRANGER, lines, "Origin", then));
    cases.collect()
}

/// What is stored, and for how long.
fn stored() -> Vec<Case> {
    let refused = |name, lines: &[&str]| {
        case(name)
            .page(STRANGER)
            .response(200, lines)
            .fetch("GET", &[])
            .gets("Origin")
            .page("https://shop.test")
            .granted(&[])
    };
    vec![
        refused("a_response_is_stored_for_its_time", &[FRESH])
            .wait(59)
            .fetch("GET", &[])
            .gets("Stored"),
        refused("a_response_is_not_stored_for_longer", &[FRESH])
            .wait(60)
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("200"),
        refused("a_response_without_a_time_is_not_stored", &[])
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("200"),
        refused(
            "no_store_is_not_stored",
            &["Cache-Control: no-store, max-age=60"],
        )
        .fetch("GET", &[])
        .arrives(&["GET"])
        .gets("200"),
        refused("a_write_forgets_what_is_stored", &[FRESH])
            .fetch("POST", &[])
            .gets("200")
            .fetch("GET", &[])
            .gets("200"),
        case("a_write_that_fails_forgets_nothing")
            .page(STRANGER)
            .response(200, &[FRESH])
            .fetch("GET", &[])
            .gets("Origin")
            .page("https://shop.test")
            .response(500, &["Allow-Origin: *"])
            .fetch("POST", &[])
            .gets("500")
            .response(200, &["Allow-Origin: *"])
            .fetch("GET", &[])
            .gets("Stored"),
        refused("a_request_with_a_condition_asks_the_service", &[FRESH])
            .preflight(204, &[SHOP_ONLY, "Allow-Headers: if-none-match"])
            .fetch("GET", &["If-None-Match: \"a\""])
            .arrives(&["OPTIONS", "GET"])
            .gets("200"),
        refused("another_url_has_a_response_of_its_own", &[FRESH])
            .fetch("GET https://api.test/?page=2", &[])
            .gets("200"),
        refused("a_stored_response_is_for_get_alone", &[FRESH])
            .fetch("POST", &[])
            .gets("200"),
        case("a_fragment_makes_no_other_response")
            .page(STRANGER)
            .redirect(API, 302, "/next#top")
            .at("https://api.test/next", 200, &[FRESH])
            .fetch("GET", &[])
            .gets("Origin")
            .page("https://shop.test")
            .redirect(API, 302, "/next#end")
            .at("https://api.test/next", 200, &["Allow-Origin: *"])
            .fetch("GET", &[])
            .gets("Stored"),
        case("a_stored_wildcard_does_not_serve_credentials")
            .response(200, &[FRESH, "Allow-Origin: *"])
            .fetch("GET", &[])
            .gets("200 cache-control")
            .with(|page| page.with_credentials())
            .granted(&[])
            .fetch("GET", &[])
            .gets("Stored"),
        case("a_response_to_a_preflight_is_not_stored")
            .preflight(204, &[FRESH, "Max-Age: 0", SHOP_ONLY, "Allow-Methods: PUT"])
            .fetch("PUT", &[])
            .gets("200")
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200"),
    ]
}
