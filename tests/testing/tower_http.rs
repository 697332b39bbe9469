//! What tower-http documents of its layer, as pages notice it.

use std::time::Duration;

use cors_runtime::testing::{Browser, MaxAge};
use http::{HeaderName, HeaderValue, Method, Response, header};
use tower_http::cors::{
    AllowHeaders, AllowMethods, AllowOrigin, AllowPrivateNetwork, Any, CorsLayer, ExposeHeaders,
};

use super::layered::{Layered, under};
use super::{OTHER, PAGE, STRANGER, handler, request};

const NETWORK: &str = "GET";
const JSON: &str = "POST\ncontent-type: application/json";
const TOKEN: &str = "GET\nauthorization: Bearer 42";
const CUSTOM: &str = "PURGE\nx-custom: 1";

/// The service under a layer. Its responses may be cached, and have a header of their own.
fn service(layer: CorsLayer) -> Layered {
    let response = Response::builder()
        .header("x-total", "3")
        .header(header::CACHE_CONTROL, "max-age=60")
        .header(header::VARY, "accept");
    under(layer, handler(response.body(()).unwrap()))
}

/// Why a page of the origin is blocked; nothing if it reads the response.
async fn blocked(layer: &CorsLayer, page: Browser, asked: &str) -> Option<String> {
    let outcome = page
        .fetch(&mut service(layer.clone()), request(asked))
        .await;
    let text = outcome.err()?.to_string();
    let reason = text.split("blocked by CORS policy: ").nth(1).unwrap();
    let preflight = "Response to preflight request doesn't pass access control check: ";
    Some(reason.strip_prefix(preflight).unwrap_or(reason).to_owned())
}

fn one(origin: &'static str) -> AllowOrigin {
    AllowOrigin::exact(HeaderValue::from_static(origin))
}

fn list() -> AllowOrigin {
    AllowOrigin::list([PAGE, OTHER].map(HeaderValue::from_static))
}

const MISSING: &str = "No 'Access-Control-Allow-Origin' header is present";
const OF_ANOTHER: &str = "has a value 'https://app.test' that is not equal to the supplied origin";
const WILDCARD: &str = "must not be the wildcard '*'";
const METHOD: &str = "is not allowed by Access-Control-Allow-Methods in preflight response";
const HEADER: &str = "is not allowed by Access-Control-Allow-Headers in preflight response";

/// The name of a case, the layer, and calls of pages: origin, with credentials or not, the
/// request, and a part of the reason if it is blocked.
type Calls = &'static [(&'static str, bool, &'static str, Option<&'static str>)];

