//! A CORS policy that is compiled from the configuration of a [KrakenD] gateway and applied to
//! [`http`] types.
//!
//! ```
//! use cors_runtime::{Policy, cors_policy};
//!
//! # /*
//! static CORS: &Policy = cors_policy!("krakend.json");
//! # */
//! # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["*"] });
//! ```
//!
//! A mistake in the file is a compile error that shows the line of JSON, says what a browser and
//! KrakenD make of it, and how to write it; [`findings`] lists them all. A file that compiles is
//! data in the binary: nothing is parsed, checked, allocated or locked at run time.
//!
//! The feature `testing` has [a browser for your own tests][browser]: it makes the requests of a page,
//! preflights included, and says what the page's script gets, or why it is blocked. It works with
//! any service, under this crate's layer or another.
//!
//! The [`guides`] explain the rest: CORS itself, how to come from tower-http, what to mind in
//! production, and what people ask.
//!
//! [`Policy`] shows how to assert at compile time what must stay true of a policy, and how to see in
//! a pull request what a change of the file allows.
//!
//! # Applying it
//!
//! With the feature `tower`, `CorsLayer::new(CORS)` is a layer for axum, tonic and whatever else
//! is built on tower. Without it, three calls do the same anywhere: [`Policy::decide`] on a
//! request, [`Decision::response`] for a preflight, [`Decision::apply`] on any other response.
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
//! - It MUST NOT authenticate before the policy has seen the request: a preflight carries no
//!   cookies and no `Authorization`.
//! - It MUST NOT send CORS headers of its own; a proxied backend's are replaced.
//! - Its handlers MUST protect what they do by other means: a simple request (GET, HEAD, or a
//!   POST of a form) reaches them whatever the policy says, and only its response is withheld.
//! - Caches in front MUST honour `Vary`, which every response has. A stored response to GET may
//!   serve HEAD, so a policy SHOULD allow both methods or neither.
//!
//! Behind a gateway with the same policy nothing is doubled: KrakenD forwards no `Origin` unless
//! told to, and to requests without `Origin` no CORS headers are sent.
//!
//! # Features
//!
//! - `tower`: `CorsLayer` and `Cors`. Off unless asked for.
//! - `tracing`: refused requests are logged at debug level, with the target `cors_runtime`, and all
//!   others too where a policy says `"debug": true`. Off unless asked for.
//! - `testing`: [a browser][browser], for tests. Off unless asked for.
//!
//! # Where responses differ from KrakenD's
//!
//! For every request that a browser can send, the browser reaches the same verdict as with
//! KrakenD. The responses themselves differ where KrakenD's are wasteful, tell less than they could,
//! or are weak; the tests of this project compare thousands of recorded ones, and each difference
//! has its name there (`tests/oracle/deviations.rs`):
//!
//! | test's name | KrakenD | here, and why |
//! | --- | --- | --- |
//! | `OriginCase` | ignores case | origins are compared byte for byte, as the standard says |
//! | `SeveralOrigins` | the first `Origin` line decides, all are echoed | several lines are no origin |
//! | `ForgedOrigin` | `*` stands for any bytes | `*` stands for bytes that can be in an origin, so `https://evil.test/.example.com` is not `https://*.example.com` |
//! | `StarWithoutCredentials` | sends `*` with credentials | `*` alone, where that is allowed by name: browsers refuse the two together |
//! | `WholeMethodList` | echoes the method that was asked for | all methods: fewer preflights, nothing copied |
//! | `WholeHeaderList` | echoes the names that were asked for | all names, for the same reason |
//! | `AnyHeader` | echoes the names | `*, authorization`, since `*` alone does not cover `Authorization` |
//! | `SoundEcho` | echoes anything | with credentials a list of names is echoed, of up to 16 lines and 64 KiB, on one line, and nothing else |
//! | `ReadsHeaderList` | refuses names out of order, in upper case, with two spaces | they are read as a list, however an intermediary left it |
//! | `SpeakingRefusal` | `Vary` alone | a refused preflight says what is true, so the browser's console names the reason; where GET, HEAD or POST is refused, the origin is withheld, as browsers would let them pass |
//! | `SeveralMethods` | the first line counts | several `Access-Control-Request-Method` lines are no preflight |
//! | `SeveralNetworks` | the first line counts | several `Access-Control-Request-Private-Network` lines ask for nothing |
//! | `NamesAsWritten` | changes the case of exposed names | names are sent as the file has them |
//! | `VaryOnOptions` | the whole `Vary` on preflights alone | on every response to OPTIONS, so that no cache serves one for another |
//!
//! Mistakes in the file are compile errors where KrakenD crashes, or drops what it cannot read.
//!
//! # What this crate does not do
//!
//! It reads no configuration at run time, and no templates: render them first. It refuses no
//! service to anyone: CORS tells browsers what scripts may read, and is no protection against
//! requests as such.
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

