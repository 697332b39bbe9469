//! What browsers say of a request by themselves: `Origin`, and [Fetch Metadata].
//!
//! [Fetch Metadata]: https://w3c.github.io/webappsec-fetch-metadata/

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use url::Url;

use super::{Fetch, set_no_cache, value};
use crate::testing::request_headers::is_conditional;
use crate::testing::sites::is_same_site;
use crate::testing::urls::{is_loopback, serialised};

impl Fetch<'_> {
    /// The `Origin` of the actual request, if it has one: Fetch, "[append a request `Origin` header]".
    ///
    /// [append a request `Origin` header]: https://fetch.spec.whatwg.org/#append-a-request-origin-header
    pub(super) fn sent_origin(&self) -> Option<String> {
        if !self.is_cors && matches!(self.request.method, Method::GET | Method::HEAD) {
            return None;
        }
        // With the default referrer policy, a page on https does not tell a service on http of itself.
        let is_downgrade = !self.initiator.is_cors()
            && self.page.origin.starts_with("https:")
            && self.url.scheme() != "https";
        Some(if is_downgrade {
            "null".to_owned()
        } else {
            self.origin()
        })
    }

    /// Adds the headers of Fetch Metadata, which browsers send over https and to this machine. The page's
    /// user did not click, so there is no `Sec-Fetch-User`.
    pub(super) fn add_metadata(&self, headers: &mut HeaderMap) {
        if self.url.scheme() != "https" && !is_loopback(&self.url) {
            return;
        }
        let (mode, destination) = self.initiator.metadata();
        let mode = if self.modes.same_origin {
            "same-origin"
        } else {
            mode
        };
        for (name, value) in [
            ("sec-fetch-site", self.sec_fetch_site()),
            ("sec-fetch-mode", mode),
            ("sec-fetch-dest", destination),
        ] {
            let name = HeaderName::from_static(name);
            headers.insert(name, HeaderValue::from_static(value));
        }
    }

    /// How far the page is from the URLs of the request: "[`Sec-Fetch-Site`]".
    ///
    /// [`Sec-Fetch-Site`]: https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header
    fn sec_fetch_site(&self) -> &'static str {
        let is_same_origin = |url: &Url| serialised(url) == self.page.origin;
        if self.urls().all(is_same_origin) {
            "same-origin"
        } else if self.is_same_site() {
            "same-site"
        } else {
            "cross-site"
        }
    }

    /// Whether all URLs of the request are on the page's site.
    pub(super) fn is_same_site(&self) -> bool {
        is_same_site(&self.page.origin, self.urls())
    }

    /// The URLs that redirected, and the current one.
    fn urls(&self) -> impl Iterator<Item = &Url> {
        self.redirected.iter().chain([&self.url])
    }

    pub(super) fn actual_headers(&self) -> HeaderMap {
        let mut headers = self.request.headers.clone();
        if let Some(origin) = self.sent_origin() {
            headers.insert(header::ORIGIN, value(&origin));
        }
        if let Some(cookie) = self.cookie() {
            headers.insert(header::COOKIE, cookie);
        }
        if self.modes.no_store || is_conditional(&self.request.headers) {
            set_no_cache(&mut headers);
        }
        self.add_metadata(&mut headers);
        headers
    }
}
