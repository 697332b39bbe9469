//! The browser that tests use.

mod cookies;
mod event_source;
mod forms;
mod options;
mod web_socket;

use std::error::Error;
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use tower_service::Service;

use super::blocked::Blocked;
use super::fetch::{Fetch, Next};
use super::modes::Initiator;
use super::page::Page;
use super::state::{SentPreflight, Shared};
use crate::policy::Policy;

pub use forms::OpaqueResponse;

/// A browser with a page, whose script makes requests to other origins.
///
/// It follows the [Fetch standard]: it sends a preflight if one is needed, follows redirects, checks each
/// response, and returns what a script may read. Time passes only in [`wait`](Self::wait).
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
/// Content security policies (also `upgrade-insecure-requests`), service workers, what an element makes of its
/// response (`Cross-Origin-Resource-Policy`, types), `Referer`, and the permission to access a local network.
/// Of `fetch`, the cache modes other than `default` and `no-store`; of a `WebSocket`, everything after the
/// handshake. Of cookies, what scripts do with them, `Partitioned`, and the blocking of third-party cookies:
/// Firefox and Safari keep or send fewer cookies across sites, whatever their `SameSite`. Where engines deviate
/// from the standard, it follows the standard; the exceptions are [listed](super#where-it-differs-from-engines).
///
/// A page on https may not call a service on http ([`Blocked::MixedContent`]), unless the service is on the
/// same machine: `localhost`, names under it, `127.0.0.1` and `[::1]`. If the origin of the page is `null`,
/// this is not known, so nothing is blocked. Browsers block it if the sandboxed frame is in a page on https.
/// By the standard, a page on `http://localhost` may not call http on another machine either; Chromium and
/// Firefox let it.
///
/// Its cache keeps no bodies, so every request reaches the service. If a browser or a shared cache would
/// have used a response that was stored for another page, and this page may not read that one, the page
/// is blocked with [`Blocked::Stored`]. [`Freshness`](super::Freshness) says for which reasons responses are
/// stored.
///
/// [Fetch standard]: https://fetch.spec.whatwg.org/
#[derive(Debug)]
pub struct Browser {
    page: Page,
    shared: Arc<Shared>,
}

impl Browser {
    /// A browser with a page on this origin, written as a browser serialises it:
    /// `https://shop.example.com`, `http://localhost:3000`, or `null` for an opaque origin such as that of
    /// a sandboxed frame.
    ///
    /// If the origin is written in any other way, every fetch of the page fails with [`Blocked::Page`].
    #[must_use]
    pub fn at(origin: &str) -> Self {
        let (page, shared) = (Page::at(origin), Arc::default());
        Self { page, shared }
    }

    /// Opens another page in the same browser. The pages share the clock, the cookies and the caches, like pages of one
    /// site, or any pages behind a shared cache.
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

    /// Lets time pass, so that cookies and entries in the caches expire.
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
    ///
    /// By default, this is the number that the Fetch standard asks for. Each engine sends more or fewer in some
    /// cases: see [`Engine`](super::Engine) and [`with_engine`](Self::with_engine).
    #[must_use]
    pub fn preflights_sent(&self) -> usize {
        self.shared.lock().sent.len()
    }

    /// The preflights that the pages of this browser have sent, in order.
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

    /// Does what `fetch(…)` in the page's script does. It returns the response with only the headers that
    /// the script may read, or why the script gets none.
    ///
    /// The service is called for the preflight too, with an empty body, and again for each redirect.
    /// Requests have an absolute URL and `Host`. As in browsers, headers that no script may set are dropped,
    /// and GET and HEAD have no body.
    ///
    /// # Errors
    ///
    /// [`Blocked`] says why a browser gives the script an error. Some errors are not about CORS: the service
    /// itself fails ([`Blocked::Service`]), a script cannot make the request ([`Blocked::Url`],
    /// [`Blocked::ForbiddenMethod`]), a redirect repeats the body ([`Blocked::Body`]), a page on https calls
    /// http ([`Blocked::MixedContent`]), or the page's options do not allow the request
    /// ([`Blocked::RedirectError`], [`Blocked::OpaqueRedirect`], [`Blocked::CrossOrigin`]).
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
        self.run_once(service, Initiator::Fetch, request).await
    }

    /// Like [`fetch`](Self::fetch), but with a body that can be sent several times. Redirects with 307 and
    /// 308 repeat it.
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
    /// The same as for [`fetch`](Self::fetch), except [`Blocked::Body`].
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
        let fetch = self.begin(Initiator::Fetch, request)?;
        let (response, _) = Self::run(service, fetch, || Some(body())).await?;
        Ok(response)
    }

    /// Makes all requests of a fetch.
    async fn run<'b, S, B, R>(
        service: &mut S,
        mut fetch: Fetch<'b>,
        mut body: impl FnMut() -> Option<B>,
    ) -> Result<(Response<R>, Fetch<'b>), Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        loop {
            let request = fetch.request()?;
            let body = if fetch.has_body() {
                body().ok_or_else(|| Blocked::Body {
                    access: fetch.access(),
                })?
            } else {
                B::default()
            };
            let response = send(service, request.map(|()| body)).await;
            let response = response.map_err(|error| {
                fetch.forget_preflights();
                let access = fetch.access();
                Blocked::Service { access, error }
            })?;
            let (mut parts, body) = response.into_parts();
            if fetch.receive(&mut parts)? == Next::Done {
                return Ok((Response::from_parts(parts, body), fetch));
            }
        }
    }

    /// Does what `fetch(…)` in the page's script does, for a policy without a service. The handler responds
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
    /// [`Blocked`] says why a browser gives the script an error.
    pub fn ask<B>(
        &self,
        policy: &'static Policy,
        request: &Request<B>,
    ) -> Result<Response<()>, Blocked> {
        let mut empty = Request::new(());
        *empty.method_mut() = request.method().clone();
        *empty.uri_mut() = request.uri().clone();
        *empty.headers_mut() = request.headers().clone();
        let mut fetch = self.begin(Initiator::Fetch, empty)?;
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

    fn begin(&self, initiator: Initiator, request: Request<()>) -> Result<Fetch<'_>, Blocked> {
        self.page.check()?;
        let (parts, ()) = request.into_parts();
        Fetch::new(&self.page, &self.shared, initiator, parts)
    }
}

/// Sends one request. The error is that of the service, with its sources.
async fn send<S, B>(service: &mut S, request: Request<B>) -> Result<S::Response, String>
where
    S: Service<Request<B>>,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let failed = |error: S::Error| {
        let error = error.into();
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text += ": ";
            text += &cause.to_string();
            source = cause.source();
        }
        text
    };
    poll_fn(|context| service.poll_ready(context))
        .await
        .map_err(failed)?;
    service.call(request).await.map_err(failed)
}
