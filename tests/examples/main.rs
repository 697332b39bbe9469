//! The examples, each behind a socket.

#![allow(clippy::unwrap_used, reason = "tests may fail")]
#![allow(
    clippy::duplicate_mod,
    reason = "each example is a program of its own, with what they share"
)]

mod cases;
mod client;

// `main` of each is for `cargo run`.
#[allow(dead_code)]
#[path = "../../examples/axum_auth.rs"]
mod axum_auth;
#[allow(dead_code)]
#[path = "../../examples/grpc_web.rs"]
mod grpc_web;
#[allow(dead_code)]
#[path = "../../examples/http_types.rs"]
mod http_types;
#[allow(dead_code)]
#[path = "../../examples/hyper.rs"]
mod hyper_alone;

use std::net::SocketAddr;

use client::send;
use tokio::net::TcpListener;

/// A socket, and where to find it.
async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn axum_with_authentication() {
    let (listener, address) = listener().await;
    tokio::spawn(axum_auth::serve(listener));
    cases::the_shop_responds(address);

    let shop = "https://shop.example.com";
    let without = send(address, &format!("PUT /basket\norigin: {shop}"), b"{}");
    assert_eq!((without.status, without.is_readable(shop)), (401, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn hyper_without_tower() {
    let (listener, address) = listener().await;
    tokio::spawn(hyper_alone::serve(listener));
    cases::the_shop_responds(address);
}

#[tokio::test(flavor = "multi_thread")]
async fn http_types_without_a_framework() {
    let (listener, address) = listener().await;
    let listener = listener.into_std().unwrap();
    listener.set_nonblocking(false).unwrap();
    std::thread::spawn(move || http_types::serve(&listener));
    cases::the_shop_responds(address);
}

#[tokio::test(flavor = "multi_thread")]
async fn grpc_web_exposes_its_status() {
    let (listener, address) = listener().await;
    tokio::spawn(grpc_web::serve(listener));
    let app = "https://app.example.com";

    let asks = format!(
        "OPTIONS /echo.Echo/Say\norigin: {app}\naccess-control-request-method: POST\n\
         access-control-request-headers: content-type,grpc-timeout,x-grpc-web,x-user-agent"
    );
    let preflight = send(address, &asks, b"");
    assert_eq!((preflight.status, preflight.is_readable(app)), (204, true));
    let names = preflight.header("access-control-allow-headers").unwrap();
    for name in ["Content-Type", "Grpc-Timeout", "X-Grpc-Web", "X-User-Agent"] {
        assert!(names.split(", ").any(|listed| listed == name), "{name}");
    }

    let call = |method: &str| {
        let request = format!(
            "POST /echo.Echo/{method}\norigin: {app}\ncontent-type: application/grpc-web+proto"
        );
        let response = send(address, &request, b"\0\0\0\0\x02hi");
        assert_eq!((response.status, response.is_readable(app)), (200, true));
        let exposed = response.header("access-control-expose-headers");
        assert_eq!(exposed, Some("grpc-status, grpc-message"));
        response
    };
    let said = call("Say");
    assert_eq!(said.body, b"\0\0\0\0\x02hi\x80\0\0\0\x10grpc-status: 0\r\n");
    assert_eq!(said.header("grpc-status"), None);
    let error = call("Sing");
    assert_eq!(error.header("grpc-status"), Some("12"));
    assert_eq!(error.header("grpc-message"), Some("no such method"));
}
