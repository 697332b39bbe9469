//! What the examples share: a small shop, and the curl commands to try it.

#![allow(dead_code, reason = "no example needs everything")]

use cors_runtime::Policy;
use http::{Method, Request, Response, StatusCode};

pub(crate) const ADDRESS: &str = "127.0.0.1:8080";

/// Prints the policy, and curl commands to try.
pub(crate) fn announce(policy: &Policy, method: &str, path: &str, origin: &str) {
    println!("{policy}\n\nSend it the requests of a page on {origin}:\n");
    println!("  curl -i -X OPTIONS -H 'Origin: {origin}' \\");
    println!("       -H 'Access-Control-Request-Method: {method}' \\");
    println!("       -H 'Access-Control-Request-Headers: content-type' http://{ADDRESS}{path}");
    println!("  curl -i -X {method} -H 'Origin: {origin}' http://{ADDRESS}{path}");
}

/// Prints the same request with the token that the authentication of the examples accepts.
pub(crate) fn announce_token(method: &str, path: &str, origin: &str) {
    println!("\nThe script can read the 401 of the last one. With the token it is let through:\n");
    println!("  curl -i -X {method} -H 'Origin: {origin}' \\");
    println!("       -H 'Authorization: Bearer 42' http://{ADDRESS}{path}");
}

/// A handler for services without a router. It does not know about CORS.
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
