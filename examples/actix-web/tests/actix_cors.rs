//! What actix-cors documents about its middleware, checked from a page's view. It also shows how the
//! browser for tests calls an actix-web application.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method as TheirMethod, header as theirs};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_runtime::testing::{Blocked, Browser, MaxAge};
use http::{Request, Response};
use tower_service::Service;

const PAGE: &str = "https://app.test";
const OTHER: &str = "https://admin.test";
const STRANGER: &str = "https://stranger.test";

/// An application with the middleware, as a service of `http` types.
struct Application<S>(S);

impl<S, B> Service<Request<()>> for Application<S>
where
    S: actix_web::dev::Service<
            actix_http::Request,
            Response = ServiceResponse<B>,
            Error = actix_web::Error,
        >,
    S::Future: 'static,
    B: MessageBody,
{
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<()>, Infallible>>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        let method = TheirMethod::from_bytes(request.method().as_str().as_bytes()).unwrap();
        let mut asked = TestRequest::with_uri(&request.uri().to_string()).method(method);
        for (name, value) in request.headers() {
            asked = asked.append_header((name.as_str(), value.as_bytes()));
        }
        let response = self.0.call(asked.to_request());
        Box::pin(async {
            Ok(match response.await {
                Ok(response) => translated(response.response()),
                Err(error) => translated(&error.error_response()),
            })
        })
    }
}

fn translated<B>(response: &HttpResponse<B>) -> Response<()> {
    let mut ours = Response::builder().status(response.status().as_u16());
    for (name, value) in response.headers() {
        ours = ours.header(name.as_str(), value.as_bytes());
    }
    ours.body(()).unwrap()
}

async fn service(
    cors: Cors,
) -> impl Service<Request<()>, Response = Response<()>, Error = Infallible> {
    let articles = async || {
        HttpResponse::Ok()
            .insert_header(("x-total", "3"))
            .insert_header((theirs::CACHE_CONTROL, "max-age=60"))
            .finish()
    };
    let broken = async || Err::<HttpResponse, _>(actix_web::error::ErrorBadRequest("broken"));
    let app = App::new()
        .route("/articles", web::route().to(articles))
        .route("/broken", web::get().to(broken))
        .wrap(cors);
    Application(init_service(app).await)
}

/// A request from its method and path, then one header per line.
fn request(text: &str) -> Request<()> {
    let mut lines = text.lines();
    let (method, path) = lines.next().unwrap().split_once(' ').unwrap();
    let mut request = Request::builder()
        .method(method)
        .uri(format!("https://api.test{path}"));
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        request = request.header(name, value.trim());
    }
    request.body(()).unwrap()
}

fn page(origin: &str, include: bool) -> Browser {
    if include {
        Browser::at(origin).with_credentials()
    } else {
        Browser::at(origin)
    }
}

const GET: &str = "GET /articles";
const PUT: &str = "PUT /articles";
const JSON: &str = "POST /articles\ncontent-type: application/json";
const TOKEN: &str = "GET /articles\nauthorization: Bearer 42";
const CUSTOM: &str = "PATCH /articles\nx-custom: 1";

/// actix-cors responds to a refused preflight with 400 and without CORS headers.
const MISSING: &str = "No 'Access-Control-Allow-Origin' header is present";
const WILDCARD: &str = "must not be the wildcard '*'";
const CREDENTIALS: &str = "'Access-Control-Allow-Credentials' header in the response is ''";

/// Calls of pages: origin, with credentials or not, the request, and a part of the reason if it is
/// blocked.
type Calls = &'static [(&'static str, bool, &'static str, Option<&'static str>)];

