//! How the page makes its requests, and the browser's own limits.

use std::time::Duration;

use http::HeaderValue;

use super::Browser;
use crate::testing::engine::Engine;

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

    /// Sends this cookie with requests with credentials and with requests to the page's own origin.
    /// Preflights never carry it.
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

    /// Sends preflights as often as this engine does, instead of as often as the Fetch standard asks for. This
    /// holds for all pages of the browser.
    ///
    /// ```
    /// # use cors_runtime::testing::{Browser, Engine};
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://shop.example.com"], "allow_headers": ["*"], "max_age": "10m",
    /// # });
    /// let shop = Browser::at("https://shop.example.com").with_engine(Engine::Firefox);
    /// let read = http::Request::get("https://api.example.com/articles").header("X-Debug", "1").body(())?;
    /// shop.ask(CORS, &read)?;
    /// shop.ask(CORS, &read)?;
    /// // The policy allows any header with `*`, which Firefox does not cache.
    /// assert_eq!(shop.preflights_sent(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_engine(self, engine: Engine) -> Self {
        self.shared.lock().preflights.engine = engine;
        self
    }

    /// Limits how long the browser keeps a preflight, whatever the response says. The default is that of the
    /// [`Engine`]: two hours in Chromium, 24 hours in Firefox, and ten minutes in WebKit. The standard has
    /// no limit; without an engine it is two hours.
    #[must_use]
    pub fn with_preflight_limit(self, limit: Duration) -> Self {
        self.shared.lock().preflights.limit = Some(limit);
        self
    }
}
