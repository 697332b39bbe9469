//! One fetch as a sequence of requests and responses, without any network: Fetch, "[HTTP fetch]" and its
//! steps.
//!
//! [HTTP fetch]: https://fetch.spec.whatwg.org/#concept-http-fetch

mod cookies;
mod metadata;
mod mode;
mod preflight;
mod redirect;

use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header};
use http::{request, response};
use url::Url;

use super::access::Access;
use super::blocked::Blocked;
use super::cors_check::cors_check;
use super::http_cache::Stored;
use super::list;
use super::mixed_content::is_mixed_content;
use super::modes::{Initiator, Modes};
use super::page::Page;
use super::preflight_cache::Key;
use super::request_headers::is_conditional;
use super::response_headers::retain_readable;
use super::state::Shared;
use super::urls::{location, serialised, target};

/// A fetch in progress. The caller sends [`request`](Self::request) and passes the response to
/// [`receive`](Self::receive).
pub(super) struct Fetch<'b> {
    page: &'b Page,
    shared: &'b Shared,
    modes: Modes,
    initiator: Initiator,
    /// The script's request, with the changes that browsers make.
    request: request::Parts,
    /// The current URL.
    url: Url,
    /// The URLs that redirected here, beginning with the script's own.
    redirected: Vec<Url>,
    /// Whether responses must pass the CORS check. After the first cross-origin request, all must.
    is_cors: bool,
    step: Step,
    /// The status of the response, until the next request is sent.
    status: Option<StatusCode>,
}

enum Step {
    /// Requests these headers.
    Preflight(Vec<String>),
    Actual,
}

/// What the caller does after a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Send,
    /// The script gets the response.
    Done,
}

impl<'b> Fetch<'b> {
    pub(super) fn new(
        page: &'b Page,
        shared: &'b Shared,
        initiator: Initiator,
        mut request: request::Parts,
    ) -> Result<Self, Blocked> {
        let url = target(&request.uri, initiator)?;
        initiator.prepare(&mut request)?;
        let mut fetch = Self {
            page,
            shared,
            modes: page.modes.of(initiator),
            initiator,
            request,
            url,
            redirected: Vec::new(),
            is_cors: false,
            step: Step::Actual,
            status: None,
        };
        fetch.begin()?;
        Ok(fetch)
    }

    /// Chooses the first request to the current URL: [main fetch] and the start of HTTP fetch.
    ///
    /// [main fetch]: https://fetch.spec.whatwg.org/#concept-main-fetch
    fn begin(&mut self) -> Result<(), Blocked> {
        self.step = Step::Actual;
        // A navigation is no mixed content.
        if self.initiator != Initiator::Form && is_mixed_content(&self.page.origin, &self.url) {
            let access = self.access();
            return Err(Blocked::MixedContent { access });
        }
        self.is_cors |= self.initiator.is_cors() && serialised(&self.url) != self.page.origin;
        if self.is_cors && self.modes.same_origin {
            let access = self.access();
            return Err(Blocked::CrossOrigin { access });
        }
        let requested = self.unsafe_names();
        self.step = if self.is_cors && !self.is_cleared(&requested) {
            Step::Preflight(requested)
        } else {
            Step::Actual
        };
        Ok(())
    }

    /// The next request, without its body.
    pub(super) fn request(&self) -> Result<Request<()>, Blocked> {
        let url = &self.url;
        let uri: Uri = url.as_str().parse().map_err(|_| Blocked::Url {
            url: url.to_string(),
        })?;
        let mut request = Request::new(());
        *request.extensions_mut() = self.request.extensions.clone();
        *request.version_mut() = self.request.version;
        match &self.step {
            Step::Preflight(requested) => {
                *request.method_mut() = Method::OPTIONS;
                *request.headers_mut() = self.preflight_headers(requested);
            }
            Step::Actual => {
                *request.method_mut() = self.request.method.clone();
                *request.headers_mut() = self.actual_headers();
                self.note_withheld_cookies();
            }
        }
        set_host(request.headers_mut(), &uri);
        *request.uri_mut() = uri;
        Ok(request)
    }

    /// Whether the next request has the script's body.
    pub(super) fn has_body(&self) -> bool {
        let is_actual = matches!(self.step, Step::Actual);
        is_actual && !matches!(self.request.method, Method::GET | Method::HEAD)
    }

