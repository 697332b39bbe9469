//! [CORS-preflight fetch]: when a preflight is needed, its request, and the check of its response.
//!
//! [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch

use http::{HeaderMap, HeaderValue, Method, header, response};

use super::{Fetch, value};
use crate::header_names::{ALLOW_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK};
use crate::testing::blocked::Blocked;
use crate::testing::cors_check::cors_check;
use crate::testing::engine::Engine;
use crate::testing::list;
use crate::testing::preflight_cache::{MaxAge, is_non_wildcard};
use crate::testing::request_headers::{is_safelisted_method, unsafe_names};
use crate::testing::state::SentPreflight;
use crate::testing::urls::location;

impl Fetch<'_> {
    /// Whether the request needs no preflight, or the cache allows it.
    pub(super) fn is_cleared(&self, requested: &[String]) -> bool {
        let key = self.key();
        let method = &self.request.method;
        let state = self.shared.lock();
        let engine = state.preflights.engine;
        !engine.always_asks(&self.request.headers)
            && (self.method_is_free(engine) || state.clears_method(&key, method))
            && requested.iter().all(|name| state.clears_header(&key, name))
    }

    fn method_is_free(&self, engine: Engine) -> bool {
        let method = &self.request.method;
        let is_noticed =
            engine.listens_without_body() || !matches!(*method, Method::GET | Method::HEAD);
        let is_listened_to = self.page.watches_uploads && is_noticed;
        is_safelisted_method(method) && !is_listened_to && !self.page.private_network
    }

    /// The headers of the preflight.
    pub(super) fn preflight_headers(&self, requested: &[String]) -> HeaderMap {
        let method = value(self.request.method.as_str());
        let mut headers = HeaderMap::from_iter([
            (header::ACCEPT, HeaderValue::from_static("*/*")),
            (header::ACCESS_CONTROL_REQUEST_METHOD, method),
            (header::ORIGIN, value(&self.origin())),
        ]);
        if !requested.is_empty() {
            let names = value(&requested.join(","));
            headers.insert(header::ACCESS_CONTROL_REQUEST_HEADERS, names);
        }
        if self.page.private_network {
            headers.insert(REQUEST_PRIVATE_NETWORK, HeaderValue::from_static("true"));
        }
        headers
    }

    /// Checks whether the response allows the request. The cache keeps what it allows.
    pub(super) fn receive_preflight(
        &self,
        requested: &[String],
        response: &response::Parts,
    ) -> Result<(), Blocked> {
        let headers = &response.headers;
        let method = &self.request.method;
        let max_age = MaxAge::read(headers);
        self.shared.lock().sent.push(SentPreflight {
            url: self.url.to_string(),
            origin: self.origin(),
            method: method.clone(),
            headers: requested.to_vec(),
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
        let methods = list::tokens(headers, &header::ACCESS_CONTROL_ALLOW_METHODS)
            .map_err(|list::Malformed| Blocked::MalformedMethods { access: access() })?;
        let names = list::tokens(headers, &header::ACCESS_CONTROL_ALLOW_HEADERS)
            .map_err(|list::Malformed| Blocked::MalformedHeaders { access: access() })?
            .unwrap_or_default();
        // "If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list
        // containing request's method." No engine lets another method than these pass.
        let methods = match methods {
            None if self.page.always_preflights() && is_safelisted_method(method) => {
                vec![method.as_str()]
            }
            methods => methods.unwrap_or_default(),
        };

        let wildcard = |list: &[&str]| !self.page.credentials && list.contains(&"*");
        let is_listed = methods.contains(&method.as_str()) || wildcard(&methods);
        if !is_listed && !is_safelisted_method(method) {
            let (access, method) = (access(), method.clone());
            return Err(Blocked::Method { access, method });
        }
        for name in requested {
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

    /// Clears the cache after a network error, unless the request needs no preflight anyway: [main fetch].
    ///
    /// [main fetch]: https://fetch.spec.whatwg.org/#concept-main-fetch
    pub(in crate::testing) fn forget_preflights(&self) {
        let mut state = self.shared.lock();
        let is_free = self.method_is_free(state.preflights.engine);
        if !is_free || !unsafe_names(&self.request.headers).is_empty() {
            state.clear_preflights(&self.key());
        }
    }
}
