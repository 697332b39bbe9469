//! actix-web 4 with authentication, under the policy of the gateway.
//!
//! `cargo run --manifest-path examples/actix-web/Cargo.toml`

mod cors;
#[path = "../../shared/mod.rs"]
mod shared;
#[cfg(test)]
mod tests;

use std::io;
use std::net::TcpListener;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::header;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpServer, web};
use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../krakend.json");

async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let token = request.headers().get(header::AUTHORIZATION);
    if token.is_some_and(|token| token == "Bearer 42") {
        next.call(request).await
    } else {
        Err(ErrorUnauthorized("who are you?"))
    }
}

fn serve(listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(|| {
        App::new()
            .route("/articles", web::get().to(async || "three articles"))
            .route("/basket", web::put().to(async || "kept"))
            .wrap(from_fn(authenticate))
            // Wrapped last, so it is outermost.
            .wrap(from_fn(async |request, next| {
                cors::guard(CORS, request, next).await
            }))
    });
    Ok(server.workers(1).listen(listener)?.run())
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind(shared::ADDRESS)?;
    shared::announce(CORS, "PUT", "/basket", "https://shop.example.com");
    shared::announce_token("PUT", "/basket", "https://shop.example.com");
    serve(listener)?.await
}
