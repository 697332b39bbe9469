//! What the examples have in common: the shop, and how to ask it.

#![allow(dead_code, reason = "no example needs all of it")]

use cors_runtime::Policy;
use http::{Method, Request, Response, StatusCode};

pub(crate) const ADDRESS: &str = "127.0.0.1:8080";

/// Says what is served, and how to look at it.
pub(crate) fn announce(policy: &Policy, method: &str, path: &str, origin: &str) {
    println!("{policy}\n\nAsk it, as a page of {origin} would:\n");
    println!("  curl -i -X OPTIONS -H 'Origin: {origin}' \\");
    println!("       -H 'Access-Control-Request-Method: {method}' \\");
    println!("       -H 'Access-Control-Request-Headers: content-type' http://{ADDRESS}{path}");
    println!("  curl -i -X {method} -H 'Origin: {origin}' http://{ADDRESS}{path}");
}

/// The handler to guard, for services without a router. It knows nothing of CORS.
pub(crate) fn shop<B>(request: &Request<B>) -> Response<&'static str> {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/articles") => (StatusCode::OK, "three articles"),
        (&Method::PUT, "/basket") => (StatusCode::OK, "kept"),
        _ => (StatusCode::NOT_FOUND, "no such page"),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}
