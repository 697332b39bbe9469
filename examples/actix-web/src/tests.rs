//! The service over a socket: it responds as the shop does on every other server.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "../../../tests/examples/cases.rs"]
mod cases;
#[path = "../../../tests/examples/client.rs"]
mod client;

use std::net::TcpListener;

#[test]
fn actix_web_with_authentication() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async { super::serve(listener).unwrap().await })
    });
    actix_web::rt::System::new().block_on(async {
        cases::the_shop_responds(address).await;

        let shop = cases::page(cases::SHOP);
        let without = cases::fetch(address, &shop, "PUT /basket", b"{}").await;
        assert_eq!(without.unwrap().status(), 401);
    });
}
