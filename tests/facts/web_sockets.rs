//! The handshake of a `WebSocket`: [WebSockets], [RFC 6455].
//!
//! [WebSockets]: https://websockets.spec.whatwg.org/#websocket-opening-handshake
//! [RFC 6455]: https://www.rfc-editor.org/rfc/rfc6455#section-4.1

use cors_runtime::testing::Browser;
use http::HeaderValue;

use crate::case::{Case, PageOption, STRANGER, agree, case};

const CHAT: &str = "wss://api.test/chat";
const ARRIVES: &str = "GET https://api.test/chat";

#[tokio::test]
async fn web_sockets() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [what_is_sent(), kept_cookies(), urls(), responses()]
        .into_iter()
        .flatten()
        .collect()
}

fn opens(name: impl Into<String>) -> Case {
    case(name).response(101, &[])
}

fn with_cookie(browser: Browser) -> Browser {
    browser.with_cookie(HeaderValue::from_static("id=42"))
}

/// Cookies that responses set, of the handshake too.
fn kept_cookies() -> Vec<Case> {
    const SERVICE: &str = "wss://api.site.test/chat";
    const ARRIVES: &str = "GET https://api.site.test/chat";
    const LAX: &str = "Set-Cookie: id=42; Secure; SameSite=Lax";
    const WITH_COOKIE: &str = "GET https://api.site.test/chat cookie: id=42";

    let login = |name: &str| {
        case(name)
            .page("https://app.site.test")
            .with(Browser::with_credentials)
            .granted(&[LAX])
            .fetch("GET https://api.site.test/", &[])
            .gets("200")
            .response(101, &[])
    };
    let handshake = |case: Case, arrives| {
        case.web_socket(SERVICE, &[])
            .arrives_with(&["cookie"], &[arrives])
            .gets("101")
    };
    let first = opens("a_handshake_sets_cookies")
        .page("https://app.site.test")
        .response(101, &[LAX])
        .web_socket(SERVICE, &[])
        .gets("101 set-cookie")
        .response(101, &[]);
    vec![
        handshake(login("a_handshake_has_kept_cookies"), WITH_COOKIE),
        handshake(
            login("a_handshake_from_another_site_has_no_lax_cookie").page(STRANGER),
            ARRIVES,
        ),
        handshake(first, WITH_COOKIE),
    ]
}

fn what_is_sent() -> Vec<Case> {
    const SHOWN: &[&str] = &[
        "host",
        "connection",
        "upgrade",
        "sec-websocket-version",
        "sec-websocket-key",
        "sec-websocket-extensions",
        "cache-control",
        "pragma",
        "body",
    ];

    let handshake = opens("a_handshake_upgrades")
        .web_socket(CHAT, &[])
        .arrives_with(
            SHOWN,
            &[
                "GET https://api.test/chat host: api.test connection: Upgrade upgrade: websocket \
               sec-websocket-version: 13 sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ== \
               sec-websocket-extensions: permessage-deflate cache-control: no-cache \
               pragma: no-cache",
            ],
        )
        .gets("101");
    let origins = [
        "https://shop.test",
        "https://api.test",
        "http://localhost:3000",
        "null",
        "capacitor://localhost",
    ];
    let origins = origins.map(|origin| {
        opens(format!("a_handshake_from_{origin}_has_its_origin"))
            .page(origin)
            .web_socket(CHAT, &[])
            .arrives_with(&["origin"], &[&format!("{ARRIVES} origin: {origin}")])
            .gets("101")
    });
    let modes: [(&str, PageOption); 4] = [
        ("no_credentials", |browser| browser),
        ("credentials", Browser::with_credentials),
        ("omitted_credentials", Browser::without_credentials),
        ("the_same_origin", Browser::with_same_origin_mode),
    ];
    let cookies = modes.map(|(name, with)| {
        opens(format!("a_handshake_with_{name}_has_cookies"))
            .with(with_cookie)
            .with(with)
            .web_socket(CHAT, &[])
            .arrives_with(&["cookie"], &[&format!("{ARRIVES} cookie: id=42")])
            .gets("101")
    });
    let headers = opens("a_script_sets_only_the_protocol_of_a_handshake")
        .web_socket(
            CHAT,
            &[
                "Sec-WebSocket-Protocol: a, b",
                "X-A: 1",
                "Authorization: 42",
                "Origin: null",
            ],
        )
        .arrives_with(
            &["sec-websocket-protocol", "x-a", "authorization", "origin"],
            &["GET https://api.test/chat sec-websocket-protocol: a, b origin: https://shop.test"],
        )
        .gets("101");
    origins
        .into_iter()
        .chain(cookies)
        .chain([handshake, headers])
        .collect()
}

fn urls() -> Vec<Case> {
    let cases = [
        ("wss://cdn.test", "https://cdn.test/"),
        ("https://api.test:443/chat", "https://api.test/chat"),
        ("wss://api.test:8443/a?b=c", "https://api.test:8443/a?b=c"),
        ("ws://api.test/", "http://api.test/"),
        ("http://api.test:80/", "http://api.test/"),
        ("ws://ws.test/ws", "http://ws.test/ws"),
    ];
    let cases = cases.map(|(url, arrives)| {
        opens(format!("a_handshake_with_{url}"))
            .page("http://shop.test")
            .web_socket(url, &[])
            .arrives(&[&format!("GET {arrives}")])
            .gets("101")
    });
    let impossible = [
        "ftp://api.test/",
        "wss://user@api.test/",
        "ws://api.test:6667/",
        "/chat",
    ];
    let impossible = impossible.map(|url| {
        opens(format!("no_handshake_with_{url}"))
            .web_socket(url, &[])
            .arrives(&[])
            .gets("Url")
    });
    let page = opens("no_handshake_of_what_is_no_page")
        .page("https://shop.test/")
        .web_socket(CHAT, &[])
        .arrives(&[])
        .gets("Page");
    let fails = opens("a_service_that_fails_opens_no_connection")
        .fails(true)
        .web_socket(CHAT, &[])
        .gets("Service no connection");
    cases
        .into_iter()
        .chain(impossible)
        .chain([page, fails])
        .collect()
}

/// There is no CORS check: only the status counts.
fn responses() -> Vec<Case> {
    let origins: [(&str, &[&str]); 3] = [
        ("nobody", &[]),
        ("another_page", &["Allow-Origin: https://stranger.test"]),
        ("all", &["Allow-Origin: *"]),
    ];
    let origins = origins.map(|(name, lines)| {
        let gets: &str = if lines.is_empty() {
            "101"
        } else {
            "101 access-control-allow-origin"
        };
        case(format!("a_connection_opens_where_{name}_is_allowed"))
            .response(101, lines)
            .web_socket(CHAT, &[])
            .arrives(&[ARRIVES])
            .gets(gets)
    });
    let statuses = [200, 204, 302, 401, 403, 404, 426, 500].map(|status| {
        case(format!("a_connection_does_not_open_with_{status}"))
            .response(status, &["Allow-Origin: *", "Location: /next"])
            .web_socket(CHAT, &[])
            .arrives(&[ARRIVES])
            .gets(&format!("Handshake {status}"))
    });
    origins.into_iter().chain(statuses).collect()
}
