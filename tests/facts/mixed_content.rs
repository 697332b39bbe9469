//! Pages on https that call http: [Mixed Content]. Measured in Chromium 156 and Firefox 153, over TLS.
//!
//! [Mixed Content]: https://w3c.github.io/webappsec-mixed-content/#should-block-fetch

use cors_runtime::testing::Browser;

use crate::case::{API, Case, agree, case};

/// The service of [`API`] without TLS.
const PLAIN: &str = "http://api.test/";

#[tokio::test]
async fn mixed_content() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [pages(), services(), before_anything(), redirects()]
        .into_iter()
        .flatten()
        .collect()
}

/// Which pages may call http.
fn pages() -> Vec<Case> {
    let blocked = ["https://shop.test", "https://localhost", "https://api.test"];
    let blocked = blocked.map(|page| (page, false));
    let allowed = [
        "http://shop.test",
        // By the standard, these may not. Neither engine blocks them.
        "http://localhost:3000",
        "http://127.0.0.1:3000",
        // A frame in a page on https is blocked, which `null` does not tell.
        "null",
        "capacitor://localhost",
    ];
    let allowed = allowed.map(|page| (page, true));
    let cases = blocked.into_iter().chain(allowed).map(|(page, may)| {
        let case = case(format!("http_is_called_from_{page}")).page(page);
        let case = case.fetch(&format!("GET {PLAIN}"), &[]);
        if may {
            case.arrives(&["GET http://api.test/"]).gets("200")
        } else {
            case.arrives(&[]).gets("MixedContent http://api.test/")
        }
    });
    cases.collect()
}

/// Which services a page on https may call: those on https, and those on this machine, as in
/// [Secure Contexts].
///
/// [Secure Contexts]: https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
fn services() -> Vec<Case> {
    let allowed = [
        "https://api.test/",
        "http://localhost/",
        "http://localhost:3000/",
        "http://localhost./",
        "http://api.localhost:3000/",
        "http://127.0.0.1/",
        "http://127.8.9.10:3000/",
        "http://[::1]:3000/",
    ];
    let allowed = allowed.map(|url| (url, true));
    let blocked = [
        "http://api.test/",
        "http://api.test:443/",
        "http://localhost.test/",
        "http://notlocalhost/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://[::2]/",
        "http://[::ffff:127.0.0.1]/",
    ];
    let blocked = blocked.map(|url| (url, false));
    let cases = allowed.into_iter().chain(blocked).map(|(url, may)| {
        let case = case(format!("https_calls_{url}")).response(200, &["Allow-Origin: *"]);
        let case = case.fetch(&format!("GET {url}"), &[]);
        if may {
            case.gets("200")
        } else {
            let url = url.replace("127.0.0.1", "7f00:1");
            case.arrives(&[]).gets(&format!("MixedContent {url}"))
        }
    });
    cases.collect()
}

/// Nothing is sent, whatever the request is.
fn before_anything() -> Vec<Case> {
    const STREAM: &str = "Accept: text/event-stream";

    vec![
        case("mixed_content_has_no_preflight")
            .fetch("PUT http://api.test/", &["X-A: 1"])
            .arrives(&[])
            .gets("MixedContent http://api.test/"),
        case("mixed_content_is_blocked_before_the_mode_counts")
            .with(Browser::with_same_origin_mode)
            .fetch("GET http://api.test/", &[])
            .arrives(&[])
            .gets("MixedContent http://api.test/"),
        case("mixed_content_of_an_event_source")
            .event_source(PLAIN, &[STREAM])
            .arrives(&[])
            .gets("MixedContent http://api.test/"),
        case("mixed_content_of_a_web_socket")
            .web_socket("ws://api.test/", &[])
            .arrives(&[])
            .gets("MixedContent ws://api.test/"),
        case("mixed_content_of_a_web_socket_with_http")
            .web_socket(PLAIN, &[])
            .arrives(&[])
            .gets("MixedContent ws://api.test/"),
        case("no_mixed_content_of_a_web_socket_on_this_machine")
            .response(101, &[])
            .web_socket("ws://localhost:3000/", &[])
            .arrives(&["GET http://localhost:3000/"])
            .gets("101"),
    ]
}

/// Each URL of a chain is checked.
fn redirects() -> Vec<Case> {
    vec![
        case("a_redirect_to_http_is_blocked")
            .redirect(API, 302, PLAIN)
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("MixedContent http://api.test/"),
        case("a_redirect_to_http_is_blocked_after_a_preflight")
            .redirect(API, 307, PLAIN)
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("MixedContent http://api.test/"),
        case("a_redirect_of_the_page_s_site_to_http_is_blocked")
            .page("https://api.test")
            .at(API, 302, &["Location: http://api.test/"])
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("MixedContent http://api.test/"),
        case("a_redirect_of_this_machine_to_http_is_blocked")
            .redirect("http://localhost/", 302, PLAIN)
            .fetch("GET http://localhost/", &[])
            .arrives(&["GET http://localhost/"])
            .gets("MixedContent http://api.test/"),
        case("a_redirect_to_http_and_back_is_blocked")
            .redirect(API, 302, PLAIN)
            .redirect(PLAIN, 302, "https://api.test/next")
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("MixedContent http://api.test/"),
        // Firefox names the mixed content.
        case("a_redirect_to_http_must_pass_the_cors_check_first")
            .at(API, 302, &["Location: http://api.test/"])
            .fetch("GET", &[])
            .arrives(&["GET"])
            .gets("Origin"),
        case("a_redirect_to_http_on_this_machine_is_followed")
            .redirect(API, 302, "http://localhost:3000/")
            .fetch("GET", &[])
            .arrives(&["GET", "GET http://localhost:3000/"])
            .gets("200"),
        case("a_redirect_of_an_event_source_to_http_is_blocked")
            .redirect(API, 302, PLAIN)
            .event_source(API, &[])
            .arrives(&["GET"])
            .gets("MixedContent http://api.test/"),
        case("a_redirect_from_http_to_https_is_followed")
            .page("http://shop.test")
            .redirect(PLAIN, 302, API)
            .fetch("GET http://api.test/", &[])
            .arrives(&["GET http://api.test/", "GET"])
            .gets("200"),
    ]
}
