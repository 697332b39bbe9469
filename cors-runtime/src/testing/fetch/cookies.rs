//! The cookies of a request and of its response: Fetch, "[append a request `Cookie` header]" and "[parse and
//! store response `Set-Cookie` headers]".
//!
//! [append a request `Cookie` header]: https://fetch.spec.whatwg.org/#append-a-request-cookie-header
//! [parse and store response `Set-Cookie` headers]: https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers

use http::{HeaderMap, HeaderValue, Method, header};

use super::{Fetch, Mode};
use crate::testing::cookies::{Exchange, SameSiteMode};

impl Fetch<'_> {
    /// Whether the actual request includes credentials: Fetch, "[HTTP-network-or-cache fetch]".
    ///
    /// [HTTP-network-or-cache fetch]: https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
    fn has_credentials(&self) -> bool {
        match self.mode {
            Mode::Cors => self.page.credentials || !self.is_cors,
            Mode::NoCors | Mode::Navigate => true,
        }
    }

    /// The value of `Cookie`: that of the page, and the cookies that the browser keeps.
    pub(super) fn cookie(&self) -> Option<HeaderValue> {
        let page = self.page.cookie.as_ref().filter(|_| self.has_credentials());
        let state = self.shared.lock();
        let Some(kept) = state.cookies.sent(&self.exchange(state.now)) else {
            return page.cloned();
        };
        let value = match page {
            Some(page) => [page.as_bytes(), b"; ", kept.as_bytes()].concat(),
            None => kept.into_bytes(),
        };
        HeaderValue::from_bytes(&value).ok()
    }

    pub(super) fn note_withheld_cookies(&self) {
        let state = &mut *self.shared.lock();
        let exchange = self.exchange(state.now);
        state.cookies.note_withheld(&exchange);
    }

    /// Keeps the cookies of a response, also of one that the script does not get.
    pub(super) fn keep_cookies(&self, response: &HeaderMap) {
        let state = &mut *self.shared.lock();
        let exchange = self.exchange(state.now);
        for line in response.get_all(header::SET_COOKIE) {
            state.cookies.receive(line, &exchange);
        }
    }

    fn exchange(&self, now: std::time::Duration) -> Exchange<'_> {
        Exchange {
            url: &self.url,
            credentials: self.has_credentials(),
            mode: self.same_site_mode(),
            now,
        }
    }

    /// Which cookies the request may carry by their `SameSite`: "[determine the same-site mode]", except that
    /// same-site navigations carry `Strict` cookies too, as in all engines. Chromium does not count the URLs
    /// on the way.
    ///
    /// [determine the same-site mode]: https://fetch.spec.whatwg.org/#determine-the-same-site-mode
    fn same_site_mode(&self) -> SameSiteMode {
        if self.is_same_site() {
            return SameSiteMode::StrictOrLess;
        }
        match (self.mode, &self.request.method) {
            (Mode::Navigate, &Method::GET) => SameSiteMode::LaxOrLess,
            (Mode::Navigate, _) => SameSiteMode::UnsetOrLess,
            (Mode::Cors | Mode::NoCors, _) => SameSiteMode::None,
        }
    }
}