#[rustfmt::skip]
fn cases() -> Vec<(&'static str, CorsLayer, Calls)> {
    let new = CorsLayer::new;
    vec![
        ("no_headers_are_sent_by_default", new(), &[
            (PAGE, false, "GET", Some(MISSING)),
            (PAGE, false, JSON, Some(MISSING)),
        ]),
        ("permissive_allows_all_but_credentials", CorsLayer::permissive(), &[
            (PAGE, false, "GET", None),
            (STRANGER, false, CUSTOM, None),
            ("null", false, JSON, None),
            (PAGE, true, "GET", Some(WILDCARD)),
            (PAGE, true, JSON, Some(WILDCARD)),
            // The star does not stand for this one.
            (PAGE, false, TOKEN, Some(HEADER)),
        ]),
        ("very_permissive_allows_credentials_too", CorsLayer::very_permissive(), &[
            (PAGE, true, "GET", None),
            (STRANGER, true, CUSTOM, None),
            (STRANGER, true, TOKEN, None),
            ("null", true, JSON, None),
        ]),
        ("one_origin_is_sent_to_all", new().allow_origin(one(PAGE)), &[
            (PAGE, false, "GET", None),
            (STRANGER, false, "GET", Some(OF_ANOTHER)),
        ]),
        ("any_origin", new().allow_origin(Any), &[
            (STRANGER, false, "GET", None),
            (STRANGER, true, "GET", Some(WILDCARD)),
        ]),
        ("listed_origins", new().allow_origin(list()), &[
            (PAGE, false, "GET", None),
            (OTHER, false, "GET", None),
            (STRANGER, false, "GET", Some(MISSING)),
            (PAGE, true, "GET", Some("'Access-Control-Allow-Credentials' header in the response is ''")),
        ]),
        ("an_origin_by_predicate", new().allow_origin(AllowOrigin::predicate(|origin, _| origin.as_bytes().ends_with(b".test"))), &[
            (STRANGER, false, "GET", None),
            ("https://evil.example", false, "GET", Some(MISSING)),
        ]),
        ("an_origin_by_asynchronous_predicate", new().allow_origin(AllowOrigin::async_predicate(|origin, _| async move { origin == OTHER })), &[
            (OTHER, false, "GET", None),
            (PAGE, false, "GET", Some(MISSING)),
        ]),
        ("a_later_call_overrides_an_earlier_one", new().allow_origin(one(OTHER)).allow_origin(one(PAGE)), &[
            (PAGE, false, "GET", None),
            (OTHER, false, "GET", Some(OF_ANOTHER)),
        ]),
        ("credentials", new().allow_origin(list()).allow_credentials(true), &[
            (PAGE, true, "GET", None),
            (PAGE, false, "GET", None),
            (STRANGER, true, "GET", Some(MISSING)),
        ]),
        ("listed_methods", new().allow_origin(list()).allow_methods([Method::GET, Method::PUT]), &[
            (PAGE, false, "PUT", None),
            (PAGE, false, "put", None),
            (PAGE, false, "DELETE", Some(METHOD)),
            (PAGE, false, "POST", None),
        ]),
        ("any_method", new().allow_origin(list()).allow_methods(Any).allow_credentials(false), &[
            (PAGE, false, "PURGE", None),
        ]),
        ("mirrored_methods", new().allow_origin(list()).allow_methods(AllowMethods::mirror_request()).allow_credentials(true), &[
            (PAGE, true, "PURGE", None),
            (PAGE, true, "patch", None),
        ]),
        ("listed_headers", new().allow_origin(list()).allow_headers([header::CONTENT_TYPE]), &[
            (PAGE, false, JSON, None),
            (PAGE, false, "POST\ncontent-type: text/plain", None),
            (PAGE, false, TOKEN, Some(HEADER)),
        ]),
        ("any_header", new().allow_origin(list()).allow_headers(Any), &[
            (PAGE, false, JSON, None),
            (PAGE, false, TOKEN, Some(HEADER)),
        ]),
        ("mirrored_headers", new().allow_origin(list()).allow_headers(AllowHeaders::mirror_request()), &[
            (PAGE, false, TOKEN, None),
            (PAGE, false, JSON, None),
        ]),
    ]
}

#[tokio::test]
async fn what_its_methods_allow() {
    for (name, layer, calls) in cases() {
        for (origin, include, asked, expected) in calls {
            let page = Browser::at(origin);
            let page = if *include {
                page.with_credentials()
            } else {
                page
            };
            let blocked = blocked(&layer, page, asked).await;
            match (&blocked, expected) {
                (None, None) => {}
                (Some(reason), Some(expected)) if reason.contains(expected) => {}
                _ => panic!("{name}: {origin} {asked:?} {include}: {blocked:?}"),
            }
        }
    }
}

#[tokio::test]
async fn what_it_exposes() {
    let total = HeaderName::from_static("x-total");
    let layer = || {
        CorsLayer::new()
            .allow_origin(list())
            .allow_credentials(true)
    };
    let any = || CorsLayer::new().allow_origin(list()).expose_headers(Any);
    for (name, layer, seen) in [
        ("nothing by default", layer(), false),
        ("a list", layer().expose_headers([total.clone()]), true),
        (
            "a list of others",
            layer().expose_headers(ExposeHeaders::list([header::ETAG])),
            false,
        ),
        ("any", any(), true),
    ] {
        let response = Browser::at(PAGE)
            .fetch(&mut service(layer), request("GET"))
            .await;
        let headers = response.unwrap().into_parts().0.headers;
        assert_eq!(headers.contains_key(&total), seen, "{name}");
        assert!(headers.contains_key(header::CACHE_CONTROL), "{name}");
        assert_eq!(headers.contains_key(header::VARY), name == "any");
    }
}

