//! The browser, as tests use it.

use std::error::Error;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Request, Response};
use tower_service::Service;

use super::blocked::Blocked;
use super::fetch::{Fetch, Next};
use super::page::Page;
use super::state::{SentPreflight, Shared};
use crate::policy::Policy;

/// A browser with a page, whose script makes requests to other origins.
///
/// It does what the [Fetch standard] says: sends a preflight where one is needed, follows
/// redirects, checks each response, and hands on what a script may read. Time passes only when a
/// test says so.
///
/// ```
/// use cors_runtime::testing::{Blocked, Browser};
/// use cors_runtime::{CorsLayer, Policy, cors_policy};
/// use http::Request;
/// # use axum::{Router, routing::get};
///
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://shop.example.com"],
///     "allow_methods": ["GET", "HEAD", "POST", "PUT"],
///     "allow_headers": ["Content-Type"],
/// });
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mut app = Router::new().route("/articles/1", get("one").put("done")).layer(CorsLayer::new(CORS));
/// let write = || {
///     Request::put("https://api.example.com/articles/1")
///         .header("Content-Type", "application/json")
///         .body("{}".to_owned())
/// };
///
/// let shop = Browser::at("https://shop.example.com");
/// let response = shop.fetch(&mut app, write()?).await?;
/// assert_eq!(response.status(), 200);
/// assert_eq!(shop.preflights_sent(), 1);
///
/// let stranger = Browser::at("https://evil.example");
/// let blocked = stranger.fetch(&mut app, write()?).await.unwrap_err();
/// assert!(matches!(blocked, Blocked::Origin { .. }), "{blocked}");
/// # Ok(())
/// # }
/// ```
///
/// # What it leaves out
///
/// What has nothing to do with CORS: cookies that a response sets, mixed content, content security
/// policies, service workers, and the permission to reach a local network. Where engines leave the
/// standard, it follows the standard, unless a method says otherwise.
///
/// Its cache keeps no bodies, so every response comes from the service. Where a browser, or a shared cache,
/// would have given the page the response to another page instead, the page is blocked: [`Blocked::Stored`].
///
/// [Fetch standard]: https://fetch.spec.whatwg.org/
#[derive(Debug)]
pub struct Browser {
    page: Page,
    shared: Arc<Shared>,
}

impl Browser {
    /// A browser with a page of this origin, as browsers serialise it:
    /// `https://shop.example.com`, `http://localhost:3000`, or `null` for an opaque one, such as
    /// that of a sandboxed frame.
    ///
    /// Every fetch of a page whose origin is not written so ends in [`Blocked::Page`].
    #[must_use]
    pub fn at(origin: &str) -> Self {
        let (page, shared) = (Page::at(origin), Arc::default());
        Self { page, shared }
    }

    /// Another page in the same browser. They share the time and the caches, as pages of one site
    /// do, and as all pages do behind a shared cache.
    ///
    /// ```
    /// # use cors_runtime::testing::Browser;
    /// let shop = Browser::at("https://shop.example.com");
    /// let with_cookies = shop.open("https://shop.example.com").with_credentials();
    /// ```
    #[must_use]
    pub fn open(&self, origin: &str) -> Self {
        let (page, shared) = (Page::at(origin), Arc::clone(&self.shared));
        Self { page, shared }
    }

    /// The page makes its requests in the credentials mode `include`. Without this, it is
    /// `same-origin`, as is usual for `fetch`.
    #[must_use]
    pub fn with_credentials(mut self) -> Self {
        self.page.credentials = true;
        self
    }

    /// Requests with credentials carry this cookie, and so do those to the page's own origin.
    /// Preflights never do.
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

    /// The script listens to the progress of uploads, so that every request needs a preflight:
    /// the [use-CORS-preflight flag].
    ///
    /// [use-CORS-preflight flag]: https://fetch.spec.whatwg.org/#use-cors-preflight-flag
    #[must_use]
    pub fn with_upload_listener(mut self) -> Self {
        self.page.watches_uploads = true;
        self
    }

    /// The page is in a public network and the service in a private one, and the browser follows the draft of
    /// [Private Network Access]: every request needs a preflight, which asks for access. No
    /// current browser does so.
    ///
    /// [Private Network Access]: https://wicg.github.io/private-network-access/
    #[must_use]
    pub fn with_private_network_access(mut self) -> Self {
        self.page.private_network = true;
        self
    }

    /// The browser keeps no preflight for longer than this, whatever the response says. It is two hours unless
    /// changed, as in Chromium; Firefox keeps it for 24 hours and Safari for ten minutes.
    #[must_use]
    pub fn with_preflight_limit(self, limit: Duration) -> Self {
        self.shared.lock().preflights.limit = limit;
        self
    }

