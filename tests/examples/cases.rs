//! What the services of the shop respond, whichever server they run on.

use std::net::SocketAddr;

use super::client::send;

const SHOP: &str = "https://shop.example.com";

/// The name of a case, the request, and the status and whether the shop's page may read it.
const CASES: &[(&str, &str, u16, bool)] = &[
    (
        "a page of the shop reads",
        "GET /articles\norigin: https://shop.example.com\nauthorization: Bearer 42",
        200,
        true,
    ),
    (
        "it writes",
        "PUT /basket\norigin: https://shop.example.com\nauthorization: Bearer 42",
        200,
        true,
    ),
    (
        "before, it asks",
        "OPTIONS /basket\norigin: https://shop.example.com\naccess-control-request-method: PUT\n\
         access-control-request-headers: authorization,content-type",
        204,
        true,
    ),
    (
        "a path that is not there",
        "GET /nowhere\norigin: https://shop.example.com\nauthorization: Bearer 42",
        404,
        true,
    ),
    (
        "a stranger reads nothing",
        "GET /articles\norigin: https://stranger.example\nauthorization: Bearer 42",
        200,
        false,
    ),
    (
        "and asks in vain",
        "OPTIONS /basket\norigin: https://stranger.example\naccess-control-request-method: PUT",
        204,
        false,
    ),
    (
        "no page at all",
        "GET /articles\nauthorization: Bearer 42",
        200,
        false,
    ),
];

pub(crate) fn the_shop_responds(address: SocketAddr) {
    for (name, request, status, readable) in CASES {
        let response = send(address, request, b"");
        let seen = (response.status, response.is_readable(SHOP));
        assert_eq!(seen, (*status, *readable), "{name}");
        assert!(!response.repeats_a_header(), "{name}");
        let vary = response.header("vary").unwrap();
        assert!(vary.starts_with("Origin"), "{name}: {vary}");
        let is_preflight = request.starts_with("OPTIONS") && *readable;
        assert_eq!(
            response.header("access-control-allow-methods"),
            is_preflight.then_some("GET, HEAD, POST, PUT, DELETE, OPTIONS"),
            "{name}"
        );
        assert_eq!(
            response.header("access-control-expose-headers"),
            (*readable && !is_preflight).then_some("X-Request-Id, X-RateLimit-Remaining"),
            "{name}"
        );
    }
    let refused =
        "OPTIONS /basket\norigin: https://shop.example.com\naccess-control-request-method: PATCH";
    let response = send(address, refused, b"");
    let methods = response.header("access-control-allow-methods").unwrap();
    assert!(!methods.contains("PATCH"), "a method that is not allowed");
}
