//! What `SECURITY.md` promises of the runtime, with credentials and without, and what the documentation
//! says of requests that no browser sends. The promises about builds are tested in `cors-macros`.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use std::convert::Infallible;
use std::mem::size_of;

use bytes::Bytes;
use cors_runtime::{Cors, Policy, Refusal, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};
use http_body_util::{BodyExt, Empty, combinators::BoxBody};
use tower::{ServiceExt, service_fn};

use requests::{HEADERS, METHOD, NETWORK, ORIGIN, header_bytes, headers};

/// An origin that each of the policies allows.
const GOOD: &str = "https://x.a.test";

const ALLOW_ORIGIN: &str = "access-control-allow-origin";
const ALLOW_HEADERS: &str = "access-control-allow-headers";

/// The CORS headers of responses.
const CORS_HEADERS: [&str; 7] = [
    ALLOW_ORIGIN,
    ALLOW_HEADERS,
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
];

static ANY: &Policy = cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"] });

/// Without credentials and with them: origins, a pattern for the host, and one for everything.
static POLICIES: [(&str, &Policy); 6] = [
    (
        "listed",
        cors_policy!({
            "allow_origins": ["https://a.test", "https://x.a.test"],
            "allow_headers": ["X-A"],
        }),
    ),
    (
        "listed, with credentials",
        cors_policy!({
            "allow_origins": ["https://a.test", "https://x.a.test"],
            "allow_headers": ["X-A"],
            "allow_credentials": true,
        }),
    ),
    (
        "a pattern",
        cors_policy!({
            "allow_origins": ["https://*.a.test"],
            "allow_headers": ["X-A"],
            "expose_headers": ["X-B"],
            "max_age": "10m",
        }),
    ),
    (
        "a pattern, with credentials",
        cors_policy!({
            "allow_origins": ["https://*.a.test"],
            "allow_headers": ["X-A"],
            "expose_headers": ["X-B"],
            "max_age": "10m",
            "allow_credentials": true,
        }),
    ),
    (
        "every origin of two schemes",
        cors_policy!({
            "allow_origins": ["http*"],
            "allow_headers": ["X-A"],
        }, allow(any_origin_pattern)),
    ),
    (
        "every origin of two schemes, with credentials",
        cors_policy!({
            "allow_origins": ["http*"],
            "allow_headers": ["X-A"],
            "allow_credentials": true,
        }, allow(any_origin_with_credentials)),
    ),
];

/// A response to a request, which a backend has filled with CORS headers.
fn response(policy: &'static Policy, method: &Method, request: &HeaderMap) -> HeaderMap {
    let mut response = HeaderMap::new();
    for name in CORS_HEADERS {
        response.append(name, HeaderValue::from_static("*"));
        response.append(name, HeaderValue::from_static("true"));
    }
    policy.decide(method, request).apply(&mut response);
    response
}

#[test]
fn nothing_survives_a_refusal_and_every_response_varies() {
    for (name, policy) in POLICIES {
        for origin in [
            "null",
            "",
            "https://a.test/",
            "HTTPS://A.TEST",
            "ftp://a.test",
            "a.test",
        ] {
            let actual = headers([(ORIGIN, origin)]);
            let preflight = headers([(ORIGIN, origin), (METHOD, "GET"), (HEADERS, "x-a")]);
            for (method, request) in [(Method::GET, &actual), (Method::OPTIONS, &preflight)] {
                let refusal = policy.decide(&method, request).refusal();
                assert!(
                    matches!(refusal, Some(Refusal::Origin(_))),
                    "{name}: {origin}"
                );
                let response = response(policy, &method, request);
                for cors in CORS_HEADERS {
                    assert!(
                        !response.contains_key(cors),
                        "{name}: {method} {origin}: {cors}"
                    );
                }
                let vary = response["vary"].to_str().unwrap();
                assert!(vary.starts_with("Origin"), "{name}: {method} {origin}");
            }
        }
        let by_method = response(policy, &Method::PUT, &headers([(ORIGIN, GOOD)]));
        assert_eq!(by_method.len(), 1, "{name}");
        let without = response(policy, &Method::GET, &HeaderMap::new());
        assert_eq!(without.len(), 1, "{name}");
        assert_eq!(without["vary"], "Origin", "{name}");
    }
}

/// Wherever it comes from, it is not an origin.
#[test]
fn an_empty_origin_is_refused_by_every_policy() {
    for (name, policy) in POLICIES.into_iter().chain([("any", ANY)]) {
        assert!(!policy.allows_origin(""), "{name}");
        for (method, request) in [
            (Method::GET, headers([(ORIGIN, "")])),
            (Method::OPTIONS, headers([(ORIGIN, ""), (METHOD, "GET")])),
        ] {
            let refusal = policy.decide(&method, &request).refusal();
            let refusal = refusal.map(|refusal| refusal.to_string());
            assert_eq!(
                refusal.as_deref(),
                Some("the origin `` is not allowed"),
                "{name}"
            );
            let response = response(policy, &method, &request);
            assert!(!response.contains_key(ALLOW_ORIGIN), "{name}");
        }
    }
}

