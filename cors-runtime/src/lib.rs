//! CORS for Rust services: a policy in JSON, checked by `cargo build` and compiled into the binary.
//!
//! The policy is the `krakend.json` of a [KrakenD] gateway, a file of its own, or an object in the
//! Rust source. A mistake is a compile error. It shows the line, explains what a browser and KrakenD
//! would do with it, and says what to write:
//!
//! ```text
//! error: krakend.json:5:49: "https://app.example.com/" has a path; an origin has none
//!         --> krakend.json:5:49
//!          |
//!        5 |       "allow_origins": ["https://app.example.com/"],
//!          |                                                 ^ remove this
//!          |
//!          = note: `origin_with_path`: an origin ends after its host and port, without even a `/`. Browsers send no path in `Origin`, so the entry never matches
//!          = help: write "https://app.example.com"
//!          = help: https://docs.rs/cors-runtime/0.1.0/cors_runtime/findings/index.html#origin_with_path
//! ```
//!
//! [`findings`] lists all mistakes. A policy that compiles is data in the binary: nothing is parsed,
//! checked, allocated or locked at run time.
//!
//! # A complete service
//!
//! With axum; [`frameworks`](guides::frameworks) has snippets for others. `Cargo.toml`:
//!
//! ```toml
//! [dependencies]
//! axum = "0.8"
//! cors-runtime = { version = "0.1", features = ["tower"] }
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
//! ```
//!
//! `src/main.rs`:
//!
#![cfg_attr(feature = "tower", doc = "```no_run")]
#![cfg_attr(not(feature = "tower"), doc = "```ignore")]
//! use axum::{Router, routing::get};
//! use cors_runtime::{CorsLayer, Policy, cors_policy};
//!
//! // Or the gateway's file: cors_policy!("krakend.json")
//! static CORS: &Policy = cors_policy!({
//!     "allow_origins": ["https://app.example.com", "https://*.example.org"],
//!     "allow_methods": ["GET", "HEAD", "POST", "PUT"],
//!     "allow_headers": ["Authorization", "Content-Type"],
//!     "max_age": "2h",
//!     "allow_credentials": true,
//! });
//!
//! #[tokio::main]
//! async fn main() -> std::io::Result<()> {
//!     let app = Router::new()
//!         .route("/articles", get(async || "three articles"))
//!         .layer(CorsLayer::new(CORS));
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     axum::serve(listener, app).await
//! }
//! ```
//!
//! The feature `testing` provides [a browser for your own tests][browser]. It sends any service the
//! requests that a page would send, preflights included, and reports what the page's script gets or
//! why it is blocked. The service may use this crate's layer, another one, or none.
//!
//! The [`guides`] explain CORS, the migration from tower-http and from KrakenD, and deployment, and
//! answer common questions. One build can contain several policies, and
//! [choose one for its environment](guides::faq#one-image-for-every-environment) when it starts.
//!
//! If the file belongs to another team, [`within`](cors_policy!#the-most-that-a-service-accepts) in the
//! call limits what it may allow. [`Policy`] shows how to assert facts about the policy at compile time,
//! and how to review in a pull request what a change to the file allows.
//!
//! # Applying it
//!
//! With the feature `tower`, `CorsLayer::new(CORS)` is a layer for axum, tonic and everything else
//! built on tower. Without it, three calls do the same anywhere: [`Policy::decide`] on a request,
//! [`Decision::response`] for a preflight, [`Decision::apply`] on any other response.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//! use http::{Request, Response};
//!
//! # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["*"] });
//! fn guarded(request: Request<Vec<u8>>) -> Response<Vec<u8>> {
//!     let decision = CORS.decide(request.method(), request.headers());
//!     if let Some(response) = decision.response() {
//!         return response;
//!     }
//!     let mut response = handler(request);
//!     decision.apply(response.headers_mut());
//!     response
//! }
//! # fn handler(_: Request<Vec<u8>>) -> Response<Vec<u8>> { Response::default() }
//! # guarded(Request::default());
//! ```
//!
//! # What the service around it must do
//!
//! - It MUST NOT authenticate a request before the policy has seen it: a preflight carries no cookies
//!   and no `Authorization`.
//! - It MUST NOT send CORS headers of its own. Those of a proxied backend are replaced.
//! - Its handlers MUST protect what they do by other means. A simple request (GET, HEAD, or POST of a
//!   form) reaches them whatever the policy says; browsers only withhold the response from the script.
//! - Caches in front of it MUST honour `Vary`, which every response has. A cache may answer HEAD with
//!   a stored response to GET, so a policy SHOULD allow both methods or neither.
//!
//! Behind a gateway with the same policy, no header is doubled: KrakenD forwards no `Origin` unless
//! it is configured to, and a request without `Origin` gets no CORS headers.
//!
//! # Features
//!
//! All of them are off by default.
//!
//! - `tower`: `CorsLayer` and `Cors`.
//! - `tracing`: refused requests are logged at debug level, with the target `cors_runtime`. If a policy
//!   says `"debug": true`, all other requests are logged too.
//! - `testing`: [a browser][browser] for tests.
//!
//! # Where responses differ from KrakenD's
//!
//! Browsers reach the same verdict as with KrakenD, for every request that they can send. The
//! headers differ where KrakenD's are wasteful, less informative or weak. The tests of this project
//! compare thousands of recorded responses, and name each difference
//! (`tests/oracle/deviations.rs`):
//!
//! | name in the tests | KrakenD | this crate, and why |
//! | --- | --- | --- |
//! | `OriginCase` | ignores case | compares origins byte for byte, as the standard says |
//! | `SeveralOrigins` | the first `Origin` line decides, all are echoed | several lines are not an origin, so nothing is granted |
//! | `ForgedOrigin` | `*` matches any bytes | `*` matches only bytes that can occur in an origin, so `https://*.example.com` does not match `https://evil.test/.example.com` |
//! | `StarWithoutCredentials` | sends `*` with credentials | sends only `*`, where `allow(star_with_credentials)` permits it: browsers refuse the two together |
//! | `WholeMethodList` | echoes the requested method | sends the whole list: fewer preflights, nothing copied |
//! | `WholeHeaderList` | echoes the requested headers | sends the whole list, for the same reason |
//! | `AnyHeader` | echoes the requested headers | sends `*, authorization`, since `*` does not cover `Authorization` |
//! | `SoundEcho` | echoes anything | with credentials, echoes a list of names on one line, and only within [the limits of a list](Refusal::HeaderList) |
//! | `ReadsHeaderList` | refuses names that are unsorted, in upper case, or separated by two spaces | reads them as a list, whatever an intermediary made of it, within [the limits of a list](Refusal::HeaderList) |
//! | `SpeakingRefusal` | sends only `Vary` | a refused preflight has every header that is true of the policy, so the browser's console names the reason. If GET, HEAD or POST is refused, the origin is withheld, because browsers let these methods pass |
//! | `SeveralMethods` | the first line counts | a request with several `Access-Control-Request-Method` lines is not a preflight |
//! | `SeveralNetworks` | the first line counts | several `Access-Control-Request-Private-Network` lines request nothing |
//! | `NamesAsWritten` | changes the case of exposed names | sends names as the file spells them |
//! | `VaryOnOptions` | the whole `Vary` only on preflights | on every response to OPTIONS, so that no cache serves one for another |
//!
//! Where KrakenD crashes on a mistake in the file, or silently drops what it cannot read, the mistake is
//! a compile error here.
//!
//! # What this crate does not do
//!
//! It reads no configuration at run time, and it reads no templates: render them first. It never
//! rejects a request: CORS only tells browsers which responses scripts may read. It does not protect
//! against the requests themselves.
//!
//! [KrakenD]: https://www.krakend.io/docs/service-settings/cors/
#![cfg_attr(feature = "testing", doc = "[browser]: testing::Browser")]
#![cfg_attr(not(feature = "testing"), doc = "[browser]: #features")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod decide;
mod decision;
mod display;
mod header_names;
#[cfg(feature = "tracing")]
mod log;
mod matching;
mod parts;
mod policy;
mod refusal;
mod request;
mod response;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "tower")]
mod tower;

pub use crate::decision::{Actual, Decision, Preflight};
pub use crate::policy::Policy;
pub use crate::refusal::{Refusal, RefusedValue};
#[cfg(feature = "tower")]
pub use crate::tower::{
    Cors, CorsLayer, IgnoreRefusals, OnRefusal, RefusedRequest, ResponseFuture,
};

/// What [`cors_policy!`] expands to. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use ::core;
    pub use cors_macros::cors_policy;
    pub use http::HeaderValue;

    pub use crate::parts::{
        Group, Headers, Origins, Packed, Parts, Reach, Set, Suffix, Table, packed, status,
    };

    /// A policy from its parts.
    #[must_use]
    pub const fn policy(parts: Parts) -> crate::Policy {
        crate::Policy::new(parts)
    }

    /// Takes the place of the policy if there are errors, so that they are the only ones. It is never
    /// called, since they end the build.
    #[must_use]
    pub const fn refused() -> &'static crate::Policy {
        unreachable!()
    }
}

pub mod findings;

pub mod guides;

mod macros;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
