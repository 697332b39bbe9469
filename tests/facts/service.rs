//! A service that answers from a table and records the requests.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
    ORIGIN,
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use tower::Service;

/// Without a table, it grants everything to everyone.
#[derive(Clone, Default)]
pub(crate) struct Scripted {
    pub(crate) preflight: Option<Reply>,
    pub(crate) response: Option<Reply>,
    /// Responses to requests other than preflights, by URL. The last one counts.
    pub(crate) at: Vec<(String, Reply)>,
    pub(crate) fails: bool,
    pub(crate) asked: Vec<Request<String>>,
}

#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Whether the origin and credentials are allowed in addition to the headers.
    pub(crate) grants: bool,
    pub(crate) headers: HeaderMap,
}

impl Service<Request<String>> for Scripted {
    type Response = Response<String>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        if self.fails {
            return ready(Err("no connection"));
        }
        let reply = self.reply(&request);
        let mut response = Response::new(String::new());
        *response.status_mut() = reply.status.try_into().unwrap();
        if let Some(origin) = request.headers().get(ORIGIN).filter(|_| reply.grants) {
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            let allowed = HeaderValue::from_static("true");
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, allowed);
        }
        response.headers_mut().extend(reply.headers);
        self.asked.push(request);
        ready(Ok(response))
    }
}

impl Scripted {
    fn reply(&self, request: &Request<String>) -> Reply {
        let asked = request.headers();
        let (reply, status, headers) = match asked.get(ACCESS_CONTROL_REQUEST_METHOD) {
            Some(method) => {
                let names = asked.get(ACCESS_CONTROL_REQUEST_HEADERS);
                let names = names.map(|names| (ACCESS_CONTROL_ALLOW_HEADERS, names.clone()));
                let methods = (ACCESS_CONTROL_ALLOW_METHODS, method.clone());
                let lists = names.into_iter().chain([methods]).collect();
                (self.preflight.as_ref(), 204, lists)
            }
            None => {
                let mut at = self.at.iter().rev();
                let at = at.find(|(url, _)| request.uri() == url.as_str());
                let reply = at.map(|(_, reply)| reply).or(self.response.as_ref());
                (reply, 200, HeaderMap::new())
            }
        };
        reply.cloned().unwrap_or(Reply {
            status,
            grants: true,
            headers,
        })
    }
}

/// Headers from their lines. `Allow-Origin` is short for `Access-Control-Allow-Origin`, and so on.
pub(crate) fn headers(lines: &[&str]) -> HeaderMap {
    let line = |line: &&str| {
        let (name, value) = line.split_once(':').unwrap();
        let value = value.strip_prefix(' ').unwrap_or(value);
        (
            long(name),
            HeaderValue::from_bytes(value.as_bytes()).unwrap(),
        )
    };
    lines.iter().map(line).collect()
}

/// The full name of a header.
pub(crate) fn long(name: &str) -> HeaderName {
    let name = name.to_ascii_lowercase();
    let is_short = ["allow-", "expose-", "max-age", "request-"];
    let prefix = if is_short.iter().any(|start| name.starts_with(start)) {
        "access-control-"
    } else {
        ""
    };
    format!("{prefix}{name}").parse().unwrap()
}
