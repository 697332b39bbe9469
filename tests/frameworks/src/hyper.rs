use std::{convert::Infallible, io};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::CORS;

async fn guarded(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let decision = CORS.decide(request.method(), request.headers());
    if let Some(response) = decision.response() {
        return Ok(response);
    }
    let mut response = Response::new(Full::from("three articles"));
    decision.apply(response.headers_mut());
    Ok(response)
}

pub async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let stream = TokioIo::new(listener.accept().await?.0);
        tokio::spawn(http1::Builder::new().serve_connection(stream, service_fn(guarded)));
    }
}
