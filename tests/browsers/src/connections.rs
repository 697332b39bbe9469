//! `EventSource` and `WebSocket`.

use cors_runtime::testing::Initiator::{EventSource, WebSocket};

use crate::case::Page::{Allowed, Denied, Own};
use crate::case::{Call, Case, Page, call, case};
use crate::cases::COOKIES;
use crate::firefox::{MISSING, NO_CONNECTION, WILDCARD};

const WITH_CREDENTIALS: &str = r#"{"withCredentials": true}"#;
const AGAIN: &str = r#"{"again": true}"#;
const PROTOCOLS: &str = r#"{"protocols": "articles"}"#;
const EVENT: &str = "data: three articles\n\n";

pub(crate) fn cases() -> Vec<Case> {
    [event_sources(), web_sockets()]
        .into_iter()
        .flatten()
        .collect()
}

fn event_sources() -> Vec<Case> {
    let source = |page, to| call(page, to).by(EventSource);
    let events = |page| source(page, "api/events").arrives(&["GET /events"]);
    vec![
        case("event_source", [events(Allowed).reads(EVENT)]),
        case("event_source_of_its_own_page", [events(Own).reads(EVENT)]),
        // `Last-Event-ID` is not safelisted, and there is no preflight.
        case(
            "event_source_connects_again",
            [events(Allowed)
                .with(AGAIN)
                .arrives(&["GET /events", "GET /events"])
                .reads(EVENT)],
        ),
        case(
            "event_source_with_credentials",
            [events(Allowed).with(WITH_CREDENTIALS).reads(EVENT)],
        ),
        case(
            "event_source_with_credentials_where_any_origin_is_allowed",
            [source(Allowed, "public/events")
                .with(WITH_CREDENTIALS)
                .arrives(&["GET /events"])
                .fails(WILDCARD)],
        ),
        case(
            "denied_event_source",
            [source(Denied, "api/events")
                .arrives(&["GET /events: the origin `http://evil.site.test` is not allowed"])
                .fails(MISSING)],
        ),
        case(
            "redirected_event_source",
            [source(Allowed, "api/to/api.site.test/events")
                .arrives(&["GET /to/api.site.test/events", "GET /events"])
                .reads(EVENT)],
        ),
        case(
            "event_source_of_text",
            [source(Allowed, "api/articles")
                .arrives(&["GET /articles"])
                .fails(NO_CONNECTION)],
        ),
        case(
            "event_source_that_is_not_found",
            [source(Allowed, "api/nowhere")
                .arrives(&["GET /nowhere"])
                .fails_without_cors("status of 404", NO_CONNECTION)],
        ),
    ]
}

fn web_sockets() -> Vec<Case> {
    let socket = |page, to| call(page, to).by(WebSocket);
    let opens = |call: Call| call.reads_status(101, "");
    let evil = |path: &str| {
        [format!(
            "GET {path}: the origin `http://evil.site.test` is not allowed"
        )]
    };
    let login = |page: Page| call(page, "api/login").with(COOKIES).reads("welcome");
    vec![
        case(
            "web_socket",
            [opens(socket(Allowed, "api/live").arrives(&["GET /live"]))],
        ),
        case(
            "web_socket_with_a_protocol",
            [opens(
                socket(Allowed, "api/live")
                    .with(PROTOCOLS)
                    .arrives(&["GET /live"]),
            )],
        ),
        // CORS is not asked.
        case(
            "denied_web_socket_opens",
            [opens(socket(Denied, "api/live").arrives(&evil("/live")))],
        ),
        case(
            "web_socket_of_a_service_that_checks_the_origin",
            [
                opens(socket(Allowed, "api/guarded").arrives(&["GET /guarded"])),
                socket(Denied, "api/guarded")
                    .arrives(&evil("/guarded"))
                    .fails(NO_CONNECTION),
            ],
        ),
        case(
            "web_socket_of_its_own_page_has_an_origin",
            [opens(socket(Own, "api/live").arrives(&[
                "GET /live: the origin `http://api.site.test` is not allowed",
            ]))],
        ),
        case(
            "web_socket_has_cookies",
            [
                login(Allowed).arrives(&["GET /login"]),
                opens(socket(Allowed, "api/session").arrives(&["GET /session"])),
                opens(socket(Denied, "api/session").arrives(&evil("/session"))),
            ],
        ),
        case(
            "web_socket_without_its_cookie",
            [socket(Allowed, "api/session")
                .arrives(&["GET /session"])
                .fails(NO_CONNECTION)],
        ),
        case(
            "web_socket_is_not_redirected",
            [socket(Allowed, "api/to/api.site.test/live")
                .arrives(&["GET /to/api.site.test/live"])
                .fails(NO_CONNECTION)],
        ),
    ]
}
