//! How the page makes its requests, and the browser's own limits.

use std::time::Duration;

use http::HeaderValue;

use super::Browser;
use crate::testing::engine::Engine;
use crate::testing::modes::{Credentials, Redirect};

impl Browser {
    /// Makes the page's requests in the [credentials mode] `include`. Otherwise the mode is `same-origin`,
    /// the default of `fetch`. Of this and [`without_credentials`](Self::without_credentials), the last one
    /// counts.
    ///
    /// [credentials mode]: https://fetch.spec.whatwg.org/#concept-request-credentials-mode
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.page.modes.credentials = Credentials::Include;
        self
    }

    /// Makes the page's requests in the [credentials mode] `omit`: `credentials: "omit"`. No request has a
    /// cookie, not even one to the page's own origin. Responses are checked as for requests without
    /// credentials.
    ///
    /// An `EventSource` and a `WebSocket` cannot omit credentials. For them, the option means nothing.
    ///
    /// [credentials mode]: https://fetch.spec.whatwg.org/#concept-request-credentials-mode
    #[must_use]
    pub fn without_credentials(mut self) -> Self {
        self.page.modes.credentials = Credentials::Omit;
        self
    }

    /// Makes the page's requests with `redirect: "error"`: every redirect is a network error,
    /// [`Blocked::RedirectError`]. It is the [redirect mode] `error`. Chromium lets the script read a
    /// redirect without `Location`; by the standard, as in Firefox, that is an error too.
    ///
    /// [`Blocked::RedirectError`]: crate::testing::Blocked::RedirectError
    /// [redirect mode]: https://fetch.spec.whatwg.org/#concept-request-redirect-mode
    #[must_use]
    pub fn with_redirect_error(mut self) -> Self {
        self.page.modes.redirect = Redirect::Error;
        self
    }

    /// Makes the page's requests with `redirect: "manual"`: no redirect is followed. It is the
    /// [redirect mode] `manual`.
    ///
    /// The script then gets an [opaque-redirect filtered response]: its status is 0, and it has no headers
    /// and no body. No [`http::Response`] can have the status 0, and there is nothing to read, so the
    /// outcome is [`Blocked::OpaqueRedirect`]. The redirect itself must pass the CORS check.
    ///
    /// [`Blocked::OpaqueRedirect`]: crate::testing::Blocked::OpaqueRedirect
    /// [redirect mode]: https://fetch.spec.whatwg.org/#concept-request-redirect-mode
    /// [opaque-redirect filtered response]: https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect
    #[must_use]
    pub fn with_redirect_manual(mut self) -> Self {
        self.page.modes.redirect = Redirect::Manual;
        self
    }

    /// Makes the page's requests with `cache: "no-store"`: they neither read nor write the cache of
    /// responses, and have `Cache-Control: no-cache` and `Pragma: no-cache`. It is the [cache mode]
    /// `no-store`.
    ///
    /// By the standard, this says nothing of preflights. Chromium and Firefox send one each time: see
    /// [`Engine`](crate::testing::Engine).
    ///
    /// [cache mode]: https://fetch.spec.whatwg.org/#concept-request-cache-mode
    #[must_use]
    pub fn with_no_store(mut self) -> Self {
        self.page.modes.no_store = true;
        self
    }

    /// Makes the page's requests with `mode: "same-origin"`: a request or redirect to another origin is a
    /// network error, [`Blocked::CrossOrigin`]. It is the [mode] `same-origin`.
    ///
    /// ```
    /// # use axum::{Router, routing::get};
    /// # use cors_runtime::testing::{Blocked, Browser};
    /// # use http::Request;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let mut app: Router = Router::new().route("/account", get(async || "yours"));
    /// let shop = Browser::at("https://shop.example.com").with_same_origin_mode();
    /// let own = Request::get("https://shop.example.com/account").body(String::new())?;
    /// assert!(shop.fetch(&mut app, own).await.is_ok());
    ///
    /// let other = Request::get("https://api.example.com/account").body(String::new())?;
    /// let blocked = shop.fetch(&mut app, other).await.unwrap_err();
    /// assert!(matches!(blocked, Blocked::CrossOrigin { .. }));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`Blocked::CrossOrigin`]: crate::testing::Blocked::CrossOrigin
    /// [mode]: https://fetch.spec.whatwg.org/#concept-request-mode
    #[must_use]
    pub fn with_same_origin_mode(mut self) -> Self {
        self.page.modes.same_origin = true;
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
