//! Fetches of scripts, with the browser's CORS-preflight cache: Fetch, "HTTP fetch",
//! "CORS-preflight fetch" and "CORS-preflight cache".

use http::{HeaderMap, HeaderValue, Method, Response, header};

use crate::site::{Request, record};
use crate::support::browser::{Asks, Credentials, Outcome, Sendable, outcome};

/// What a script asks for.
#[derive(Clone, Debug)]
pub(crate) struct Fetch {
    pub(crate) origin: &'static str,
    pub(crate) method: Method,
    /// Names that are not CORS-safelisted, sorted, in lower case.
    pub(crate) headers: Vec<&'static str>,
    pub(crate) credentials: Credentials,
    pub(crate) asks_private_network: bool,
}

/// What the script gets: the response with these names, or an error.
pub(crate) type Seen = Option<Outcome>;

/// A browser with a preflight cache in which nothing expires.
#[derive(Debug, Default)]
pub(crate) struct Browsing {
    entries: Vec<Entry>,
    /// How many preflights the cache made needless.
    pub(crate) preflights_saved: usize,
}

#[derive(Debug)]
struct Entry {
    origin: &'static str,
    credentials: bool,
    what: Kept,
}

#[derive(Debug, PartialEq)]
enum Kept {
    Method(String),
    Header(String),
}

impl Browsing {
    pub(crate) fn fetch(
        &mut self,
        fetch: &Fetch,
        mut ask: impl FnMut(&Request) -> Response<()>,
    ) -> Seen {
        let method_passes = is_safelisted(&fetch.method) || self.has_method(fetch);
        let simple = is_safelisted(&fetch.method) && fetch.headers.is_empty();
        if !method_passes
            || !fetch
                .headers
                .iter()
                .all(|name| self.has_header(fetch, name))
        {
            let response = ask(&fetch.preflight());
            let asks = Asks {
                method: fetch.method.to_string(),
                headers: fetch
                    .headers
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect(),
            };
            let preflight = fetch.sendable(Some(asks));
            if outcome(&preflight, &record(&response), fetch.credentials)
                != Outcome::PreflightPasses
            {
                return None;
            }
            self.keep(fetch, &response);
        } else if !simple {
            self.preflights_saved += 1;
        }
        let response = ask(&fetch.actual());
        match outcome(&fetch.sendable(None), &record(&response), fetch.credentials) {
            readable @ Outcome::Readable(_) => Some(readable),
            _ => None,
        }
    }

    fn matching(&self, fetch: &Fetch) -> impl Iterator<Item = &Kept> {
        let include = fetch.credentials == Credentials::Include;
        self.entries
            .iter()
            .filter(move |entry| entry.origin == fetch.origin && (entry.credentials || !include))
            .map(|entry| &entry.what)
    }

    fn has_method(&self, fetch: &Fetch) -> bool {
        let method = fetch.method.as_str();
        self.matching(fetch)
            .any(|kept| matches!(kept, Kept::Method(kept) if kept == method || kept == "*"))
    }

    fn has_header(&self, fetch: &Fetch, name: &str) -> bool {
        let wildcard = name != "authorization";
        self.matching(fetch).any(|kept| match kept {
            Kept::Header(kept) => kept.eq_ignore_ascii_case(name) || wildcard && kept == "*",
            Kept::Method(_) => false,
        })
    }

    fn keep(&mut self, fetch: &Fetch, response: &Response<()>) {
        let max_age = response.headers().get(header::ACCESS_CONTROL_MAX_AGE);
        if max_age.is_some_and(|seconds| seconds == "0") {
            return;
        }
        let methods = list(response, header::ACCESS_CONTROL_ALLOW_METHODS).map(Kept::Method);
        let headers = list(response, header::ACCESS_CONTROL_ALLOW_HEADERS).map(Kept::Header);
        for what in methods.chain(headers) {
            self.entries.push(Entry {
                origin: fetch.origin,
                credentials: fetch.credentials == Credentials::Include,
                what,
            });
        }
    }
}

fn list(response: &Response<()>, name: header::HeaderName) -> impl Iterator<Item = String> {
    let lines = response.headers().get_all(name).iter();
    lines
        .flat_map(|line| line.to_str().unwrap().split(','))
        .map(|element| element.trim().to_owned())
}

fn is_safelisted(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::POST)
}

impl Fetch {
    pub(crate) fn preflight(&self) -> Request {
        let value = |text: &str| HeaderValue::from_str(text).unwrap();
        let mut headers = self.with_origin();
        let method = value(self.method.as_str());
        headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, method);
        if !self.headers.is_empty() {
            let names = value(&self.headers.join(","));
            headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, names);
        }
        if self.asks_private_network {
            headers.insert("access-control-request-private-network", value("true"));
        }
        Request {
            method: Method::OPTIONS,
            headers,
        }
    }

    pub(crate) fn actual(&self) -> Request {
        let mut headers = self.with_origin();
        for name in &self.headers {
            headers.insert(*name, HeaderValue::from_static("1"));
        }
        Request {
            method: self.method.clone(),
            headers,
        }
    }

    fn with_origin(&self) -> HeaderMap {
        let origin = HeaderValue::from_static(self.origin);
        HeaderMap::from_iter([(header::ORIGIN, origin)])
    }

    fn sendable(&self, asks: Option<Asks>) -> Sendable {
        Sendable {
            origin: self.origin.to_owned(),
            asks,
        }
    }
}
