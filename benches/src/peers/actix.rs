//! actix services: actix-cors, and the bare handler.

use std::cell::RefCell;
use std::future::{Future, Ready, ready};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use actix_cors::Cors;
use actix_web::body::BoxBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use actix_web::{Error, HttpResponse};
use cors_runtime::Policy;
use http::HeaderMap;

use super::tower::matches;
use crate::request::Request;
use crate::runner::{Runner, Subject, runner};

/// Prepared responses.
type Stock = Rc<RefCell<Vec<HttpResponse>>>;

struct Handler {
    stock: Stock,
}

impl Service<ServiceRequest> for Handler {
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Ready<Result<Self::Response, Error>>;

    fn poll_ready(&self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&self, request: ServiceRequest) -> Self::Future {
        let response = self.stock.borrow_mut().pop();
        ready(Ok(request.into_response(
            response.unwrap_or_else(|| HttpResponse::Ok().finish()),
        )))
    }
}

struct Measured<S> {
    service: S,
    stock: Stock,
    request: &'static Request,
}

/// The bare handler.
pub fn bare(request: &'static Request) -> Box<dyn Runner> {
    let stock = Stock::default();
    let service = Handler {
        stock: Rc::clone(&stock),
    };
    runner(Measured {
        service,
        stock,
        request,
    })
}

/// actix-cors around it.
pub fn cors(policy: &Policy, request: &'static Request) -> Box<dyn Runner> {
    let stock = Stock::default();
    let handler = Handler {
        stock: Rc::clone(&stock),
    };
    let service = done(configured(policy).new_transform(handler));
    let service = service
        .and_then(Result::ok)
        .expect("the configuration is valid");
    runner(Measured {
        service,
        stock,
        request,
    })
}

/// The output of a future that is ready.
#[inline]
fn done<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

impl<S: Service<ServiceRequest, Error = Error>> Subject for Measured<S> {
    type Input = Option<ServiceRequest>;
    type Output = Option<Result<S::Response, Error>>;

    fn prepare(&mut self) -> Self::Input {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::CONTENT_TYPE, "application/json"));
        response.insert_header((header::CONTENT_LENGTH, "512"));
        self.stock.borrow_mut().push(response.finish());
        let method = Method::from_bytes(self.request.method.as_str().as_bytes());
        let mut request = TestRequest::default().method(method.expect("a method"));
        for (name, value) in &self.request.headers {
            request = request.insert_header((name.as_str(), value.as_bytes()));
        }
        Some(request.to_srv_request())
    }

    #[inline]
    fn run(&mut self, request: &mut Self::Input) -> Self::Output {
        done(self.service.call(request.take()?))
    }

    fn headers(_: Self::Input, _: Self::Output) -> Option<HeaderMap> {
        None
    }
}

/// A policy as settings of actix-cors.
fn configured(policy: &Policy) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(policy.allow_methods().iter().copied())
        .expose_headers(policy.expose_headers().iter().copied())
        .max_age(policy.max_age().map(|age| age.as_secs() as usize));
    let origins: Vec<&'static str> = policy.allow_origins().collect();
    if origins == ["*"] {
        cors = cors.allow_any_origin().send_wildcard();
    } else if origins.iter().any(|origin| origin.contains('*')) {
        cors = cors.allowed_origin_fn(move |origin, _| matches(&origins, origin.as_bytes()));
    } else {
        cors = origins
            .into_iter()
            .fold(cors, |cors, origin| cors.allowed_origin(origin));
    }
    let names: Vec<&str> = policy.allow_headers().to_vec();
    cors = match names.as_slice() {
        ["*"] => cors.allow_any_header(),
        _ => cors.allowed_headers(names),
    };
    if policy.allow_credentials() {
        cors.supports_credentials()
    } else {
        cors
    }
}
