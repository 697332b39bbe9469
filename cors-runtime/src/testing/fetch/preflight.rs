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
use crate::testing::modes::Initiator;
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
        let is_free = self.method_is_free(engine);
        if is_free && requested.is_empty() {
            return true;
        }
        !engine.always_asks(&self.request.headers, self.modes.no_store)
            && (is_free || state.clears_method(&key, method))
            && requested.iter().all(|name| state.clears_header(&key, name))
    }

    /// The names that a preflight requests. An `EventSource` needs none, because its request has no
    /// [unsafe-request flag].
    ///
    /// [unsafe-request flag]: https://fetch.spec.whatwg.org/#unsafe-request-flag
    pub(super) fn unsafe_names(&self) -> Vec<String> {
        match self.initiator {
            Initiator::Fetch => unsafe_names(&self.request.headers),
            _ => Vec::new(),
        }
    }

    fn method_is_free(&self, engine: Engine) -> bool {
        let method = &self.request.method;
        let is_noticed =
            engine.listens_without_body() || !matches!(*method, Method::GET | Method::HEAD);
        let is_listened_to =
            self.initiator == Initiator::Fetch && self.page.watches_uploads && is_noticed;
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
        self.add_metadata(&mut headers);
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
        if let Some(location) = location(response) {
            let access = access();
            return Err(Blocked::PreflightRedirect { access, location });
        }
        cors_check(headers, &self.origin(), self.modes.is_include(), access)?;
        if !response.status.is_success() {
            let access = access();
            return Err(Blocked::Status { access });
        }
        let methods = list::tokens(headers, &header::ACCESS_CONTROL_ALLOW_METHODS)
            .map_err(|list::Malformed| Blocked::MalformedMethods { access: access() })?;
        let names = list::tokens(headers, &header::ACCESS_CONTROL_ALLOW_HEADERS)
            .map_err(|list::Malformed| Blocked::MalformedHeaders { access: access() })?
            .unwrap_or_default();
        // "If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list
        // containing request's method." No engine lets another method than these pass.
        let methods = match methods {
            // The standard says so of every method, but no engine does it for an unsafe one.
            None if is_safelisted_method(method) => vec![method.as_str()],
            methods => methods.unwrap_or_default(),
        };

        let wildcard = |list: &[&str]| !self.modes.is_include() && list.contains(&"*");
        let is_listed = methods.contains(&method.as_str()) || wildcard(&methods);
        if !is_listed && !is_safelisted_method(method) {
            return Err(Blocked::Method {
                access: access(),
                method: method.clone(),
                allowed: list::combined(headers, &header::ACCESS_CONTROL_ALLOW_METHODS),
            });
        }
        let is_refused = |name: &&String| {
            let is_listed = names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
            !is_listed && (is_non_wildcard(name) || !wildcard(&names))
        };
        let refused: Vec<String> = requested.iter().filter(is_refused).cloned().collect();
        if !refused.is_empty() {
            return Err(Blocked::Header {
                access: access(),
                names: refused,
                allowed: list::combined(headers, &header::ACCESS_CONTROL_ALLOW_HEADERS),
            });
        }
        if self.page.private_network
            && list::combined(headers, &ALLOW_PRIVATE_NETWORK).as_deref() != Some("true")
        {
            let access = access();
            return Err(Blocked::PrivateNetwork { access });
        }
        let key = self.key();
        let mut state = self.shared.lock();
        if !self.modes.no_store || state.preflights.engine.keeps_no_store() {
            state.keep_preflight(&key, &methods, &names, &max_age);
        }
        Ok(())
    }

    /// Clears the cache after a network error, unless the request needs no preflight anyway: [main fetch].
    ///
    /// [main fetch]: https://fetch.spec.whatwg.org/#concept-main-fetch
    pub(in crate::testing) fn forget_preflights(&self) {
        let mut state = self.shared.lock();
        let is_free = self.method_is_free(state.preflights.engine);
        let is_simple = is_free && self.unsafe_names().is_empty();
        if self.initiator.is_cors() && !is_simple {
            state.clear_preflights(&self.key());
        }
    }
}
