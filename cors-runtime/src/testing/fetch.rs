//! One fetch, as the requests that it sends one after the other, without sending them: Fetch,
//! "[HTTP fetch]" and what belongs to it.
//!
//! [HTTP fetch]: https://fetch.spec.whatwg.org/#concept-http-fetch

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use http::{request, response};
use url::Url;

use super::blocked::{Access, Blocked};
use super::cors_check::cors_check;
use super::list;
use super::page::Page;
use super::preflight_cache::{Key, MaxAge, is_non_wildcard};
use super::request_headers::{
    is_forbidden, is_forbidden_method, is_safelisted_method, normalise_values, normalised,
    unsafe_names,
};
use super::response_headers::retain_readable;
use super::state::{SentPreflight, Shared};
use super::urls::{as_sent, has_user, is_http, is_unsafe, location, serialised, target};
use crate::header_names::{ALLOW_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK};

/// A fetch on its way. [`request`](Self::request) is to be sent, [`receive`](Self::receive) takes the
/// response to it.
pub(super) struct Fetch<'b> {
    page: &'b Page,
    shared: &'b Shared,
    /// As the script gave it, but for what browsers change.
    request: request::Parts,
    /// The current URL.
    url: Url,
    /// Those that redirected to it, the script's own first.
    redirected: Vec<Url>,
    /// Whether responses must pass the CORS check. Once they must, they must to the end.
    is_cors: bool,
    step: Step,
}

enum Step {
    /// Asks for these request headers.
    Preflight(Vec<String>),
    Actual,
}