#[tokio::test]
async fn how_long_its_preflights_are_kept() {
    let layer = || CorsLayer::new().allow_origin(list()).allow_methods(Any);
    let by_origin = |origin: &HeaderValue, _: &_| Duration::from_secs(origin.len() as u64);
    for (layer, max_age) in [
        (layer(), MaxAge::Missing),
        (
            layer().max_age(Duration::from_secs(600)),
            MaxAge::Seconds(600),
        ),
        (
            layer().max_age(tower_http::cors::MaxAge::dynamic(by_origin)),
            MaxAge::Seconds(PAGE.len() as u64),
        ),
    ] {
        let page = Browser::at(PAGE);
        page.fetch(&mut service(layer), request("PUT"))
            .await
            .unwrap();
        assert_eq!(page.preflights()[0].max_age, max_age);
    }
}

#[tokio::test]
async fn private_networks() {
    let layer = || {
        CorsLayer::new()
            .allow_origin(list())
            .allow_methods([Method::GET])
    };
    let predicate = AllowPrivateNetwork::predicate(|origin, _| origin == OTHER);
    for (layer, origin, passes) in [
        (layer(), PAGE, false),
        (layer().allow_private_network(true), PAGE, true),
        (
            layer().allow_private_network(AllowPrivateNetwork::yes()),
            PAGE,
            true,
        ),
        (
            layer().allow_private_network(predicate.clone()),
            OTHER,
            true,
        ),
        (layer().allow_private_network(predicate), PAGE, false),
    ] {
        let page = Browser::at(origin).with_private_network_access();
        let blocked = blocked(&layer, page, NETWORK).await;
        assert_eq!(blocked.is_none(), passes, "{origin}: {blocked:?}");
    }
}

/// It varies by the origin where that is needed, and beside what the handler says.
#[tokio::test]
async fn caches_are_told_by_what_it_varies() {
    let lists = || CorsLayer::new().allow_origin(list());
    for (layer, second, blocked) in [
        (lists(), OTHER, None),
        (lists(), STRANGER, Some("No 'Access-Control-Allow-Origin'")),
        (
            lists().vary([]),
            OTHER,
            Some("has a value 'https://app.test'"),
        ),
        (CorsLayer::permissive(), OTHER, None),
        (
            CorsLayer::new().allow_origin(AllowOrigin::mirror_request()),
            OTHER,
            None,
        ),
        (CorsLayer::new().allow_origin(one(PAGE)), PAGE, None),
    ] {
        let service = &mut service(layer);
        let page = Browser::at(PAGE);
        page.fetch(service, request("GET")).await.unwrap();
        let reason = page.open(second).fetch(service, request("GET")).await.err();
        match (&reason, blocked) {
            (None, None) => {}
            (Some(reason), Some(part)) if reason.to_string().contains(part) => {}
            _ => panic!("{second}: {reason:?}"),
        }
    }
}

/// It takes every OPTIONS for a preflight, also that of a script.
#[tokio::test]
async fn no_options_reaches_the_handler() {
    let layer = CorsLayer::new()
        .allow_origin(list())
        .allow_methods([Method::OPTIONS]);
    let page = Browser::at(PAGE);
    let response = page.fetch(&mut service(layer), request("OPTIONS")).await;
    let headers = response.unwrap().into_parts().0.headers;
    assert!(!headers.contains_key(header::CACHE_CONTROL));
    assert_eq!(page.preflights_sent(), 1);
}
