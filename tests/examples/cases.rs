//! What pages get from the services of the shop, whichever server they run on.

use std::net::SocketAddr;

use cors_runtime::testing::{Blocked, Browser};
use http::{HeaderName, Request, Response, header};
use tower_service::Service;

use super::client::Server;

pub(crate) const SHOP: &str = "https://shop.example.com";
const STRANGER: &str = "https://stranger.example";

/// The name of a case, the origin of the page, its request, and the status that it reads or a
/// part of the reason why it is blocked.
const CASES: &[(&str, &str, &str, Result<u16, &str>)] = &[
    (
        "a page of the shop reads",
        SHOP,
        "GET /articles\nauthorization: Bearer 42",
        Ok(200),
    ),
    (
        "it writes",
        SHOP,
        "PUT /basket\nauthorization: Bearer 42\ncontent-type: application/json",
        Ok(200),
    ),
    (
        "a path that is not there",
        SHOP,
        "GET /nowhere\nauthorization: Bearer 42",
        Ok(404),
    ),
    (
        "a method that is not allowed",
        SHOP,
        "PATCH /basket\nauthorization: Bearer 42",
        Err("Method PATCH is not allowed by Access-Control-Allow-Methods"),
    ),
    (
        "a header that is not allowed",
        SHOP,
        "GET /articles\nx-debug: 1",
        Err("Request header field x-debug is not allowed by Access-Control-Allow-Headers"),
    ),
    (
        "a stranger reads nothing",
        STRANGER,
        "GET /articles",
        Err("CORS policy: No 'Access-Control-Allow-Origin' header is present"),
    ),
    (
        "and asks in vain",
        STRANGER,
        "PUT /basket\nauthorization: Bearer 42",
        Err(
            "Response to preflight request doesn't pass access control check: \
             No 'Access-Control-Allow-Origin' header is present",
        ),
    ),
];

/// The page makes a request: its first words, such as `GET /articles`, then a header a line.
pub(crate) async fn fetch(
    address: SocketAddr,
    page: &Browser,
    request: &str,
    body: &[u8],
) -> Result<Response<Vec<u8>>, Blocked> {
    let request = read(address, request, body);
    page.fetch(&mut Server(address), request).await
}

/// Makes its requests with credentials.
pub(crate) fn page(origin: &str) -> Browser {
    Browser::at(origin).with_credentials()
}

fn read(address: SocketAddr, text: &str, body: &[u8]) -> Request<Vec<u8>> {
    let mut lines = text.lines();
    let (method, path) = lines.next().unwrap().split_once(' ').unwrap();
    let url = format!("http://{address}{path}");
    let request = Request::builder().method(method).uri(url);
    let mut request = request.header(header::HOST, address.to_string());
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        request = request.header(name.parse::<HeaderName>().unwrap(), value.trim());
    }
    request.body(body.to_vec()).unwrap()
}

pub(crate) async fn the_shop_responds(address: SocketAddr) {
    for (name, origin, request, expected) in CASES {
        let outcome = fetch(address, &page(origin), request, b"").await;
        match (outcome, expected) {
            (Ok(response), Ok(status)) => assert_eq!(response.status(), *status, "{name}"),
            (Err(blocked), Err(reason)) => {
                let text = blocked.to_string();
                assert!(text.contains(reason), "{name}: {text}");
            }
            (outcome, _) => panic!("{name}: {outcome:?}"),
        }
    }
    // Behind the gateway, which asks without an origin, no header is doubled.
    let request = read(address, "GET /articles\nauthorization: Bearer 42", b"");
    let response = Server(address).call(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert_eq!(allowed, None);
}
