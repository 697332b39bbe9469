//! The responses that the README shows, and those of the example `serve`.
//! `BLESS=1 cargo test --test examples` writes them again.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::serve;

/// A command of curl, as a request.
fn request(command: &str) -> String {
    let command = command.replace("\\\n", "");
    let method = command
        .split_once("-X ")
        .map_or("GET", |(_, rest)| rest.split_once(' ').unwrap().0);
    let (_, path) = command.split_once("http://localhost:8080").unwrap();
    let mut request = format!(
        "{method} {} HTTP/1.1\r\nhost: localhost:8080\r\n",
        path.trim()
    );
    // What is between quotation marks are the headers.
    for header in command.split('\'').skip(1).step_by(2) {
        request.extend([header, "\r\n"]);
    }
    request + "connection: close\r\n\r\n"
}

/// What `curl -i` prints, without the lines that the README leaves out.
fn response(address: SocketAddr, command: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request(command).as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let lines = response.lines();
    let shown = lines.filter(|line| !line.starts_with("date: ") && *line != "connection: close");
    shown.map(|line| format!("{line}\n")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn responses_are_those_of_the_example() {
    let (listener, address) = super::listener().await;
    tokio::spawn(async move { axum::serve(listener, serve::guarded()).await });

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once("```console\n").unwrap();
    let (shown, after) = rest.split_once("```\n").unwrap();
    let mut sent = Vec::new();
    for exchange in shown.split("$ curl").skip(1) {
        let (command, _) = exchange.split_once("\nHTTP/1.1").unwrap();
        let response = response(address, command);
        sent.push(format!("$ curl{command}\n{}\n", response.trim_end()));
    }
    assert_eq!(sent.len(), 3);
    let sent = sent.join("\n");
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, format!("{before}```console\n{sent}```\n{after}")).unwrap();
    } else {
        assert_eq!(shown, sent);
    }
}
