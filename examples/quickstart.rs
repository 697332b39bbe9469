//! The main job without a server: a gateway's configuration becomes a policy when this is
//! compiled, and the policy decides on a handful of requests.
//!
//! `cargo run --example quickstart`

use cors_runtime::{Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, header};

static CORS: &Policy = cors_policy!("examples/krakend.json");

fn main() {
    println!("The policy in examples/krakend.json:\n\n{CORS}\n");

    let origin = |value| (header::ORIGIN, value);
    let method = |value| (header::ACCESS_CONTROL_REQUEST_METHOD, value);
    let headers = |value| (header::ACCESS_CONTROL_REQUEST_HEADERS, value);

    show(
        "A page of the shop reads",
        Method::GET,
        &[origin("https://shop.example.com")],
    );
    show(
        "So does one of a partner",
        Method::GET,
        &[origin("https://acme.partners.example.com")],
    );
    show(
        "A stranger may not",
        Method::GET,
        &[origin("https://shop.example.com.evil.example")],
    );
    show(
        "The shop asks to write",
        Method::OPTIONS,
        &[
            origin("https://shop.example.com"),
            method("PUT"),
            headers("authorization,content-type"),
        ],
    );
    show(
        "It asks with a header that is not listed",
        Method::OPTIONS,
        &[
            origin("https://shop.example.com"),
            method("PUT"),
            headers("content-type,x-debug"),
        ],
    );
    show(
        "It asks for a method that is not listed",
        Method::OPTIONS,
        &[origin("https://shop.example.com"), method("PATCH")],
    );
}

/// Prints what is decided about one request, and what its response says.
fn show(title: &str, method: Method, lines: &[(HeaderName, &'static str)]) {
    let request: HeaderMap = lines
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
        .collect();
    println!("{title}\n");
    println!("  {method} with");
    print(&request);

    let decision = CORS.decide(&method, &request);
    match decision.refusal() {
        Some(refusal) => println!("  refused: {refusal}"),
        None => println!("  passes"),
    }

    let response = match decision.response::<()>() {
        Some(response) => {
            println!("  response: {}", response.status());
            response
        }
        None => {
            println!("  goes on to the handler, whose response gets");
            let mut response = Response::new(());
            decision.apply(response.headers_mut());
            response
        }
    };
    print(response.headers());
    println!();
}

fn print(headers: &HeaderMap) {
    for (name, value) in headers {
        println!("    {name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
}
