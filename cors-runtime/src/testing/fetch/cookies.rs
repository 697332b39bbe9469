//! The cookies of a request and of its response: Fetch, "[append a request `Cookie` header]" and "[parse and
//! store response `Set-Cookie` headers]".
//!
//! [append a request `Cookie` header]: https://fetch.spec.whatwg.org/#append-a-request-cookie-header
//! [parse and store response `Set-Cookie` headers]: https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers

use http::{HeaderMap, HeaderValue, Method, header};

use super::Fetch;
use crate::testing::cookies::{Exchange, SameSiteMode};
use crate::testing::modes::Initiator;

impl Fetch<'_> {
    pub(super) fn cookie(&self) -> Option<HeaderValue> {
        let state = self.shared.lock();
        let exchange = self.exchange(state.now);
        self.page.cookie(&state.cookies, &exchange)
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
            credentials: self.modes.sends_cookies(self.is_cors),
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
        match (self.initiator, &self.request.method) {
            (Initiator::Form, &Method::GET) => SameSiteMode::LaxOrLess,
            (Initiator::Form, _) => SameSiteMode::UnsetOrLess,
            _ => SameSiteMode::None,
        }
    }
}
