//! `EventSource`: HTML, "[server-sent events]".
//!
//! [server-sent events]: https://html.spec.whatwg.org/multipage/server-sent-events.html

use cors_runtime::testing::Browser;
use http::HeaderValue;

use crate::case::{API, Case, STRANGER, agree, case};

const STREAM: &str = "Content-Type: text/event-stream";

#[tokio::test]
async fn event_sources() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [what_is_sent(), checks(), streams(), redirects()]
        .into_iter()
        .flatten()
        .collect()
}

fn events(name: impl Into<String>) -> Case {
    case(name).granted(&[STREAM])
}

fn with_cookie(browser: Browser) -> Browser {
    browser.with_cookie(HeaderValue::from_static("id=42"))
}

fn what_is_sent() -> Vec<Case> {
    const SHOWN: &[&str] = &[
        "accept",
        "origin",
        "cache-control",
        "last-event-id",
        "x-a",
        "body",
    ];
    const COOKIE: &[&str] = &["cookie", "origin"];

    vec![
        events("an_event_source_asks_for_a_stream")
            .event_source(API, &[])
            .arrives_with(
                SHOWN,
                &["GET accept: text/event-stream origin: https://shop.test cache-control: no-cache"],
            )
            .gets("200"),
        events("the_last_event_needs_no_preflight")
            .event_source(API, &["Last-Event-ID: 7"])
            .arrives_with(
                SHOWN,
                &["GET accept: text/event-stream origin: https://shop.test \
                   cache-control: no-cache last-event-id: 7"],
            )
            .gets("200"),
        events("a_script_sets_no_header_of_an_event_source")
            .event_source(API, &["X-A: 1", "Accept: text/plain", "Authorization: 42"])
            .arrives_with(
                &["accept", "x-a", "authorization"],
                &["GET accept: text/event-stream"],
            )
            .gets("200"),
        events("an_event_source_watches_no_uploads")
            .with(Browser::with_upload_listener)
            .event_source(API, &[])
            .arrives(&["GET"])
            .gets("200"),
        events("an_event_source_has_no_cookies")
            .with(with_cookie)
            .event_source(API, &[])
            .arrives_with(COOKIE, &["GET origin: https://shop.test"])
            .gets("200"),
        events("an_event_source_with_credentials_has_cookies")
            .with(with_cookie)
            .with(Browser::with_credentials)
            .event_source(API, &[])
            .arrives_with(COOKIE, &["GET cookie: id=42 origin: https://shop.test"])
            .gets("200"),
        events("an_event_source_of_the_page_s_site_has_cookies")
            .page("https://api.test")
            .with(with_cookie)
            .event_source(API, &[])
            .arrives_with(COOKIE, &["GET cookie: id=42"])
            .gets("200"),
        events("an_event_source_cannot_omit_credentials")
            .page("https://api.test")
            .with(with_cookie)
            .with(Browser::without_credentials)
            .event_source(API, &[])
            .arrives_with(COOKIE, &["GET cookie: id=42"])
            .gets("200"),
        events("an_event_source_calls_another_origin_in_any_mode")
            .with(Browser::with_same_origin_mode)
            .event_source(API, &[])
            .gets("200"),
    ]
}

/// The CORS check, as for `fetch`.
fn checks() -> Vec<Case> {
    let cases: [(&str, &[&str], bool, &str); 6] = [
        ("an_event_source_needs_permission", &[], false, "Origin"),
        (
            "an_event_source_may_be_for_all",
            &["Allow-Origin: *"],
            false,
            "200",
        ),
        (
            "an_event_source_may_be_for_the_page",
            &["Allow-Origin: https://shop.test"],
            false,
            "200",
        ),
        (
            "an_event_source_for_another_page_is_blocked",
            &["Allow-Origin: https://stranger.test"],
            false,
            "Origin",
        ),
        (
            "an_event_source_with_credentials_is_not_for_all",
            &["Allow-Origin: *"],
            true,
            "Wildcard",
        ),
        (
            "an_event_source_with_credentials_needs_both",
            &["Allow-Origin: https://shop.test"],
            true,
            "Credentials",
        ),
    ];
    let cases = cases.into_iter().map(|(name, lines, include, gets)| {
        let case = case(name).response(200, &[lines, &[STREAM]].concat());
        let case = if include {
            case.with(Browser::with_credentials)
        } else {
            case
        };
        case.event_source(API, &["Last-Event-ID: 7"])
            .arrives(&["GET"])
            .gets(gets)
    });
    let stored = events("an_event_source_is_not_cached")
        .granted(&[STREAM, "Cache-Control: max-age=60"])
        .event_source(API, &[])
        .gets("200")
        .page(STRANGER)
        .event_source(API, &[])
        .arrives(&["GET"])
        .gets("200");
    cases.chain([stored]).collect()
}

/// Which responses are streams of events.
fn streams() -> Vec<Case> {
    let types = [
        ("text/event-stream", true),
        ("text/event-stream; charset=utf-8", true),
        ("Text/Event-Stream;x", true),
        (" text/event-stream ", true),
        ("text/plain", false),
        ("application/json", false),
        ("text/event-streams", false),
        ("", false),
    ];
    let types = types.map(|(content_type, is_stream)| {
        let gets = format!("EventStream 200 {}", content_type.trim());
        case(format!("events_of_the_type_{content_type}"))
            .granted(&[&format!("Content-Type: {content_type}")])
            .event_source(API, &[])
            .gets(if is_stream { "200" } else { &gets })
    });
    let statuses = [201, 204, 206, 400, 404, 500].map(|status| {
        case(format!("no_events_with_{status}"))
            .response(status, &["Allow-Origin: *", STREAM])
            .event_source(API, &[])
            .gets(&format!("EventStream {status} text/event-stream"))
    });
    let without = case("no_events_without_a_type")
        .granted(&[])
        .event_source(API, &[])
        .gets("EventStream 200");
    types.into_iter().chain(statuses).chain([without]).collect()
}

fn redirects() -> Vec<Case> {
    const NEXT: &str = "https://api.test/next";

    vec![
        events("an_event_source_follows_redirects")
            .redirect(API, 302, NEXT)
            .event_source(API, &["Last-Event-ID: 7"])
            .arrives_with(
                &["last-event-id"],
                &[
                    "GET last-event-id: 7",
                    "GET https://api.test/next last-event-id: 7",
                ],
            )
            .gets("200"),
        events("an_event_source_follows_redirects_in_any_mode")
            .with(Browser::with_redirect_error)
            .redirect(API, 302, NEXT)
            .event_source(API, &[])
            .gets("200"),
        events("an_event_source_redirected_to_a_third_site_has_the_origin_null")
            .redirect(API, 302, "https://cdn.test/")
            .event_source(API, &[])
            .arrives_with(
                &["origin"],
                &[
                    "GET origin: https://shop.test",
                    "GET https://cdn.test/ origin: null",
                ],
            )
            .gets("200"),
    ]
}
