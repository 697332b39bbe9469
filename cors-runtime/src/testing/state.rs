//! What the pages of a browser share: its cookies, its caches and its clock.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, Method, response};

use super::cookies::Jar;
use super::http_cache::Stored;
use super::preflight_cache::{Key, MaxAge, PreflightCache};

/// A CORS-preflight request that a browser has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentPreflight {
    /// The URL to which it was sent.
    pub url: String,
    /// The value of `Origin`.
    pub origin: String,
    /// The requested method.
    pub method: Method,
    /// The requested headers, sorted and in lower case.
    pub headers: Vec<String>,
    /// How long the response says that it may be cached. A preflight that failed is not cached.
    pub max_age: MaxAge,
}

/// The state of a browser, for all of its pages.
#[derive(Debug, Default)]
pub(super) struct Shared(Mutex<State>);

#[derive(Debug, Default)]
pub(super) struct State {
    /// The time since the browser was opened.
    pub(super) now: Duration,
    pub(super) sent: Vec<SentPreflight>,
    pub(super) preflights: PreflightCache,
    pub(super) cookies: Jar,
    responses: Vec<Stored>,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn clears_method(&self, key: &Key, method: &Method) -> bool {
        self.preflights.clears_method(key, method, self.now)
    }

    pub(super) fn clears_header(&self, key: &Key, name: &str) -> bool {
        self.preflights.clears_header(key, name, self.now)
    }

    pub(super) fn keep_preflight(
        &mut self,
        key: &Key,
        methods: &[&str],
        headers: &[&str],
        max_age: &MaxAge,
    ) {
        self.preflights
            .keep(key, methods, headers, max_age, self.now);
    }

    pub(super) fn clear_preflights(&mut self, key: &Key) {
        self.preflights.clear(&key.origin, &key.url);
    }

    pub(super) fn store(&mut self, url: &str, request: &HeaderMap, response: &response::Parts) {
        let stored = Stored::new(url, request, response, self.now);
        self.responses.extend(stored);
    }

    /// Forgets what is stored for a URL, as after a write to it: [RFC 9111, section 4.4].
    ///
    /// [RFC 9111, section 4.4]: https://www.rfc-editor.org/rfc/rfc9111#section-4.4
    pub(super) fn invalidate(&mut self, url: &str) {
        self.responses.retain(|stored| !stored.is_for(url));
    }

    /// The latest stored response that a cache would use for a request.
    pub(super) fn stored(&self, url: &str, request: &HeaderMap) -> Option<&Stored> {
        let mut latest = self.responses.iter().rev();
        latest.find(|stored| stored.serves(url, request, self.now))
    }
}
