//! Only `http` types, on sockets of the standard library. It shows what an adapter to any other server has
//! to do. Its parser reads just enough for curl and is not an example to follow.
//!
//! `cargo run --example http_types`

mod shared;

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use cors_runtime::{Policy, cors_policy};
use http::{Request, Response};

static CORS: &Policy = cors_policy!("examples/krakend.json");

fn guarded(request: &Request<()>) -> Response<&'static str> {
    let decision = CORS.decide(request.method(), request.headers());
    decision.response().unwrap_or_else(|| {
        let mut response = shared::shop(request);
        decision.apply(response.headers_mut());
        response
    })
}

pub(crate) fn serve(listener: &TcpListener) -> io::Result<()> {
    for stream in listener.incoming() {
        let mut stream = stream?;
        // The server goes on if a client disconnects or sends something else.
        if let Err(error) = respond(&mut stream) {
            eprintln!("a connection failed: {error}");
        }
    }
    Ok(())
}

fn respond(stream: &mut TcpStream) -> io::Result<()> {
    let response = guarded(&read(stream)?);
    let (parts, body) = response.into_parts();
    write!(stream, "HTTP/1.1 {}\r\nconnection: close\r\n", parts.status)?;
    for (name, value) in &parts.headers {
        write!(stream, "{name}: ")?;
        stream.write_all(value.as_bytes())?;
        write!(stream, "\r\n")?;
    }
    write!(stream, "\r\n{body}")
}

/// The request line and the headers.
fn read(stream: &TcpStream) -> io::Result<Request<()>> {
    let malformed = |_| io::Error::from(io::ErrorKind::InvalidData);
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut words = first.split(' ');
    let mut request = Request::builder()
        .method(words.next().unwrap_or_default())
        .uri(words.next().unwrap_or_default());
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        request = request.header(name, value.trim());
    }
    request.body(()).map_err(malformed)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(shared::ADDRESS)?;
    shared::announce(CORS, "PUT", "/basket", "https://shop.example.com");
    serve(&listener)
}
