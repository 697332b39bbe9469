//! The examples: services behind a socket, and what is counted of refusals.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]
#![allow(
    clippy::duplicate_mod,
    reason = "each example is a program of its own, with what they share"
)]

mod cases;
mod client;
mod readme;

#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/axum_auth.rs"]
mod axum_auth;
#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/grpc_web.rs"]
mod grpc_web;
#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/http_types.rs"]
mod http_types;
#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/hyper.rs"]
mod hyper_alone;
#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/metrics.rs"]
mod refusals_counted;
#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/serve.rs"]
mod serve;
#[allow(dead_code, reason = "`main` is for `cargo run`")]
#[path = "../../examples/staging.rs"]
mod staging;

use std::net::SocketAddr;

use cases::{SHOP, fetch, page};
use cors_runtime::testing::{Blocked, Browser};
use http::HeaderName;
use metrics_util::debugging::DebuggingRecorder;
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
    cases::the_shop_responds(address).await;

    let without = fetch(address, &page(SHOP), "PUT /basket", b"{}").await;
    assert_eq!(without.unwrap().status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn hyper_without_tower() {
    let (listener, address) = listener().await;
    tokio::spawn(hyper_alone::serve(listener));
    cases::the_shop_responds(address).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn http_types_without_a_framework() {
    let (listener, address) = listener().await;
    let listener = listener.into_std().unwrap();
    listener.set_nonblocking(false).unwrap();
    std::thread::spawn(move || http_types::serve(&listener));
    cases::the_shop_responds(address).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn grpc_web_exposes_its_status() {
    let (listener, address) = listener().await;
    tokio::spawn(grpc_web::serve(listener));
    let call = async |method: &str| {
        let request = format!(
            "POST /echo.Echo/{method}\ncontent-type: application/grpc-web+proto\ngrpc-timeout: 5S\n\
             x-grpc-web: 1\nx-user-agent: grpc-web-javascript/0.1"
        );
        let app = Browser::at("https://app.example.com");
        let response = fetch(address, &app, &request, b"\0\0\0\0\x02hi")
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        response
    };
    let text = |response: &http::Response<Vec<u8>>, name: &'static str| {
        let value = response.headers().get(HeaderName::from_static(name))?;
        Some(value.to_str().unwrap().to_owned())
    };
    let said = call("Say").await;
    assert_eq!(
        said.body(),
        b"\0\0\0\0\x02hi\x80\0\0\0\x10grpc-status: 0\r\n"
    );
    assert_eq!(text(&said, "grpc-status"), None);
    let error = call("Sing").await;
    assert_eq!(text(&error, "grpc-status").as_deref(), Some("12"));
    assert_eq!(
        text(&error, "grpc-message").as_deref(),
        Some("no such method")
    );
}

/// The recorder is that of one thread, since other tests run in this program.
#[tokio::test]
async fn refusals_are_counted_by_kind() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let _recording = metrics::set_default_local_recorder(&recorder);
    refusals_counted::call().await.unwrap();
    let counted = [
        r#"cors_refusals_total{kind="header"} 1"#,
        r#"cors_refusals_total{kind="method"} 1"#,
        r#"cors_refusals_total{kind="origin"} 2"#,
    ];
    assert_eq!(refusals_counted::counts(&snapshotter), counted);
}

/// The tests of the example find what is right, here and over a client, and what is not.
#[tokio::test(flavor = "multi_thread")]
async fn staging_is_tested_like_the_service_itself() {
    let url = "https://api.example.com";
    staging::test(&mut staging::app(), url).await.unwrap();

    let (here, address) = listener().await;
    let url = format!("http://{address}");
    tokio::spawn(async { axum::serve(here, staging::app()).await });
    let client = &mut staging::client();
    staging::test(client, &url).await.unwrap();

    let (here, address) = listener().await;
    let without_layer = axum::Router::new().route("/basket", axum::routing::put(async || "kept"));
    tokio::spawn(async { axum::serve(here, without_layer).await });
    let url = format!("http://{address}");
    let failed = staging::test(client, &url).await.unwrap_err();
    let blocked = failed.downcast_ref::<Blocked>().unwrap();
    let status = blocked.access().unwrap().status;
    assert_eq!(status, Some(http::StatusCode::METHOD_NOT_ALLOWED));

    // Nothing listens here.
    let (here, address) = listener().await;
    drop(here);
    let url = format!("http://{address}");
    let failed = staging::test(client, &url).await.unwrap_err();
    let blocked = failed.downcast_ref::<Blocked>().unwrap();
    assert!(matches!(blocked, Blocked::Service { .. }), "{blocked}");
}
