//! A compiled policy.

use std::slice;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::decision::Decision;
use crate::parts::{Group, Headers, Origins, Parts, Table, UsualMethods, Vary};
use crate::pattern::LONGEST;

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
    /// How many headers the answer to a preflight has where all is granted.
    pub(crate) preflight_len: usize,
    /// No longer text is an origin that is allowed.
    longest_origin: usize,
    success_status: StatusCode,
}

impl Policy {
    pub(crate) const fn new(parts: Parts) -> Self {
        // The origin, the methods and the names always; the others as configured.
        let preflight_len = 3
            + parts.allow_credentials as usize
            + parts.max_age_value.is_some() as usize
            + !matches!(parts.preflight_vary, Vary::Nothing) as usize;
        let success_status = match StatusCode::from_u16(parts.options_success_status) {
            Ok(status) => status,
            Err(_) => StatusCode::NO_CONTENT,
        };
        let longest_origin = match parts.longest_origin as usize {
            ..LONGEST => LONGEST,
            longest => longest,
        };
        Self {
            parts,
            preflight_len,
            longest_origin,
            success_status,
        }
    }

    /// Decides on a request: what kind it is, and which headers its answer gets.
    ///
    /// A CORS-preflight request is an OPTIONS request that names one method in
    /// `Access-Control-Request-Method` ([Fetch § CORS-preflight request]); everything else is an
    /// actual request and goes on to the handler, whatever is decided: a policy withholds headers
    /// and never service, since browsers send `Origin` with a site's own requests too.
    ///
    /// Allocates nothing, as long as header values share their bytes with others, as those of a
    /// server do; but where header names come on several lines, and are to be echoed, the lines
    /// are kept in a list. Where a policy is asked by the name of its static, an optimised build
    /// has code for this policy, as if it were written by hand; through a reference it is somewhat
    /// slower.
    ///
    /// ```
    /// use cors_runtime::{Decision, Policy, cors_policy};
    /// use http::{HeaderMap, HeaderValue, Method, header};
    ///
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://app.example.com", "https://admin.example.com"],
    ///     "allow_headers": ["Content-Type"],
    /// });
    ///
    /// let mut request = HeaderMap::new();
    /// request.insert(header::ORIGIN, HeaderValue::from_static("https://app.example.com"));
    /// let decision = CORS.decide(&Method::GET, &request);
    /// assert!(matches!(decision, Decision::Actual(_)));
    /// assert_eq!(decision.refusal(), None);
    ///
    /// let mut response = HeaderMap::new();
    /// decision.apply(&mut response);
    /// assert_eq!(response[header::ACCESS_CONTROL_ALLOW_ORIGIN], "https://app.example.com");
    /// assert_eq!(response[header::VARY], "Origin");
    /// ```
    ///
    /// [Fetch § CORS-preflight request]: https://fetch.spec.whatwg.org/#cors-preflight-request
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn decide(&'static self, method: &Method, headers: &HeaderMap) -> Decision {
        Decision::new(self, method, headers)
    }

    /// Whether an origin may read answers, for what browsers do not guard by CORS but a service
    /// should by the same list: the handshake of a WebSocket ([RFC 6455, section 10.2]) say.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # use http::HeaderValue;
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://app.example.com", "https://*.example.org"],
    ///     "allow_headers": ["Content-Type"],
    /// });
    ///
    /// assert!(CORS.allows_origin(&HeaderValue::from_static("https://shop.example.org")));
    /// assert!(!CORS.allows_origin(&HeaderValue::from_static("https://example.net")));
    /// ```
    ///
    /// [RFC 6455, section 10.2]: https://www.rfc-editor.org/rfc/rfc6455#section-10.2
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn allows_origin(&self, origin: &HeaderValue) -> bool {
        self.parts.allow_origins.allow(origin).is_ok()
    }

    /// Whether a text is too long to be an origin that is allowed.
    #[inline(always)]
    pub(crate) fn is_too_long(&self, origin: &HeaderValue) -> bool {
        origin.len() > self.longest_origin
    }