#[test]
fn names_are_checked_unless_any_may_be_sent_without_credentials() {
    static ECHO: &Policy = cors_policy!({
        "allow_origins": ["https://a.test", "https://x.a.test"],
        "allow_headers": ["*"],
        "allow_credentials": true,
    }, allow(star_headers_with_credentials));
    let commas = ",".repeat(1_000);
    for line in ["x y", "\"", "x-a,\"", &commas] {
        let request = headers([(ORIGIN, GOOD), (METHOD, "GET"), (HEADERS, line)]);
        for (name, policy) in POLICIES.into_iter().chain([("echo", ECHO)]) {
            let granted = response(policy, &Method::OPTIONS, &request);
            let refused = policy.decide(&Method::OPTIONS, &request).refusal();
            let is_by_name = matches!(refused, Some(Refusal::Header(_) | Refusal::HeaderList(_)));
            assert!(is_by_name, "{name}: {line}: {refused:?}");
            let told = granted.get(ALLOW_HEADERS).map(HeaderValue::as_bytes);
            assert_ne!(told, Some(line.as_bytes()), "{name}");
        }
        let decision = ANY.decide(&Method::OPTIONS, &request);
        assert_eq!(decision.refusal(), None, "{line}");
        let granted = response(ANY, &Method::OPTIONS, &request);
        assert_eq!(granted[ALLOW_HEADERS], "*, authorization", "{line}");
        assert!(!ANY.allows_header(line), "{line}");
    }
}

/// What is in brackets has the bytes of an address, but need not be one.
#[test]
fn an_address_is_checked_by_its_bytes() {
    for (name, policy) in POLICIES.into_iter().skip(4) {
        for (origin, passes) in [
            ("http://[::1]:3000", true),
            ("http://[2001:db8::1]", true),
            ("http://[:::]", true),
            ("http://[1]", true),
            ("http://[]", false),
            ("http://[g::1]", false),
            ("http://[::1%25eth0]", false),
            ("http://[::1].a.test", false),
        ] {
            assert_eq!(policy.allows_origin(origin), passes, "{name}: {origin}");
        }
    }
}

#[test]
fn a_refusal_is_small_whatever_it_refuses() {
    assert!(size_of::<Refusal>() <= 112, "{}", size_of::<Refusal>());
    let long = "x".repeat(1_000_000);
    for (name, policy) in POLICIES {
        for lines in [
            vec![(ORIGIN, long.as_str())],
            vec![(ORIGIN, long.as_str()), (METHOD, "GET")],
            vec![(ORIGIN, GOOD), (METHOD, &long)],
            vec![(ORIGIN, GOOD), (METHOD, "GET"), (HEADERS, &long)],
        ] {
            let method = if lines.len() > 1 {
                Method::OPTIONS
            } else {
                Method::GET
            };
            let refusal = policy.decide(&method, &headers(lines)).refusal();
            let Some(
                Refusal::Origin(value)
                | Refusal::Method(value)
                | Refusal::Header(value)
                | Refusal::HeaderList(value),
            ) = &refusal
            else {
                panic!("{name}: {refusal:?}");
            };
            assert!(value.as_bytes().len() <= 100, "{name}");
        }
    }
}

/// The bytes that values may have, on every header that is read.
#[test]
fn no_byte_of_a_request_panics() {
    for (_, policy) in POLICIES.into_iter().chain([("any", ANY)]) {
        for byte in header_bytes() {
            for name in [ORIGIN, METHOD, HEADERS, NETWORK] {
                let mut request = headers([(ORIGIN, GOOD), (METHOD, "GET")]);
                for text in [
                    vec![byte],
                    vec![byte; 200],
                    [b"https://", &[byte][..]].concat(),
                ] {
                    let value = HeaderValue::from_bytes(&text).unwrap();
                    request.insert(HeaderName::from_static(name), value);
                    for method in [Method::GET, Method::OPTIONS] {
                        let decision = policy.decide(&method, &request);
                        let _ = decision.refusal().map(|refusal| refusal.to_string());
                        response(policy, &method, &request);
                    }
                }
            }
        }
    }
}

/// Browsers do not look for CORS headers there.
#[tokio::test]
async fn trailers_are_passed_on() {
    type Body = BoxBody<Bytes, Infallible>;

    async fn handler(_: Request<()>) -> Result<Response<Optional>, Infallible> {
        let trailers = HeaderMap::from_iter([(
            HeaderName::from_static(ALLOW_ORIGIN),
            HeaderValue::from_static("*"),
        )]);
        let body = Empty::new().with_trailers(async { Some(Ok(trailers)) });
        Ok(Response::new(Optional(Some(body.boxed()))))
    }

    #[derive(Default)]
    struct Optional(Option<Body>);

    for (name, policy) in POLICIES {
        let mut request = Request::new(());
        *request.headers_mut() = headers([(ORIGIN, "https://evil.test")]);
        let response = Cors::new(service_fn(handler), policy).oneshot(request);
        let body = response.await.unwrap().into_body().0.unwrap();
        let trailers = body.collect().await.unwrap().trailers().cloned();
        assert_eq!(trailers.unwrap()[ALLOW_ORIGIN], "*", "{name}");
    }
}
