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
//!   above. A call goes through the whole service, so it also finds a layer in the wrong place:
//!   authentication that rejects preflights, an error response without CORS headers, a proxied backend
//!   that adds its own.
//! - **A policy without a service**: [`Browser::ask`].
//! - **How often browsers send a preflight**: [`Browser::preflights_sent`], after [`Browser::wait`]. It is the
//!   standard's number, or that of an [`Engine`].
//! - **Caches**: [`Browser::open`] opens another page that shares them, so a stored response without
//!   `Vary` reaches it. A response may be stored although it does not mention caches: see [`Freshness`].
//! - **A service that runs elsewhere**: any client that is a [`tower::Service`].
//!
//! # How far to trust it
//!
//! It follows the [Fetch standard], step by step. The tests of this project compare it with Chromium and
//! Firefox on the same calls, including the text in the console, and with what was measured in three
//! engines. Where engines deviate from the standard, it follows the standard: for example,
//! `Access-Control-Allow-Headers: *` does not cover `Authorization`, although it does in browsers. The exceptions
//! are below.
//!
//! [`tower::Service`]: tower_service::Service
//! [Fetch standard]: https://fetch.spec.whatwg.org/
#![doc = include_str!("differences.md")]

mod blocked;
mod browser;
mod console;
mod cors_check;
mod engine;
mod fetch;
mod help;
mod http_cache;
mod list;
mod page;
mod preflight_cache;
mod request_headers;
mod response_headers;
mod state;
mod urls;

pub use blocked::{Access, Blocked};
pub use browser::Browser;
pub use engine::Engine;
pub use http_cache::Freshness;
pub use preflight_cache::MaxAge;
pub use state::SentPreflight;
