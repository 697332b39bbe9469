//! The cookies of a browser.

use super::Browser;
use crate::testing::cookies::{BlockedCookie, Cookie};

impl Browser {
    /// The cookies that the browser keeps and that have not expired, in the order in which they were set.
    ///
    /// Responses set them, if the request includes credentials: [`fetch`](Self::fetch) on a page
    /// [`with_credentials`](Self::with_credentials) or to the page's own origin, [`submit`](Self::submit), and
    /// [`load`](Self::load). Preflights neither set nor carry cookies. All pages of the browser share them.
    ///
    /// ```
    /// use cors_runtime::testing::Browser;
    /// use cors_runtime::{CorsLayer, Policy, cors_policy};
    /// use http::{HeaderMap, Request, StatusCode};
    /// # use axum::{Router, body::Body, routing::{get, post}};
    ///
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://app.example.com"],
    ///     "allow_headers": ["Content-Type"],
    ///     "allow_credentials": true,
    /// });
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let session = "session=42; Secure; HttpOnly; SameSite=Lax; Path=/";
    /// let login = post(async move || ([("set-cookie", session)], "welcome"));
    /// let me = get(async |headers: HeaderMap| match headers.get("cookie") {
    ///     Some(_) => StatusCode::OK,
    ///     None => StatusCode::UNAUTHORIZED,
    /// });
    /// let mut app = Router::new()
    ///     .route("/login", login)
    ///     .route("/me", me)
    ///     .layer(CorsLayer::new(CORS));
    /// let log_in = Request::post("https://api.example.com/login").body(Body::empty())?;
    /// let me = || Request::get("https://api.example.com/me").body(Body::empty());
    ///
    /// // Another origin of the same site.
    /// let page = Browser::at("https://app.example.com").with_credentials();
    /// assert_eq!(page.fetch(&mut app, me()?).await?.status(), 401);
    /// page.fetch(&mut app, log_in).await?;
    /// assert_eq!(page.fetch(&mut app, me()?).await?.status(), 200);
    ///
    /// let [session] = &page.cookies()[..] else { panic!("one cookie") };
    /// assert!(session.secure && session.http_only);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn cookies(&self) -> Vec<Cookie> {
        let state = self.shared.lock();
        state.cookies.cookies(state.now)
    }

    /// The cookies that the browser did not keep, and those that it did not send with a request to their own
    /// host and path, in order. If a login works and the next call gets 401, the reason is here.
    #[must_use]
    pub fn blocked_cookies(&self) -> Vec<BlockedCookie> {
        self.shared.lock().cookies.blocked.clone()
    }
}
