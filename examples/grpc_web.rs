//! A gRPC-web service: its policy allows the request headers that clients send, and exposes the response
//! headers that they read.
//!
//! The response to a failed call has no message and has the status in its headers, so a script must be able
//! to read `grpc-status` and `grpc-message`. The service is written by hand. With tonic, the layer goes
//! around `tonic_web`: `Server::builder().accept_http1(true).layer(CorsLayer::new(CORS)).layer(GrpcWebLayer::new())`.
//!
//! `cargo run --example grpc_web`

mod shared;

use std::convert::Infallible;
use std::io;

use axum::Router;
use axum::body::{Body, to_bytes};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{HeaderValue, Request, Response, header};
use tokio::net::TcpListener;
use tower::service_fn;

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"],
    "allow_methods": ["POST"],
    "allow_headers": ["Authorization", "Content-Type", "Grpc-Timeout", "X-Grpc-Web", "X-User-Agent"],
    "expose_headers": ["grpc-status", "grpc-message"],
    "max_age": "2h",
});

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/grpc-web+proto");

/// `unimplemented`, of the [status codes](https://grpc.io/docs/guides/status-codes/).
const UNIMPLEMENTED: HeaderValue = HeaderValue::from_static("12");

/// The trailers at the end of a body: `0x80`, their length, and their text.
const OK: &[u8] = b"\x80\0\0\0\x10grpc-status: 0\r\n";

/// Echoes the message.
async fn echo(request: Request<Body>) -> Result<Response<Body>, Infallible> {
    let is_known = request.uri().path() == "/echo.Echo/Say";
    let message = to_bytes(request.into_body(), 64 * 1024).await;
    let mut response = match message {
        Ok(message) if is_known => Response::new(Body::from([&message, OK].concat())),
        _ => unimplemented(),
    };
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, CONTENT_TYPE);
    Ok(response)
}

/// An error without a body.
fn unimplemented() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert("grpc-status", UNIMPLEMENTED);
    headers.insert("grpc-message", HeaderValue::from_static("no such method"));
    response
}

pub(crate) async fn serve(listener: TcpListener) -> io::Result<()> {
    let app = Router::new()
        .fallback_service(service_fn(echo))
        .layer(CorsLayer::new(CORS));
    axum::serve(listener, app).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind(shared::ADDRESS).await?;
    shared::announce(CORS, "POST", "/echo.Echo/Say", "https://app.example.com");
    serve(listener).await
}