/// What is to be done after a response.
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
        mut request: request::Parts,
    ) -> Result<Self, Blocked> {
        let url = target(&request.uri)?;
        if is_forbidden_method(request.method.as_str()) {
            let method = request.method;
            return Err(Blocked::ForbiddenMethod { method });
        }
        request.method = normalised(request.method);
        normalise_values(&mut request.headers);
        let set: Vec<HeaderName> = request.headers.keys().cloned().collect();
        for name in set {
            if is_forbidden(&name, &request.headers) {
                request.headers.remove(name);
            }
        }
        let accept = request.headers.entry(header::ACCEPT);
        accept.or_insert(HeaderValue::from_static("*/*"));
        let mut fetch = Self {
            page,
            shared,
            request,
            url,
            redirected: Vec::new(),
            is_cors: false,
            step: Step::Actual,
        };
        fetch.begin();
        Ok(fetch)
    }

    /// What comes first at the current URL: [main fetch] and the start of HTTP fetch.
    ///
    /// [main fetch]: https://fetch.spec.whatwg.org/#concept-main-fetch
    fn begin(&mut self) {
        self.is_cors |= serialised(&self.url) != self.page.origin;
        let asked = unsafe_names(&self.request.headers);
        self.step = match self.is_cors && !self.is_cleared(&asked) {
            true => Step::Preflight(asked),
            false => Step::Actual,
        };
    }

    /// Whether the request needs no preflight, or the cache has what one would say.
    fn is_cleared(&self, asked: &[String]) -> bool {
        let key = self.key();
        let state = self.shared.lock();
        (self.method_is_free() || state.clears_method(&key, self.request.method.as_str()))
            && asked.iter().all(|name| state.clears_header(&key, name))
    }

    fn method_is_free(&self) -> bool {
        is_safelisted_method(&self.request.method) && !self.page.always_asks()
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
        let host = uri.authority().map(|authority| value(authority.as_str()));
        *request.uri_mut() = uri;
        match &self.step {
            Step::Preflight(asked) => {
                *request.method_mut() = Method::OPTIONS;
                *request.headers_mut() = self.preflight_headers(asked);
            }
            Step::Actual => {
                *request.method_mut() = self.request.method.clone();
                *request.headers_mut() = self.actual_headers();
            }
        }
        if let Some(host) = host {
            request.headers_mut().insert(header::HOST, host);
        }
        Ok(request)
    }

    /// [CORS-preflight fetch], the request.
    ///
    /// [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch
    fn preflight_headers(&self, asked: &[String]) -> HeaderMap {
        let method = value(self.request.method.as_str());
        let mut headers = HeaderMap::from_iter([
            (header::ACCEPT, HeaderValue::from_static("*/*")),
            (header::ACCESS_CONTROL_REQUEST_METHOD, method),
            (header::ORIGIN, value(&self.origin())),
        ]);
        if !asked.is_empty() {
            let names = value(&asked.join(","));
            headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, names);
        }
        if self.page.private_network {
            headers.insert(REQUEST_PRIVATE_NETWORK, HeaderValue::from_static("true"));
        }
        headers
    }

    fn actual_headers(&self) -> HeaderMap {
        let mut headers = self.request.headers.clone();
        // Browsers also put it on requests of a site to itself.
        if self.is_cors || !matches!(self.request.method, Method::GET | Method::HEAD) {
            headers.insert(header::ORIGIN, value(&self.origin()));
        }
        if let Some(cookie) = &self.page.cookie
            && (self.page.credentials || !self.is_cors)
        {
            headers.insert(header::COOKIE, cookie.clone());
        }
        headers
    }

    /// Whether the body of the script goes along.
    pub(super) fn has_body(&self) -> bool {
        let is_actual = matches!(self.step, Step::Actual);
        is_actual && !matches!(self.request.method, Method::GET | Method::HEAD)
    }

    /// Takes the response to the last request. If the fetch is done, only headers that the script may read
    /// remain.
    pub(super) fn receive(&mut self, response: &mut response::Parts) -> Result<Next, Blocked> {
        let received = match &self.step {
            Step::Preflight(asked) => self.receive_preflight(asked, response).map(|()| {
                self.step = Step::Actual;
                Next::Send
            }),
            Step::Actual => self.receive_actual(response),
        };
        received.inspect_err(|_| self.forget_preflights())
    }

    /// What follows from a network error, unless no preflight is needed anyway: [main fetch].
    ///
    /// [main fetch]: https://fetch.spec.whatwg.org/#concept-main-fetch
    pub(super) fn forget_preflights(&self) {
        let is_simple = self.method_is_free() && unsafe_names(&self.request.headers).is_empty();
        if !is_simple {
            self.shared.lock().clear_preflights(&self.key());
        }
    }

    /// [CORS-preflight fetch], the response.
    ///
    /// [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch
    fn receive_preflight(
        &self,
        asked: &[String],
        response: &response::Parts,
    ) -> Result<(), Blocked> {
        let headers = &response.headers;
        let method = &self.request.method;
        let max_age = MaxAge::read(headers);
        self.shared.lock().sent_preflight(SentPreflight {
            url: self.url.to_string(),
            origin: self.origin(),
            method: method.clone(),
            headers: asked.to_vec(),
            max_age: max_age.clone(),
        });

        let access = || self.access();
        let status = response.status;
        if let Some(location) = location(response) {
            let access = access();
            return Err(Blocked::PreflightRedirect { access, location });
        }
        cors_check(headers, &self.origin(), self.page.credentials, access)?;
        if !status.is_success() {
            let access = access();
            return Err(Blocked::Status { access, status });
        }
        let list = |header: HeaderName| {
            list::tokens(headers, &header).map_err(|list::Malformed| {
                let access = access();
                Blocked::List { access, header }
            })
        };
        let methods = list(header::ACCESS_CONTROL_ALLOW_METHODS)?;
        let names = list(header::ACCESS_CONTROL_ALLOW_HEADERS)?.unwrap_or_default();
        let methods = match methods {
            None if self.page.always_asks() => vec![method.as_str()],
            methods => methods.unwrap_or_default(),
        };

        let wildcard = |list: &[&str]| !self.page.credentials && list.contains(&"*");
        let is_listed = methods.contains(&method.as_str()) || wildcard(&methods);
        if !is_listed && !is_safelisted_method(method) {
            let (access, method) = (access(), method.clone());
            return Err(Blocked::Method { access, method });
        }
        for name in asked {
            let is_listed = names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
            if !is_listed && (is_non_wildcard(name) || !wildcard(&names)) {
                let (access, name) = (access(), name.clone());
                return Err(Blocked::Header { access, name });
            }
        }
        if self.page.private_network
            && list::combined(headers, &ALLOW_PRIVATE_NETWORK).as_deref() != Some("true")
        {
            let access = access();
            return Err(Blocked::PrivateNetwork { access });
        }
        let key = self.key();
        self.shared
            .lock()
            .keep_preflight(&key, &methods, &names, &max_age);
        Ok(())
    }

    fn receive_actual(&mut self, response: &mut response::Parts) -> Result<Next, Blocked> {
        let stored = self.stored(&response.headers);
        if self.is_cors {
            let check = |headers: &HeaderMap| {
                let (origin, include) = (self.origin(), self.page.credentials);
                cors_check(headers, &origin, include, || self.access())
            };
            check(&response.headers)?;
            // The service is right about this page, but a cache responds in its place.
            if let Some(stored) = stored {
                check(&stored).map_err(|_| Blocked::Stored {
                    access: self.access(),
                    allowed: list::combined(&stored, &header::ACCESS_CONTROL_ALLOW_ORIGIN),
                })?;
            }
        }
        if let Some(location) = location(response) {
            self.redirect(response, location)?;
            return Ok(Next::Send);
        }
        retain_readable(&mut response.headers, self.is_cors, self.page.credentials);
        Ok(Next::Done)
    }

    /// [HTTP-redirect fetch].
    ///
    /// [HTTP-redirect fetch]: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
    fn redirect(&mut self, response: &response::Parts, location: String) -> Result<(), Blocked> {
        const MOST: usize = 20;

        let access = self.access();
        let is_one = response.headers.get_all(header::LOCATION).iter().count() == 1;
        let Some(url) = self.url.join(&location).ok().filter(|_| is_one) else {
            return Err(Blocked::Location { access, location });
        };
        if self.redirected.len() >= MOST {
            return Err(Blocked::Redirects { access });
        }
        if is_unsafe(&url) {
            return Err(Blocked::Location { access, location });
        }
        if !is_http(&url) {
            self.redirected.push(std::mem::replace(&mut self.url, url));
            let access = self.access();
            return Err(Blocked::RedirectScheme { access });
        }
        let is_foreign = self.is_cors || serialised(&url) != self.page.origin;
        if is_foreign && has_user(&url) {
            return Err(Blocked::RedirectUser { access, location });
        }
        let becomes_get = match self.request.method {
            Method::GET | Method::HEAD => false,
            Method::POST => matches!(response.status.as_u16(), 301..=303),
            _ => response.status == StatusCode::SEE_OTHER,
        };
        if becomes_get {
            self.request.method = Method::GET;
            for name in [
                header::CONTENT_ENCODING,
                header::CONTENT_LANGUAGE,
                header::CONTENT_LOCATION,
                header::CONTENT_TYPE,
            ] {
                self.request.headers.remove(name);
            }
        }
        if serialised(&url) != serialised(&self.url) {
            self.request.headers.remove(header::AUTHORIZATION);
        }
        self.redirected
            .push(std::mem::replace(&mut self.url, as_sent(url)));
        self.begin();
        Ok(())
    }

    /// The headers with which a cache responds to this request, if it has what it needs. Otherwise it
    /// keeps those of the service.
    fn stored(&self, response: &HeaderMap) -> Option<HeaderMap> {
        if self.request.method != Method::GET {
            return None;
        }
        let (url, request) = (self.url.as_str(), self.actual_headers());
        let mut state = self.shared.lock();
        let stored = state.stored(url, &request).cloned();
        if stored.is_none() {
            state.store(url, &request, response);
        }
        stored
    }

    /// What stands in `Origin`: [serializing a request origin].
    ///
    /// [serializing a request origin]: https://fetch.spec.whatwg.org/#serializing-a-request-origin
    fn origin(&self) -> String {
        let page = &self.page.origin;
        let targets = self.redirected.iter().skip(1).chain([&self.url]);
        let is_tainted = self.redirected.iter().zip(targets).any(|(from, to)| {
            let from = serialised(from);
            from != serialised(to) && from != *page
        });
        match is_tainted {
            true => "null".to_owned(),
            false => page.clone(),
        }
    }

    fn key(&self) -> Key {
        Key {
            origin: self.origin(),
            url: self.url.to_string(),
            credentials: self.page.credentials,
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
            preflight: matches!(self.step, Step::Preflight(_)),
        })
    }
}

/// Methods, names and origins are visible ASCII, so they are values.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}
