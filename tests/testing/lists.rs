//! Preflights that do not allow a method or request headers: what the help names, and why `*` did not count.

use cors_runtime::testing::{Blocked, Browser};
use http::{Method, Request, Response, header};
use tower::service_fn;

use super::{PAGE, request};

/// The name of a case, whether the request is made with credentials, the request, the values of
/// `Access-Control-Allow-Methods` and `Access-Control-Allow-Headers`, what is refused, and the help.
type Case = (
    &'static str,
    bool,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static [&'static str],
    &'static str,
);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("a_method", false, "PUT", None, None, &["PUT"], "add \"PUT\" to `allow_methods`"),
    ("a_method_with_another", false, "PUT", Some("DELETE"), None, &["PUT"], "add \"PUT\" to `allow_methods`"),
    ("an_unusual_method", false, "PURGE", None, None, &["PURGE"], "add \"PURGE\" to `allow_methods`; `cors_policy!` needs `allow(unusual_method)`"),
    ("a_method_in_other_case", false, "DELETE", Some("PUT, Delete"), None, &["DELETE"], "write \"DELETE\" instead of \"Delete\" in `allow_methods`: case matters"),
    ("star_with_credentials", true, "PUT", Some("*"), None, &["PUT"], "add \"PUT\" to `allow_methods`; `*` does not count in requests with credentials"),
    ("star_with_credentials_and_an_unusual_method", true, "PURGE", Some("GET, *"), None, &["PURGE"], "add \"PURGE\" to `allow_methods`; `*` does not count in requests with credentials; `cors_policy!` needs `allow(unusual_method)`"),
    ("a_header", false, "GET\nx-a: 1", None, None, &["x-a"], "add \"x-a\" to `allow_headers`"),
    ("two_headers", false, "GET\nx-b: 1\nx-a: 1", None, None, &["x-a", "x-b"], "add \"x-a\" and \"x-b\" to `allow_headers`"),
    ("one_of_two_headers", false, "GET\nx-b: 1\nx-a: 1", None, Some("X-A"), &["x-b"], "add \"x-b\" to `allow_headers`"),
    ("three_headers", false, "GET\nx-b: 1\nx-a: 1\ncontent-type: application/json", None, Some("x-d"), &["content-type", "x-a", "x-b"], "add \"content-type\", \"x-a\" and \"x-b\" to `allow_headers`"),
    ("star_for_headers_with_credentials", true, "GET\nx-a: 1\nx-b: 1", None, Some("*"), &["x-a", "x-b"], "add \"x-a\" and \"x-b\" to `allow_headers`; `*` does not count in requests with credentials"),
    ("star_for_authorization", false, "GET\nauthorization: Bearer 42\nx-a: 1", None, Some("*"), &["authorization"], "add \"authorization\" to `allow_headers`; by the standard, `*` does not include it, although current browsers let it pass"),
    ("star_for_authorization_with_credentials", true, "GET\nauthorization: Bearer 42", None, Some("*"), &["authorization"], "add \"authorization\" to `allow_headers`; `*` does not count in requests with credentials"),
    ("a_header_of_services", false, "GET\naccess-control-allow-origin: *", None, None, &["access-control-allow-origin"], "do not set `access-control-allow-origin` in the script: browsers and services set it"),
    ("headers_of_services_and_another", false, "GET\naccess-control-allow-origin: *\naccess-control-allow-headers: *\nx-a: 1", None, None, &["access-control-allow-headers", "access-control-allow-origin", "x-a"], "add \"x-a\" to `allow_headers`; do not set `access-control-allow-headers` and `access-control-allow-origin` in the script: browsers and services set them"),
];

#[tokio::test]
async fn each_list_has_its_help() {
    for (name, credentials, text, methods, headers, refused, help) in CASES {
        let mut service = service_fn(async |request: Request<()>| {
            let mut response = Response::builder()
                .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, PAGE)
                .header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            if request.method() == Method::OPTIONS {
                for (name, list) in [
                    (header::ACCESS_CONTROL_ALLOW_METHODS, methods),
                    (header::ACCESS_CONTROL_ALLOW_HEADERS, headers),
                ] {
                    if let Some(list) = list {
                        response = response.header(name, *list);
                    }
                }
            }
            response.body(())
        });
        let mut page = Browser::at(PAGE);
        if *credentials {
            page = page.with_credentials();
        }
        let blocked = page.fetch(&mut service, request(text)).await.unwrap_err();
        let (names, list) = match &blocked {
            Blocked::Method {
                method, allowed, ..
            } => (vec![method.to_string()], (allowed, methods)),
            Blocked::Header { names, allowed, .. } => (names.clone(), (allowed, headers)),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(names, *refused, "{name}");
        assert_eq!(list.0.as_deref(), *list.1, "{name}");
        // The line of the console names the first.
        let first = format!("{} is not allowed by", refused[0]);
        assert!(blocked.to_string().contains(&first), "{name}: {blocked}");
        assert_eq!(blocked.help().as_deref(), Some(*help), "{name}");
    }
}
