//! tower services: the library's own, tower-http's, and the bare handler.

use std::cell::RefCell;
use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use cors_runtime::Policy;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, header};
use tower::Service;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

use crate::kinds::handler_headers;
use crate::request::Request;
use crate::runner::{self, Runner, Subject};

/// Prepared responses.
type Stock = Rc<RefCell<Vec<Response<()>>>>;

/// The innermost service.
#[derive(Clone, Debug)]
pub struct Handler {
    stock: Stock,
}

impl Service<http::Request<()>> for Handler {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, _: http::Request<()>) -> Self::Future {
        ready(Ok(self.stock.borrow_mut().pop().unwrap_or_default()))
    }
}

struct Measured<S> {
    service: S,
    stock: Stock,
    request: &'static Request,
}

/// A service around the handler, prepared for a request.
pub fn runner<S>(wrap: impl FnOnce(Handler) -> S, request: &'static Request) -> Box<dyn Runner>
where
    S: Service<http::Request<()>, Response = Response<()>, Error = Infallible> + 'static,
{
    let stock = Stock::default();
    let service = wrap(Handler {
        stock: Rc::clone(&stock),
    });
    runner::runner(Measured {
        service,
        stock,
        request,
    })
}

impl<S> Subject for Measured<S>
where
    S: Service<http::Request<()>, Response = Response<()>, Error = Infallible> + 'static,
{
    type Input = Option<http::Request<()>>;
    type Output = Option<Response<()>>;

    fn prepare(&mut self) -> Self::Input {
        let mut response = Response::new(());
        *response.headers_mut() = handler_headers();
        self.stock.borrow_mut().push(response);
        let mut request = http::Request::new(());
        *request.method_mut() = self.request.method.clone();
        *request.headers_mut() = self.request.headers.clone();
        Some(request)
    }

    #[inline]
    fn run(&mut self, request: &mut Self::Input) -> Self::Output {
        let response = pin!(self.service.call(request.take()?));
        match response.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(response)) => Some(response),
            Poll::Pending => None,
        }
    }

    fn headers(_: Self::Input, output: Self::Output) -> Option<HeaderMap> {
        output.map(|response| response.headers().clone())
    }
}

/// A policy as settings of tower-http.
pub fn tower_http(policy: &Policy) -> CorsLayer {
    let names = |names: Vec<&str>| -> Vec<HeaderName> {
        names
            .into_iter()
            .map(|name| name.parse().expect("a name"))
            .collect()
    };
    let methods: Vec<Method> = policy
        .allow_methods()
        .iter()
        .map(|method| method.parse().expect("a method"))
        .collect();
    let mut layer = CorsLayer::new()
        .allow_origin(origins(policy.allow_origins().collect()))
        .allow_credentials(policy.allow_credentials())
        .allow_methods(methods)
        .expose_headers(names(policy.expose_headers().to_vec()))
        .vary([header::ORIGIN]);
    let allowed: Vec<&str> = policy.allow_headers().to_vec();
    layer = match allowed.as_slice() {
        ["*"] => layer.allow_headers(tower_http::cors::AllowHeaders::mirror_request()),
        _ => layer.allow_headers(names(allowed)),
    };
    match policy.max_age() {
        Some(age) => layer.max_age(age),
        None => layer,
    }
}

fn origins(origins: Vec<&'static str>) -> AllowOrigin {
    if origins == ["*"] {
        return Any.into();
    }
    if origins.iter().any(|origin| origin.contains('*')) {
        return AllowOrigin::predicate(move |origin, _| matches(&origins, origin.as_bytes()));
    }
    AllowOrigin::list(origins.into_iter().map(HeaderValue::from_static))
}

/// A predicate as users write it.
pub(super) fn matches(patterns: &[&str], origin: &[u8]) -> bool {
    patterns.iter().any(|pattern| {
        let (prefix, suffix) = pattern.split_once('*').unwrap_or((pattern, ""));
        origin.len() > prefix.len() + suffix.len()
            && origin.starts_with(prefix.as_bytes())
            && origin.ends_with(suffix.as_bytes())
    })
}
