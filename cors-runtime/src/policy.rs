//! A compiled policy.

use std::time::Duration;

use http::StatusCode;

use crate::matching::bytes::{is_token, same};
use crate::matching::{is_listed, is_listed_in_any_case};
use crate::parts::{Group, Headers, Origins, Parts};

/// A CORS policy, checked and compiled from a KrakenD configuration by
/// [`cors_policy!`](crate::cors_policy).
///
/// A policy is data in the binary: making one costs nothing at run time, and the only way to make
/// one is the macro, so a policy is always a right one. [`Display`](std::fmt::Display) prints what
/// it allows, one setting a line.
///
/// ```
/// use cors_runtime::{Policy, cors_policy};
///
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://app.example.com", "https://*.example.org"],
///     "allow_methods": ["GET", "POST", "PUT"],
///     "allow_headers": ["Content-Type"],
///     "max_age": "10m",
/// });
///
/// const MAX_AGE: Option<std::time::Duration> = CORS.max_age();
/// assert_eq!(MAX_AGE, Some(std::time::Duration::from_secs(600)));
/// assert!(CORS.allow_origins().any(|origin| origin == "https://*.example.org"));
/// println!("{CORS}");
/// ```
pub struct Policy {
    pub(crate) parts: Parts,
}

impl Policy {
    pub(crate) const fn new(parts: Parts) -> Self {
        Self { parts }
    }

    /// Whether an origin may read responses.
    ///
    /// For what browsers do not guard by CORS but a service should by the same list, such as the
    /// handshake of a WebSocket ([RFC 6455, section 10.2]); and, like the other questions here, for
    /// assertions at compile time.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://app.example.com", "https://*.example.org"],
    ///     "allow_headers": ["Content-Type"],
    /// });
    ///
    /// const _: () = assert!(CORS.allows_origin("https://shop.example.org"));
    /// const _: () = assert!(!CORS.allows_origin("https://example.net"));
    /// ```
    ///
    /// [RFC 6455, section 10.2]: https://www.rfc-editor.org/rfc/rfc6455#section-10.2
    #[must_use]
    #[inline]
    pub const fn allows_origin(&self, origin: &str) -> bool {
        self.parts.allow_origins.allow(origin.as_bytes())
    }

    /// Whether an actual request may have the method. Methods are case-sensitive, and OPTIONS always
    /// may, as with KrakenD.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://app.example.com"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// const _: () = assert!(CORS.allows_method("POST") && !CORS.allows_method("PUT"));
    /// ```
    #[must_use]
    pub const fn allows_method(&self, method: &str) -> bool {
        self.allows_method_bytes(method.as_bytes())
    }

    #[inline]
    pub(crate) const fn allows_method_bytes(&self, method: &[u8]) -> bool {
        is_listed(self.parts.allow_methods, method) || same(method, b"OPTIONS")
    }

    /// Whether scripts may send a request header, in any case. Where all are allowed, every header
    /// name is. CORS-safelisted request headers are sent without asking, also if they are not listed.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://app.example.com"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// const _: () = assert!(CORS.allows_header("content-type") && !CORS.allows_header("x-debug"));
    /// ```
    #[must_use]
    pub const fn allows_header(&self, name: &str) -> bool {
        self.parts.allow_headers.allow(name.as_bytes())
    }

    /// Whether scripts may read a response header, in any case: one that is exposed or
    /// [CORS-safelisted]. `*`, which the macro lets pass without credentials alone, exposes all but
    /// `Set-Cookie`.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://app.example.com"],
    ///     "allow_headers": ["Content-Type"],
    ///     "expose_headers": ["X-Request-Id"],
    /// });
    ///
    /// const _: () = assert!(CORS.exposes_header("x-request-id") && CORS.exposes_header("Expires"));
    /// const _: () = assert!(!CORS.exposes_header("ETag"));
    /// ```
    ///
    /// [CORS-safelisted]: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
    #[must_use]
    pub const fn exposes_header(&self, name: &str) -> bool {
        const SAFELISTED: &[&str] = &[
            "cache-control",
            "content-language",
            "content-length",
            "content-type",
            "expires",
            "last-modified",
            "pragma",
        ];
        let name = name.as_bytes();
        if is_listed_in_any_case(&["set-cookie", "set-cookie2"], name) {
            return false;
        }
        let exposed = self.parts.expose_headers;
        let all = is_listed(exposed, b"*") && is_token(name);
        all || is_listed_in_any_case(exposed, name) || is_listed_in_any_case(SAFELISTED, name)
    }

    /// The origins that may read responses: `*`, or exact ones in file order and then patterns with
    /// a `*` inside.
    pub fn allow_origins(&self) -> impl Iterator<Item = &'static str> + '_ {
        let (any, exact, patterns): (_, _, &[Group]) = match &self.parts.allow_origins {
            Origins::Any => (Some("*"), None, &[]),
            Origins::Listed { exact, patterns } => (None, Some(exact), patterns),
        };
        let exact = exact.into_iter().flat_map(|exact| exact.iter());
        let patterns = patterns.iter().flat_map(|group| group.texts.iter());
        any.into_iter().chain(exact).chain(patterns)
    }

    /// The methods that actual requests may have. OPTIONS passes even if it is not among them, as
    /// with KrakenD.
    #[must_use]
    pub const fn allow_methods(&self) -> &'static [&'static str] {
        self.parts.allow_methods
    }

    /// The request headers that scripts may send, in lower case and sorted; `*` alone where all are
    /// allowed.
    #[must_use]
    pub const fn allow_headers(&self) -> &'static [&'static str] {
        match &self.parts.allow_headers {
            Headers::Any => &["*"],
            Headers::Listed { sorted, .. } => sorted,
        }
    }

    /// The response headers that scripts may read, besides the CORS-safelisted ones.
    #[must_use]
    pub const fn expose_headers(&self) -> &'static [&'static str] {
        self.parts.expose_headers
    }

    /// How long a browser may cache the response to a preflight. `None`: no header is sent, and
    /// browsers take 5 seconds; zero: they cache nothing.
    #[must_use]
    pub const fn max_age(&self) -> Option<Duration> {
        match self.parts.max_age {
            Some((seconds, _)) => Some(Duration::from_secs(seconds)),
            None => None,
        }
    }

    /// Whether requests with credentials (cookies, client certificates, logins kept by the
    /// browser) may read responses.
    #[must_use]
    pub const fn allow_credentials(&self) -> bool {
        self.parts.allow_credentials
    }

    /// Whether `Access-Control-Request-Private-Network` is granted.
    #[must_use]
    pub const fn allow_private_network(&self) -> bool {
        self.parts.allow_private_network
    }

    /// Whether granted requests are logged too, with the feature `tracing`.
    #[must_use]
    pub const fn debug(&self) -> bool {
        self.parts.debug
    }

    /// Whether preflights go on to the handler, which then responds.
    #[must_use]
    pub const fn options_passthrough(&self) -> bool {
        self.parts.options_passthrough
    }

    /// The status of the response to a preflight, 200 to 299.
    #[must_use]
    pub const fn options_success_status(&self) -> StatusCode {
        self.parts.options_success_status
    }
}