/// What expansions of [`cors_policy!`] are made of. No part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use ::core;
    pub use cors_macros::cors_policy;
    pub use http::HeaderValue;

    pub use crate::parts::{
        Group, Headers, Origins, Packed, Parts, Reach, Set, Table, packed, status,
    };

    /// The policy of these parts.
    #[must_use]
    pub const fn policy(parts: Parts) -> crate::Policy {
        crate::Policy::new(parts)
    }

    /// Stands where a policy would if there were no errors. Nothing ever calls it: the errors end
    /// the build.
    #[must_use]
    pub const fn refused() -> &'static crate::Policy {
        unreachable!()
    }
}

#[doc = include_str!("findings.md")]
pub mod findings {}

pub mod guides;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// Compiles a KrakenD configuration into a `&'static` [`Policy`].
///
/// ```text
/// cors_policy!("krakend.json")
/// cors_policy!("krakend.json", allow(name, …), warn(name, …), deny(name, …))
/// cors_policy!(concat!(env!("OUT_DIR"), "/krakend.json"))
/// cors_policy!({ "allow_origins": ["https://app.example.com"], … })
/// ```
///
/// An expression of type `&'static Policy` for `static`, `const` and function bodies.
///
/// # The file
///
/// A path is looked for beside `Cargo.toml` of the calling crate, then beside the calling source
/// file. A documentation test sees the `Cargo.toml` of the crate that it documents. Older versions of
/// rust-analyzer do not know where the source file is, and find only what is beside `Cargo.toml`.
///
/// cargo builds again when the file changes. It compares times, as it does for source files, so it
/// does not notice that a file is replaced by an *older* one, for example by a copy that keeps its
/// time. Where the configuration depends on the environment, do not exchange the file: write one for
/// each, and choose. Then all of them are checked in every build.
///
/// ```
/// # mod recipe {
/// # use cors_runtime::Policy;
/// # macro_rules! cors_policy { ($file:literal) => { cors_runtime::cors_policy!({ "allow_origins": [], "allow_headers": [] }, allow(no_origins)) } }
/// static CORS: &Policy = if cfg!(feature = "staging") {
///     cors_policy!("staging.json")
/// } else {
///     cors_policy!("krakend.json")
/// };
/// # }
/// ```
///
/// A path can also be made of string literals, `concat!` and `env!`, nested as you like; cargo builds
/// again when a variable changes. So a build script can render KrakenD's templates:
///
/// ```no_run
/// // build.rs
/// use std::path::Path;
/// use std::process::Command;
///
/// fn main() {
///     println!("cargo::rerun-if-changed=gateway");
///     let folder = std::env::var_os("OUT_DIR").expect("cargo sets it");
///     let status = Command::new("krakend")
///         .args(["check", "-c", "gateway/krakend.tmpl"])
///         .env("FC_ENABLE", "1")
///         .env("FC_OUT", Path::new(&folder).join("krakend.json"))
///         .status()
///         .expect("krakend is installed");
///     assert!(status.success(), "krakend refuses the templates");
/// }
/// ```
///
/// ```text
/// static CORS: &Policy = cors_policy!(concat!(env!("OUT_DIR"), "/krakend.json"));
/// ```
///
/// The policy is `security/cors`, or in older files `github_com/devopsfaith/krakend-cors`, in the
/// `extra_config` of the root:
///
/// ```json
/// {
///   "version": 3,
///   "extra_config": {
///     "security/cors": {
///       "allow_origins": ["https://app.example.com", "https://*.example.org"],
///       "allow_methods": ["GET", "HEAD", "POST", "PUT"],
///       "allow_headers": ["Authorization", "Content-Type"],
///       "expose_headers": ["X-Request-Id"],
///       "max_age": "2h",
///       "allow_credentials": true
///     }
///   }
/// }
/// ```
///
/// | setting | value | if it is missing |
/// | --- | --- | --- |
/// | `allow_origins` | `"*"`, origins, or origins with one `*` inside | everyone, with a warning |
/// | `allow_methods` | methods in upper case | GET, HEAD and POST |
/// | `allow_headers` | request headers, or `"*"` | all, with a warning |
/// | `expose_headers` | response headers, or `"*"` | the safelisted ones alone |
/// | `max_age` | numbers with units of ns, us, µs, ms, s, m, h: `"12h"`, `"1h30m"` | browsers take 5 seconds |
/// | `allow_credentials` | `true` or `false` | `false` |
/// | `allow_private_network` | `true` or `false` | `false` |
/// | `options_passthrough` | `true` or `false`: preflights go on to the handler | `false` |
/// | `options_success_status` | 200 to 299 | 204 |
/// | `debug` | `true` or `false`: log granted requests too, with the feature `tracing` | `false` |
///
/// The `*` of an origin stands for any characters that can be there in an origin, dots included, and
/// for none, as in KrakenD: `https://app*.example.com` matches `https://app.example.com` too. It does
/// not stand for the dot beside it, so `https://*.example.com` does not match `https://example.com`.
///
/// Keys that begin with `@`, `$`, `_` or `#` are comments. A part that templates include as the
/// root's `extra_config` is read too.
///
/// The policy is compared with the `endpoints` of the same file: a method, a request header, a token
/// or a cookie that an endpoint needs and browsers cannot send is a warning, as are CORS headers
/// that a backend adds to those of the gateway. Nothing else of an endpoint is checked, and nothing
/// of it is in the policy. Headers that browsers, proxies or the gateway itself set are left out. If
/// an endpoint is not for pages of other origins, `allow(endpoint_method_not_allowed)` or the name
/// that the warning shows accepts it.
///
/// # The object in the call
///
/// The CORS object can stand in the Rust source itself, with a comma after the last element if
/// you like. Mistakes are shown at its tokens.
///
/// ```
/// use cors_runtime::{Policy, cors_policy};
///
/// const CORS: &Policy = cors_policy!({
///     "allow_origins": ["*"],
///     "allow_headers": ["Content-Type"],
/// });
/// assert!(!CORS.allow_credentials());
/// ```
///
/// # Errors
///
/// All mistakes are reported in one build, in file order. [`findings`](crate::findings) lists them
/// with their levels. Warnings appear as the compiler's lint `deprecated`, which is what stable
/// Rust lets a macro use, also in a crate that allows this lint; `-D warnings` makes them errors.
/// What is denied can be accepted by name:
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// // Every site may use the visitor's cookies here, and the author knows.
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://*"],
///     "allow_headers": ["Content-Type"],
///     "allow_credentials": true,
/// }, allow(any_origin_with_credentials));
/// ```
///
/// ```compile_fail
/// # use cors_runtime::{Policy, cors_policy};
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://*"],
///     "allow_headers": ["Content-Type"],
///     "allow_credentials": true,
/// });
/// ```
#[macro_export]
macro_rules! cors_policy {
    ($($input:tt)*) => {
        $crate::__private::cors_policy!($crate, $($input)*)
    };
}