    /// Lets time pass, in which caches forget.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use cors_runtime::testing::Browser;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://shop.example.com"], "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    /// #     "allow_headers": ["Content-Type"], "max_age": "10m",
    /// # });
    /// let shop = Browser::at("https://shop.example.com");
    /// let save = http::Request::put("https://api.example.com/articles/1").body(())?;
    /// shop.ask(CORS, &save)?;
    /// shop.ask(CORS, &save)?;
    /// assert_eq!(shop.preflights_sent(), 1); // `max_age` is ten minutes
    ///
    /// shop.wait(Duration::from_secs(600));
    /// shop.ask(CORS, &save)?;
    /// assert_eq!(shop.preflights_sent(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wait(&self, time: Duration) {
        let mut state = self.shared.lock();
        state.now = state.now.saturating_add(time);
    }

    /// How many preflights the pages of this browser have sent.
    #[must_use]
    pub fn preflights_sent(&self) -> usize {
        self.shared.lock().sent.len()
    }

    /// The preflights that the pages of this browser have sent, the first one first.
    ///
    /// ```
    /// # use cors_runtime::testing::Browser;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://shop.example.com"], "allow_headers": ["X-Debug"] });
    /// let shop = Browser::at("https://shop.example.com");
    /// let read = http::Request::get("https://api.example.com/articles").header("X-Debug", "1").body(())?;
    /// shop.ask(CORS, &read)?;
    ///
    /// let [preflight] = &shop.preflights()[..] else { panic!("one preflight") };
    /// assert_eq!(preflight.headers, ["x-debug"]);
    /// assert_eq!(
    ///     preflight.max_age.to_string(),
    ///     "kept for 5 seconds, as there is no 'Access-Control-Max-Age' header",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn preflights(&self) -> Vec<SentPreflight> {
        self.shared.lock().sent.clone()
    }

    /// What `fetch(…)` in the page's script comes to: the response with the headers that the script
    /// may read, or why there is none.
    ///
    /// The service is called for the preflight too, with an empty body, and again for each redirect.
    /// Requests have an absolute URL and `Host`, as over HTTP/2. Headers that no script may set are dropped,
    /// and GET and HEAD are sent without a body, as browsers do.
    ///
    /// # Errors
    ///
    /// [`Blocked`] says why a browser gives the script an error. There is one also where the service
    /// fails ([`Blocked::Service`]), where the request is none of a script ([`Blocked::Url`]), and where a redirect asks
    /// for the body again ([`Blocked::Body`]).
    pub async fn fetch<S, B, R>(
        &self,
        service: &mut S,
        request: Request<B>,
    ) -> Result<Response<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        let (parts, body) = request.into_parts();
        let mut body = Some(body);
        self.run(service, Request::from_parts(parts, ()), || body.take())
            .await
    }

    /// As [`fetch`](Self::fetch), with a body that can be sent several times, as redirects with 307 and 308
    /// ask for.
    ///
    /// ```
    /// # use axum::{Router, response::Redirect, routing::put};
    /// # use cors_runtime::testing::Browser;
    /// # use cors_runtime::{CorsLayer, Policy, cors_policy};
    /// # use http::Request;
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://shop.example.com"], "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut app = Router::new()
    ///     .route("/old", put(async || Redirect::temporary("/new")))
    ///     .route("/new", put(async |body: String| body))
    ///     .layer(CorsLayer::new(CORS));
    /// let shop = Browser::at("https://shop.example.com");
    /// let save = Request::put("https://api.example.com/old").body(())?;
    /// let response = shop.fetch_with(&mut app, save, || "an article".to_owned()).await?;
    /// assert_eq!(response.headers()["content-length"], "10");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As those of [`fetch`](Self::fetch), but for [`Blocked::Body`].
    pub async fn fetch_with<S, B, R>(
        &self,
        service: &mut S,
        request: Request<()>,
        mut body: impl FnMut() -> B,
    ) -> Result<Response<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        self.run(service, request, || Some(body())).await
    }

    async fn run<S, B, R>(
        &self,
        service: &mut S,
        request: Request<()>,
        mut body: impl FnMut() -> Option<B>,
    ) -> Result<Response<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        let mut fetch = self.begin(request)?;
        loop {
            let request = fetch.request()?;
            let body = if fetch.has_body() {
                body().ok_or_else(|| Blocked::Body {
                    access: fetch.access(),
                })?
            } else {
                B::default()
            };
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(|error| failed(&fetch, error))?;
            let response = service.call(request.map(|()| body)).await;
            let response = response.map_err(|error| failed(&fetch, error))?;
            let (mut parts, body) = response.into_parts();
            if fetch.receive(&mut parts)? == Next::Done {
                return Ok(Response::from_parts(parts, body));
            }
        }
    }

    /// What `fetch(…)` in the page's script comes to under a policy, with a handler that responds
    /// to every request with an empty 200.
    ///
    /// ```
    /// # use cors_runtime::testing::{Blocked, Browser};
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://shop.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::get("https://api.example.com/articles").body(())?;
    /// assert!(Browser::at("https://shop.example.com").ask(CORS, &request).is_ok());
    /// assert!(Browser::at("https://evil.example").ask(CORS, &request).is_err());
    /// # Ok::<(), http::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Whatever makes a browser give the script an error.
    pub fn ask<B>(
        &self,
        policy: &'static Policy,
        request: &Request<B>,
    ) -> Result<Response<()>, Blocked> {
        let mut asked = Request::new(());
        *asked.method_mut() = request.method().clone();
        *asked.uri_mut() = request.uri().clone();
        *asked.headers_mut() = request.headers().clone();
        let mut fetch = self.begin(asked)?;
        loop {
            let request = fetch.request()?;
            let decision = policy.decide(request.method(), request.headers());
            let response = decision.response().unwrap_or_else(|| {
                let mut response = Response::new(());
                decision.apply(response.headers_mut());
                response
            });
            let (mut parts, ()) = response.into_parts();
            if fetch.receive(&mut parts)? == Next::Done {
                return Ok(Response::from_parts(parts, ()));
            }
        }
    }

    fn begin(&self, request: Request<()>) -> Result<Fetch<'_>, Blocked> {
        self.page.check()?;
        let (parts, ()) = request.into_parts();
        Fetch::new(&self.page, &self.shared, parts)
    }
}

fn failed(fetch: &Fetch<'_>, error: impl Into<Box<dyn Error + Send + Sync>>) -> Blocked {
    let error = error.into();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text += ": ";
        text += &cause.to_string();
        source = cause.source();
    }
    fetch.forget_preflights();
    let access = fetch.access();
    Blocked::Service {
        access,
        error: text,
    }
}
