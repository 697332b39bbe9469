//! A browser for tests of a service: what a page on another origin may read, or why it is blocked.
//!
//! Browsers enforce CORS, so most teams test it by hand, with a page and a console. [`Browser`] does
//! what browsers do, without a page and without a socket. It calls any [`tower::Service`] of [`http`]
//! types: one with this crate's layer, with another layer, or with none.
//!
//! ```toml
//! [dev-dependencies]
//! cors-runtime = { version = "0.1", features = ["testing"] }
//! ```
//!
//! ```
//! use axum::{Router, body::Body, routing::put};
//! use cors_runtime::testing::{Blocked, Browser};
//! use cors_runtime::{CorsLayer, Policy, cors_policy};
//! use http::Request;
//!
//! # /*
//! static CORS: &Policy = cors_policy!("krakend.json");
//! # */
//! # static CORS: &Policy = cors_policy!({
//! #     "allow_origins": ["https://shop.example.com"],
//! #     "allow_methods": ["GET", "HEAD", "POST", "PUT"],
//! #     "allow_headers": ["Content-Type"],
//! # });
//!
//! fn app() -> Router {
//!     Router::new()
//!         .route("/articles/1", put(async || ([("x-request-id", "7")], "stored")))
//!         .layer(CorsLayer::new(CORS))
//! }
//!
//! fn write() -> Request<Body> {
//!     Request::put("https://api.example.com/articles/1")
//!         .header("Content-Type", "application/json")
//!         .body(Body::from("{}"))
//!         .expect("a request")
//! }
//!
//! # /*
//! #[tokio::test]
//! # */
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() { the_shop_may_write_and_a_stranger_may_not().await.unwrap() }
//! async fn the_shop_may_write_and_a_stranger_may_not() -> Result<(), Blocked> {
//!     let shop = Browser::at("https://shop.example.com");
//!     let response = shop.fetch(&mut app(), write()).await?; // the preflight, too
//!     assert_eq!(response.status(), 200);
//!     // The policy does not expose it, so scripts do not see it.
//!     assert_eq!(response.headers().get("x-request-id"), None);
//!
//!     let stranger = Browser::at("https://evil.example");
//!     let blocked = stranger.fetch(&mut app(), write()).await.unwrap_err();
//!     assert!(matches!(blocked, Blocked::Origin { .. }), "{blocked}");
//!     Ok(())
//! }
//! ```
//!
//! The error of a blocked call says why, in the wording of Chromium's console, and what to change:
//!
//! ```text
//! Access to fetch at 'https://api.example.com/articles/1' from origin
//! 'https://shop.example.com' has been blocked by CORS policy: Request header field x-debug
//! is not allowed by Access-Control-Allow-Headers in preflight response.
//! help: add "x-debug" to `allow_headers`
//! ```
//!
//! # What to test
//!
//! - **What pages must be able to do**, and what pages on unknown origins must not: one call each, as
//!   above. A call goes through the whole service, so it also finds a layer in the wrong place, as below.
//! - **What happens although a page is blocked.** Browsers send GET, HEAD and a POST like that of a form
//!   without a preflight, so the handler runs. [`Blocked::was_handled`] says whether it may have run.
//!   Assert that it is `false` where a handler relies on the preflight.
//! - **Errors that scripts must be able to read**: a 401 without a token, a 404, a 500. A response that is
//!   made outside of the CORS layer has no CORS headers, and the script gets an error instead.
//! - **A policy without a service**: [`Browser::ask`].
//! - **How often browsers send a preflight**: [`Browser::preflights_sent`], after [`Browser::wait`]. It is the
//!   standard's number, or that of an [`Engine`].
//! - **Caches**: [`Browser::open`] opens another page that shares them, so a stored response without
//!   `Vary` reaches it. A response may be stored although it does not mention caches: see [`Freshness`].
//! - **What `fetch` has options for**: [`Browser::with_credentials`], [`Browser::without_credentials`],
//!   [`Browser::with_redirect_manual`], [`Browser::with_no_store`] and their neighbours.
//! - **Streams of events and WebSockets**: [`Browser::event_source`] and [`Browser::web_socket`]. CORS does not
//!   protect a WebSocket, so test that a stranger cannot open one.
//! - **Sessions**: responses set cookies, and later requests carry them. If the login works and the next
//!   call gets 401, [`Browser::blocked_cookies`] says why.
//! - **Forged requests**: [`Browser::submit`] and [`Browser::load`] make requests to which CORS does not
//!   apply. A service must reject a stranger's form itself.
//! - **A deployed service**: any client that is a [`tower::Service`] of [`http`] types. The guide
//!   [`staging`](crate::guides::staging) has one of hyper and one of reqwest.
//!
//! # A layer in the wrong place
//!
//! Browsers only say that `Access-Control-Allow-Origin` is missing. The status says more, and
//! [`Blocked::help`] goes by it: [`Access::status`].
//!
//! | status | what probably responded | where the CORS layer belongs |
//! | --- | --- | --- |
//! | 401, 403 | authentication, or a firewall. Preflights have no token and no cookie | outside authentication |
//! | 404 | the router: no route has the path, or the layer does not cover it | outside the router |
//! | 405 | the router: the route has no method OPTIONS | outside the router, not on a single route |
//! | 500 to 599 | the service after an error, or a proxy | outermost |
//! | 200 to 299 | the CORS layer, which does not allow the origin or the method. Or there is no layer | |
//!
//! ```
//! use axum::{Router, http::StatusCode, middleware, routing::put};
//! use cors_runtime::testing::{Blocked, Browser};
//! use cors_runtime::{CorsLayer, Policy, cors_policy};
//! # use axum::body::Body;
//! # use http::Request;
//!
//! # static CORS: &Policy = cors_policy!({
//! #     "allow_origins": ["https://shop.example.com"],
//! #     "allow_methods": ["GET", "HEAD", "POST", "PUT"],
//! #     "allow_headers": ["Authorization"],
//! # });
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), http::Error> {
//! # let write = Request::put("https://api.example.com/articles/1").body(Body::empty())?;
//! let authenticate = middleware::from_fn(async |_: axum::extract::Request, _: middleware::Next| {
//!     StatusCode::UNAUTHORIZED
//! });
//! let mut app = Router::new()
//!     .route("/articles/1", put(async || "stored"))
//!     .layer(CorsLayer::new(CORS))
//!     .layer(authenticate); // a mistake: the layer that is added last sees requests first
//!
//! let shop = Browser::at("https://shop.example.com");
//! let blocked = shop.fetch(&mut app, write).await.unwrap_err();
//! let access = blocked.access().expect("a request was sent");
//! assert!(access.preflight);
//! assert_eq!(access.status, Some(StatusCode::UNAUTHORIZED));
//! assert_eq!(
//!     blocked.help().as_deref(),
//!     Some(
//!         "authentication or a firewall responded to the preflight with 401 before the CORS layer: \
//!          a preflight has no token and no cookie, so it must reach the layer first. \
//!          Put the layer outside authentication"
//!     ),
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # How far to trust it
//!
//! It follows the [Fetch standard], step by step. The tests of this project compare it with Chromium and
//! Firefox on the same calls, including the text in the console, and with what was measured in three
//! engines. Where engines deviate from the standard, it follows the standard: for example,
//! `Access-Control-Allow-Headers: *` does not cover `Authorization`, although it does in browsers. Then
//! [`Blocked::help`] says so. The exceptions are below.
//!
//! [`tower::Service`]: tower_service::Service
//! [Fetch standard]: https://fetch.spec.whatwg.org/
#![doc = include_str!("differences.md")]

mod access;
mod blocked;
mod browser;
mod console;
mod cookies;
mod cors_check;
mod engine;
mod event_source;
mod fetch;
mod help;
mod http_cache;
mod list;
mod mixed_content;
mod modes;
mod page;
mod preflight_cache;
mod request_headers;
mod response_headers;
mod sites;
mod state;
mod urls;
mod web_socket;

pub use access::Access;
pub use blocked::Blocked;
pub use browser::{Browser, OpaqueResponse};
pub use cookies::{BlockedCookie, BlockedCookieReason, Cookie, SameSite};
pub use engine::Engine;
pub use http_cache::Freshness;
pub use modes::Initiator;
pub use preflight_cache::MaxAge;
pub use state::SentPreflight;