    /// Takes the response to the last request. If the fetch is done, only the headers remain that the script
    /// may read.
    pub(super) fn receive(&mut self, response: &mut response::Parts) -> Result<Next, Blocked> {
        self.status = Some(response.status);
        let received = match &self.step {
            Step::Preflight(requested) => self.receive_preflight(requested, response).map(|()| {
                self.step = Step::Actual;
                Next::Send
            }),
            Step::Actual => self.receive_actual(response),
        };
        let next = received.inspect_err(|blocked| {
            // Only a network error clears the cache.
            if !matches!(blocked, Blocked::OpaqueRedirect { .. }) {
                self.forget_preflights();
            }
        })?;
        self.status = None;
        Ok(next)
    }

    fn receive_actual(&mut self, response: &mut response::Parts) -> Result<Next, Blocked> {
        let stored = self.stored(response);
        self.keep_cookies(&response.headers);
        if self.is_cors {
            let check = |headers: &HeaderMap| {
                let (origin, include) = (self.origin(), self.modes.is_include());
                cors_check(headers, &origin, include, || self.access())
            };
            check(&response.headers)?;
            // The service's response passes, but a cache would respond instead of the service.
            if let Some(stored) = stored {
                let headers = &stored.response;
                check(headers).map_err(|_| Blocked::Stored {
                    access: self.access(),
                    allowed: list::combined(headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN),
                    freshness: stored.freshness,
                })?;
            }
        }
        self.check_redirect_mode(response)?;
        if let Some(location) = location(response) {
            self.redirect(response, location)?;
            return Ok(Next::Send);
        }
        if self.initiator.is_cors() {
            retain_readable(&mut response.headers, self.is_cors, self.modes.is_include());
        }
        Ok(Next::Done)
    }

    /// The stored response that a cache would use for this request. If there is none, the service's response
    /// is stored.
    fn stored(&self, response: &response::Parts) -> Option<Stored> {
        let url = self.url.as_str();
        let is_error = response.status.is_client_error() || response.status.is_server_error();
        if !self.request.method.is_safe() && !is_error {
            self.shared.lock().invalidate(url);
        }
        let is_no_store = self.modes.no_store || is_conditional(&self.request.headers);
        if self.request.method != Method::GET || is_no_store {
            return None;
        }
        let request = self.actual_headers();
        let mut state = self.shared.lock();
        let stored = state.stored(url, &request).cloned();
        if stored.is_none() {
            state.store(url, &request, response);
        }
        stored
    }

    /// The value of `Origin`: [serializing a request origin].
    ///
    /// [serializing a request origin]: https://fetch.spec.whatwg.org/#serializing-a-request-origin
    fn origin(&self) -> String {
        let page = &self.page.origin;
        let targets = self.redirected.iter().skip(1).chain([&self.url]);
        let is_tainted = self.redirected.iter().zip(targets).any(|(from, to)| {
            let from = serialised(from);
            from != serialised(to) && from != *page
        });
        if is_tainted {
            "null".to_owned()
        } else {
            page.clone()
        }
    }

    fn key(&self) -> Key {
        Key {
            origin: self.origin(),
            url: self.url.to_string(),
            credentials: self.modes.is_include(),
            private_network: self.page.private_network,
        }
    }

    pub(super) fn access(&self) -> Box<Access> {
        let first = self.redirected.first().filter(|url| **url != self.url);
        Box::new(Access {
            url: self.url.to_string(),
            redirected_from: first.map(Url::to_string),
            origin: self.page.origin.clone(),
            sent_origin: self.origin(),
            method: self.request.method.clone(),
            credentials: self.modes.is_include(),
            preflight: matches!(self.step, Step::Preflight(_)),
            initiator: self.initiator,
            status: self.status,
        })
    }
}

/// Sets `Host`, as HTTP/1.1 requires.
pub(super) fn set_host(headers: &mut HeaderMap, uri: &Uri) {
    if let Some(authority) = uri.authority() {
        headers.insert(header::HOST, value(authority.as_str()));
    }
}

/// Tells caches on the way that the cache mode is `no-store`: [HTTP-network-or-cache fetch].
///
/// [HTTP-network-or-cache fetch]: https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
pub(super) fn set_no_cache(headers: &mut HeaderMap) {
    for name in [header::PRAGMA, header::CACHE_CONTROL] {
        let lines = headers.entry(name);
        lines.or_insert(HeaderValue::from_static("no-cache"));
    }
}

/// A header value from a method, a name or an origin, which are visible ASCII.
pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}
