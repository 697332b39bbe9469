//! The basics without a server: a gateway's configuration is compiled into a policy, and the policy
//! decides on a handful of requests.
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
        "A page of a partner reads too",
        Method::GET,
        &[origin("https://acme.partners.example.com")],
    );
    show(
        "A page on an unknown origin may not",
        Method::GET,
        &[origin("https://shop.example.com.evil.example")],
    );
    show(
        "The preflight of a write from the shop",
        Method::OPTIONS,
        &[
            origin("https://shop.example.com"),
            method("PUT"),
            headers("authorization,content-type"),
        ],
    );
    show(
        "A preflight with a header that is not listed",
        Method::OPTIONS,
        &[
            origin("https://shop.example.com"),
            method("PUT"),
            headers("content-type,x-debug"),
        ],
    );
    show(
        "A preflight with a method that is not listed",
        Method::OPTIONS,
        &[origin("https://shop.example.com"), method("PATCH")],
    );
}

/// Prints the decision on a request, and the headers of its response.
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
