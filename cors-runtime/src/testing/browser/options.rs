//! How the page makes its requests, and the browser's own limits.

use std::time::Duration;

use http::HeaderValue;

use super::Browser;

impl Browser {
    /// Makes the page's requests in the [credentials mode] `include`. Otherwise the mode is `same-origin`,
    /// the default of `fetch`.
    ///
    /// [credentials mode]: https://fetch.spec.whatwg.org/#concept-request-credentials-mode
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.page.credentials = true;
        self
    }

    /// Sends this cookie with all requests of the page that include credentials, to whatever service: those
    /// [`with_credentials`](Self::with_credentials), those to the page's own origin, forms, and loads. Preflights
    /// never carry it.
    ///
    /// It is for tests that begin after the login. It has no attributes, so it also goes to other sites, and
    /// the browser does not keep it: responses do not change or remove it. The
    /// [cookies that the browser keeps](Self::cookies) follow it in the same header.
    ///
    /// ```
    /// # use cors_runtime::testing::Browser;
    /// # use http::HeaderValue;
    /// let shop = Browser::at("https://shop.example.com")
    ///     .with_credentials()
    ///     .with_cookie(HeaderValue::from_static("session=42"));
    /// ```
    #[must_use]
    pub fn with_cookie(mut self, cookie: HeaderValue) -> Self {
        self.page.cookie = Some(cookie);
        self
    }

    /// Makes the script listen to the progress of uploads, so every cross-origin request needs a preflight:
    /// the [use-CORS-preflight flag].
    ///
    /// [use-CORS-preflight flag]: https://fetch.spec.whatwg.org/#use-cors-preflight-flag
    #[must_use]
    pub fn with_upload_listener(mut self) -> Self {
        self.page.watches_uploads = true;
        self
    }

    /// Puts the page in a public network and the service in a private one, for a browser that follows the
    /// draft of [Private Network Access]. Every cross-origin request then needs a preflight that requests
    /// access. No current browser does this.
    ///
    /// [Private Network Access]: https://wicg.github.io/private-network-access/
    #[must_use]
    pub fn with_private_network_access(mut self) -> Self {
        self.page.private_network = true;
        self
    }

    /// Limits how long the browser keeps a preflight, whatever the response says. The default is two hours,
    /// as in Chromium. The limit is 24 hours in Firefox and ten minutes in Safari.
    #[must_use]
    pub fn with_preflight_limit(self, limit: Duration) -> Self {
        self.shared.lock().preflights.limit = limit;
        self
    }
}
