//! The snippets over a socket: what pages get from each service.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail")]

#[path = "../../examples/client.rs"]
mod client;

use std::net::{SocketAddr, TcpListener};

use cors_frameworks::{axum, hyper, poem, rocket, salvo, warp};
use cors_runtime::testing::{Blocked, Browser};
use http::{Request, header};

use client::Server;

/// An address that is free, and its listener.
fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn of_tokio(listener: TcpListener) -> tokio::net::TcpListener {
    tokio::net::TcpListener::from_std(listener).unwrap()
}

async fn status(address: SocketAddr, origin: &str, call: &str) -> Result<u16, Blocked> {
    let (method, path) = call.split_once(' ').unwrap();
    let request = Request::builder()
        .method(method)
        .uri(format!("http://{address}{path}"))
        .header(header::HOST, address.to_string())
        .header(header::AUTHORIZATION, "Bearer 42")
        .body(Vec::new())
        .unwrap();
    let page = Browser::at(origin).with_credentials();
    let response = page.fetch(&mut Server(address), request).await?;
    Ok(response.status().as_u16())
}

/// Each call has a preflight, because of its token.
async fn answers(address: SocketAddr, unknown: u16) {
    let shop = "https://shop.example.com";
    assert_eq!(status(address, shop, "GET /articles").await.unwrap(), 200);
    let path = status(address, shop, "GET /nowhere").await;
    assert_eq!(path.unwrap(), unknown, "an unknown path");
    let method = status(address, shop, "PATCH /articles").await.unwrap_err();
    assert!(matches!(method, Blocked::Method { .. }), "{method}");
    let stranger = "https://stranger.example";
    let origin = status(address, stranger, "GET /articles").await;
    assert!(matches!(origin.unwrap_err(), Blocked::Origin { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn axum_() {
    let (listener, address) = listener();
    let server = ::axum::serve(of_tokio(listener), axum::app());
    tokio::spawn(server.into_future());
    answers(address, 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hyper_() {
    let (listener, address) = listener();
    tokio::spawn(hyper::serve(of_tokio(listener)));
    answers(address, 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn poem_() {
    let (listener, address) = listener();
    let acceptor = ::poem::listener::TcpAcceptor::from_std(listener).unwrap();
    let server = ::poem::Server::new_with_acceptor(acceptor);
    tokio::spawn(server.run(poem::app()));
    answers(address, 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rocket_() {
    let (listener, address) = listener();
    drop(listener);
    let config = ::rocket::Config {
        port: address.port(),
        log_level: ::rocket::config::LogLevel::Off,
        ..::rocket::Config::default()
    };
    tokio::spawn(rocket::app().configure(config).launch());
    while std::net::TcpStream::connect(address).is_err() {
        tokio::task::yield_now().await;
    }
    answers(address, 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn salvo_() {
    let (listener, address) = listener();
    let acceptor = ::salvo::conn::tcp::TcpAcceptor::try_from(of_tokio(listener)).unwrap();
    let server = ::salvo::Server::new(acceptor);
    tokio::spawn(server.serve(salvo::app()));
    answers(address, 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn warp_() {
    let (listener, address) = listener();
    tokio::spawn(warp::serve(of_tokio(listener)));
    answers(address, 404).await;
}