#[rustfmt::skip]
fn cases() -> Vec<(&'static str, Cors, Calls)> {
    let listed = || Cors::default().allowed_origin(PAGE).allowed_origin(OTHER);
    vec![
        ("nothing_is_allowed_by_default", Cors::default(), &[
            (PAGE, false, GET, Some(MISSING)),
            (PAGE, false, JSON, Some(MISSING)),
        ]),
        ("permissive_allows_everything_with_credentials", Cors::permissive(), &[
            (PAGE, false, GET, None),
            (STRANGER, true, GET, None),
            (STRANGER, true, TOKEN, None),
            (STRANGER, true, CUSTOM, None),
            ("null", true, JSON, None),
        ]),
        ("listed_origins", listed().allowed_methods(["GET"]), &[
            (PAGE, false, GET, None),
            (OTHER, false, GET, None),
            (STRANGER, false, GET, Some(MISSING)),
            (PAGE, true, GET, Some(CREDENTIALS)),
        ]),
        ("an_origin_by_function", listed().allowed_origin_fn(|origin, _| origin.as_bytes().ends_with(b".test")), &[
            (STRANGER, false, GET, None),
            ("https://evil.example", false, GET, Some(MISSING)),
        ]),
        ("any_origin_is_echoed", Cors::default().allow_any_origin().supports_credentials(), &[
            (STRANGER, true, GET, None),
        ]),
        ("any_origin_as_a_star", Cors::default().allow_any_origin().send_wildcard(), &[
            (STRANGER, false, GET, None),
            (STRANGER, true, GET, Some(WILDCARD)),
        ]),
        ("listed_methods", listed().allowed_methods(["GET", "PUT"]), &[
            (PAGE, false, PUT, None),
            (PAGE, false, "put /articles", None),
            (PAGE, false, "DELETE /articles", Some(MISSING)),
        ]),
        ("any_method", listed().allow_any_method(), &[
            (PAGE, false, PUT, None),
            (PAGE, false, "PATCH /articles", None),
            // Any method that has a constant.
            (PAGE, false, "PURGE /articles", Some(MISSING)),
        ]),
        ("listed_headers", listed().allow_any_method().allowed_header("content-type"), &[
            (PAGE, false, JSON, None),
            (PAGE, false, TOKEN, Some(MISSING)),
        ]),
        ("any_header", listed().allow_any_method().allow_any_header(), &[
            (PAGE, false, TOKEN, None),
            (PAGE, false, "POST /articles\nx-custom: 1", None),
        ]),
        ("credentials", listed().supports_credentials().allow_any_method(), &[
            (PAGE, true, GET, None),
            (PAGE, true, PUT, None),
            (PAGE, false, GET, None),
        ]),
        ("a_mismatch_can_be_refused_at_once", listed().block_on_origin_mismatch(true), &[
            (PAGE, false, GET, None),
            (STRANGER, false, GET, Some(MISSING)),
        ]),
        ("responses_to_errors_have_the_headers", listed(), &[
            (PAGE, false, "GET /broken", None),
            (PAGE, false, "GET /nowhere", None),
        ]),
        // The handler responds to OPTIONS, with 200 and the headers of an actual response.
        ("preflights_can_be_left_to_the_handler", listed().allow_any_method().disable_preflight(), &[
            (PAGE, false, GET, None),
            (PAGE, false, PUT, Some("Method PUT is not allowed by Access-Control-Allow-Methods")),
        ]),
    ]
}

#[actix_web::test]
async fn what_its_methods_allow() {
    for (name, cors, calls) in cases() {
        let service = &mut service(cors).await;
        for (origin, include, asked, expected) in calls {
            let outcome = page(origin, *include).fetch(service, request(asked)).await;
            let reason = outcome.err().map(|blocked| blocked.to_string());
            match (&reason, expected) {
                (None, None) => {}
                (Some(reason), Some(expected)) if reason.contains(expected) => {}
                _ => panic!("{name}: {origin} {asked:?} {include}: {reason:?}"),
            }
        }
    }
}

#[actix_web::test]
async fn what_it_exposes() {
    let listed = || Cors::default().allowed_origin(PAGE).supports_credentials();
    for (name, cors, seen) in [
        ("nothing by default", listed(), false),
        ("a list", listed().expose_headers(["x-total"]), true),
        ("a list of others", listed().expose_headers(["etag"]), false),
        ("any, by name", listed().expose_any_header(), true),
    ] {
        let outcome = page(PAGE, true)
            .fetch(&mut service(cors).await, request(GET))
            .await;
        let headers = outcome.unwrap().into_parts().0.headers;
        assert_eq!(headers.contains_key("x-total"), seen, "{name}");
        assert!(headers.contains_key("cache-control"), "{name}");
    }
}

#[actix_web::test]
async fn how_long_its_preflights_are_kept() {
    let listed = || Cors::default().allowed_origin(PAGE).allow_any_method();
    for (cors, max_age) in [
        (listed(), MaxAge::Missing),
        (listed().max_age(600), MaxAge::Seconds(600)),
        (Cors::permissive(), MaxAge::Seconds(3_600)),
    ] {
        let page = Browser::at(PAGE);
        page.fetch(&mut service(cors).await, request(PUT))
            .await
            .unwrap();
        assert_eq!(page.preflights()[0].max_age, max_age);
    }
}

#[actix_web::test]
async fn private_networks() {
    let listed = || Cors::default().allowed_origin(PAGE).allow_any_method();
    for (cors, passes) in [
        (listed(), false),
        (listed().allow_private_network_access(), true),
    ] {
        let page = Browser::at(PAGE).with_private_network_access();
        let outcome = page.fetch(&mut service(cors).await, request(GET)).await;
        match outcome {
            Ok(_) => assert!(passes),
            Err(blocked) => assert!(
                !passes && matches!(blocked, Blocked::PrivateNetwork { .. }),
                "{blocked}"
            ),
        }
    }
}

/// Without `Vary`, a cache uses the response to one page for another page.
#[actix_web::test]
async fn caches_are_told_by_what_it_varies() {
    let listed = || Cors::default().allowed_origin(PAGE).allowed_origin(OTHER);
    for (cors, right) in [
        (listed(), true),
        (listed().disable_vary_header(), false),
        (Cors::permissive(), true),
    ] {
        let service = &mut service(cors).await;
        let page = Browser::at(PAGE);
        page.fetch(service, request(GET)).await.unwrap();
        match page.open(OTHER).fetch(service, request(GET)).await {
            Ok(_) => assert!(right),
            Err(blocked) => assert!(
                !right && matches!(blocked, Blocked::Stored { .. }),
                "{blocked}"
            ),
        }
    }
}