    /// The origins that may read answers: `*`, or exact ones in file order and then patterns with
    /// a `*` inside.
    pub fn allow_origins(&self) -> impl Iterator<Item = &'static str> + '_ {
        let (few, many, patterns): (&[HeaderValue], _, &[Group]) = match &self.parts.allow_origins {
            Origins::Constant { value, .. } => (slice::from_ref(*value), None, &[]),
            Origins::Few(listed) => (listed.exact, None, listed.patterns),
            Origins::Many(listed) => (&[], Some(&listed.exact), listed.patterns),
        };
        let patterns = patterns.iter().flat_map(|group| group.patterns);
        few.iter()
            .filter_map(|origin| origin.to_str().ok())
            .chain(many.into_iter().flat_map(Table::iter))
            .chain(patterns.map(|pattern| pattern.text))
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
            Headers::Any { .. } | Headers::Echo => &["*"],
            Headers::Listed { names, .. } => names.sorted,
        }
    }

    /// The response headers that scripts may read, besides the CORS-safelisted ones.
    #[must_use]
    pub const fn expose_headers(&self) -> &'static [&'static str] {
        self.parts.expose_headers
    }

    /// How long a browser may keep a preflight's answer. `None`: no header is sent, and browsers
    /// take 5 seconds; zero: they keep nothing.
    #[must_use]
    pub const fn max_age(&self) -> Option<Duration> {
        match self.parts.max_age {
            Some(seconds) => Some(Duration::from_secs(seconds)),
            None => None,
        }
    }

    /// Whether requests with credentials (cookies, client certificates, logins kept by the
    /// browser) may read answers.
    #[must_use]
    pub const fn allow_credentials(&self) -> bool {
        self.parts.allow_credentials
    }

    /// Whether `Access-Control-Request-Private-Network` is granted.
    #[must_use]
    pub const fn allow_private_network(&self) -> bool {
        self.parts.allow_private_network
    }

    /// Whether decisions are logged, with the feature `tracing`.
    #[must_use]
    pub const fn debug(&self) -> bool {
        self.parts.debug
    }

    /// Whether preflights go on to the handler, which then answers them.
    #[must_use]
    pub const fn options_passthrough(&self) -> bool {
        self.parts.options_passthrough
    }

    /// The status of an answered preflight, 200 to 299.
    #[must_use]
    pub const fn options_success_status(&self) -> StatusCode {
        self.success_status
    }

    /// Whether an actual request may have the method.
    #[inline(always)]
    pub(crate) fn allows(&self, method: &Method) -> bool {
        let usual = match *method {
            Method::OPTIONS => UsualMethods::OPTIONS,
            Method::GET => UsualMethods::GET,
            Method::POST => UsualMethods::POST,
            Method::PUT => UsualMethods::PUT,
            Method::DELETE => UsualMethods::DELETE,
            Method::HEAD => UsualMethods::HEAD,
            Method::PATCH => UsualMethods::PATCH,
            _ => UsualMethods::NONE,
        };
        self.parts.usual_methods.contain(usual)
            || usual == UsualMethods::NONE && self.allows_unusual(method.as_str().as_bytes())
    }

    /// The same, of a method that a preflight asks for.
    #[inline(always)]
    pub(crate) fn allows_bytes(&self, method: &[u8]) -> bool {
        let usual = match method {
            b"OPTIONS" => UsualMethods::OPTIONS,
            b"GET" => UsualMethods::GET,
            b"POST" => UsualMethods::POST,
            b"PUT" => UsualMethods::PUT,
            b"DELETE" => UsualMethods::DELETE,
            b"HEAD" => UsualMethods::HEAD,
            b"PATCH" => UsualMethods::PATCH,
            _ => return self.allows_unusual(method),
        };
        self.parts.usual_methods.contain(usual)
    }

    /// Whether a method is refused that browsers let pass whatever the list says, so that the
    /// answer must fail otherwise.
    #[inline(always)]
    pub(crate) fn must_withhold(&self, method: &[u8]) -> bool {
        matches!(method, b"GET" | b"HEAD" | b"POST") && !self.allows_bytes(method)
    }

    #[cold]
    fn allows_unusual(&self, method: &[u8]) -> bool {
        let mut allowed = self.parts.allow_methods.iter();
        allowed.any(|allowed| allowed.as_bytes() == method)
    }

    /// The value that every answer carries, where it is always the same.
    pub(crate) fn constant_origin(&self) -> Option<&'static HeaderValue> {
        self.parts.allow_origins.constant()
    }
}
