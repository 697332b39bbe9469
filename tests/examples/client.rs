//! A client that sends what it is told to, over a socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Sends a request: its first words, such as `GET /articles`, then a header a line.
pub(crate) fn send(address: SocketAddr, request: &str, body: &[u8]) -> Response {
    let mut lines = request.lines();
    let first = lines.next().unwrap();
    let mut head = format!("{first} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for line in lines {
        head.extend([line.trim(), "\r\n"]);
    }
    if !body.is_empty() {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).unwrap();
    read(&response)
}

fn read(response: &[u8]) -> Response {
    let end = response.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = response.split_at(end.unwrap() + 4);
    let head = str::from_utf8(head).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_ascii_lowercase(), value.trim().to_owned())
    });
    Response {
        status: status.parse().unwrap(),
        headers: headers.collect(),
        body: body.to_vec(),
    }
}

impl Response {
    /// The only line of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.iter().filter(|(found, _)| found == name);
        let line = lines.next();
        assert!(lines.next().is_none(), "one line of {name}");
        line.map(|(_, value)| value.as_str())
    }

    /// Whether a header comes twice, as an adapter may write it that adds instead of replacing.
    pub(crate) fn repeats_a_header(&self) -> bool {
        let headers = self.headers.iter().enumerate();
        let mut names = headers.map(|(index, (name, _))| (index, name));
        names.any(|(index, name)| self.headers[..index].iter().any(|(one, _)| one == name))
    }

    /// Whether a page of the origin may read this.
    pub(crate) fn is_readable(&self, origin: &str) -> bool {
        self.header("access-control-allow-origin") == Some(origin)
    }
}
