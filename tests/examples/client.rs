//! A server behind a socket, as a service that a browser can call.

use std::future::{Ready, ready};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::task::{Context, Poll};

use http::header::{HeaderName, VARY};
use http::{Request, Response};
use tower_service::Service;

/// The server at an address. What is true of every response is checked here.
pub(crate) struct Server(pub(crate) SocketAddr);

impl Service<Request<Vec<u8>>> for Server {
    type Response = Response<Vec<u8>>;
    type Error = io::Error;
    type Future = Ready<io::Result<Response<Vec<u8>>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Vec<u8>>) -> Self::Future {
        let response = self.send(&request);
        if let Ok(response) = &response {
            check(&request, response);
        }
        ready(response)
    }
}

fn check(request: &Request<Vec<u8>>, response: &Response<Vec<u8>>) {
    let headers = response.headers();
    let request = format!("{} {}", request.method(), request.uri());
    let vary = headers[VARY].to_str().unwrap();
    assert!(vary.starts_with("Origin"), "{request}: {vary}");
    // An adapter that adds instead of replacing writes them twice.
    for name in headers.keys() {
        let lines = headers.get_all(name).iter();
        assert_eq!(lines.count(), 1, "{request}: {name}");
    }
}

impl Server {
    fn send(&self, request: &Request<Vec<u8>>) -> io::Result<Response<Vec<u8>>> {
        let path = request.uri().path();
        let mut head = format!(
            "{} {path} HTTP/1.1\r\nconnection: close\r\n",
            request.method()
        );
        for (name, value) in request.headers() {
            head.extend([name.as_str(), ": ", value.to_str().unwrap(), "\r\n"]);
        }
        if !request.body().is_empty() {
            head.push_str(&format!("content-length: {}\r\n", request.body().len()));
        }
        head.push_str("\r\n");
        let mut stream = TcpStream::connect(self.0)?;
        stream.write_all(&[head.as_bytes(), request.body()].concat())?;
        let mut response = Vec::new();
        stream.read_to_end(&mut response)?;
        Ok(read(&response))
    }
}

fn read(response: &[u8]) -> Response<Vec<u8>> {
    let end = response.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = response.split_at(end.unwrap() + 4);
    let head = str::from_utf8(head).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        response = response.header(name.parse::<HeaderName>().unwrap(), value.trim());
    }
    response.body(body.to_vec()).unwrap()
}
