//! A cache between clients and the service (RFC 9111, sections 2, 3 and 4.1).

use cors_runtime::Policy;
use http::{HeaderMap, Method, Request, Response, header};

use crate::site::Exchange;

/// Which responses a cache stores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Keeps {
    Nothing,
    /// Responses to GET and HEAD.
    Usual,
    /// Responses to OPTIONS too, as some CDNs can be configured to do.
    OptionsToo,
}

/// Everything that it stores stays fresh.
#[derive(Debug)]
pub(crate) struct Shared {
    policy: &'static Policy,
    keeps: Keeps,
    stored: Vec<Exchange>,
    /// How many requests it served itself.
    pub(crate) served: usize,
}

impl Shared {
    pub(crate) fn new(policy: &'static Policy, keeps: Keeps) -> Self {
        Self {
            policy,
            keeps,
            stored: Vec::new(),
            served: 0,
        }
    }

    pub(crate) fn ask(&mut self, request: &Request<()>) -> Response<()> {
        // The latest match counts.
        let mut stored = self.stored.iter().rev();
        if let Some(stored) = stored.find(|stored| may_serve(stored, request)) {
            self.served += 1;
            return stored.response.clone();
        }
        let exchange = Exchange::new(self.policy, request.clone());
        let response = exchange.response.clone();
        let kept = match *request.method() {
            Method::GET | Method::HEAD => self.keeps != Keeps::Nothing,
            Method::OPTIONS => self.keeps == Keeps::OptionsToo,
            _ => false,
        };
        if kept {
            self.stored.push(exchange);
        }
        response
    }
}

/// Whether a stored response may be used for a request to the same URL with the same method.
pub(crate) fn may_serve(stored: &Exchange, request: &Request<()>) -> bool {
    let fields = vary(&stored.response);
    stored.request.method() == request.method()
        && fields.iter().all(|field| {
            field != "*" && list(stored.request.headers(), field) == list(request.headers(), field)
        })
}

/// Whether a response says that it depends on a header.
pub(crate) fn varies_by(response: &Response<()>, name: &str) -> bool {
    vary(response)
        .iter()
        .any(|field| field == "*" || field == name)
}

fn vary(response: &Response<()>) -> Vec<String> {
    let fields = list(response.headers(), header::VARY.as_str()).unwrap_or_default();
    fields
        .iter()
        .map(|field| field.to_ascii_lowercase())
        .collect()
}

/// The elements of a header, over all lines and without spaces. Empty if the header is missing.
fn list(headers: &HeaderMap, name: &str) -> Option<Vec<String>> {
    if !headers.contains_key(name) {
        return None;
    }
    let lines = headers.get_all(name).iter();
    let elements = lines.flat_map(|line| line.to_str().unwrap().split(','));
    Some(elements.map(|element| element.trim().to_owned()).collect())
}
