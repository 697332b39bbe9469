//! Only hyper 1, without tower: three calls around the handler.
//!
//! `cargo run --example hyper`

mod shared;

use std::convert::Infallible;
use std::io;

use bytes::Bytes;
use cors_runtime::{Policy, cors_policy};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

static CORS: &Policy = cors_policy!("examples/krakend.json");

async fn guarded(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let decision = CORS.decide(request.method(), request.headers());
    // A preflight needs no handler.
    if let Some(response) = decision.response() {
        return Ok(response);
    }
    let mut response = shared::shop(&request).map(Full::from);
    decision.apply(response.headers_mut());
    Ok(response)
}

pub(crate) async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(async move {
            let connection =
                http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(guarded));
            if let Err(error) = connection.await {
                eprintln!("a connection failed: {error}");
            }
        });
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind(shared::ADDRESS).await?;
    shared::announce(CORS, "PUT", "/basket", "https://shop.example.com");
    serve(listener).await
}
