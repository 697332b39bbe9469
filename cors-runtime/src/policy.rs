//! A compiled policy.

use std::time::Duration;

use http::StatusCode;

use crate::header_names::{FORBIDDEN_RESPONSE_HEADERS, SAFELISTED_RESPONSE_HEADERS};
use crate::matching::bytes::{is_token, same};
use crate::matching::{is_listed, is_listed_in_any_case};
use crate::parts::{Group, Headers, Origins, Parts};

/// A CORS policy, checked and compiled from a KrakenD configuration by
/// [`cors_policy!`](crate::cors_policy).
///
/// A policy is data in the binary, so it costs nothing to create at run time. Only the macro can create
/// one, so every policy has been checked.
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
/// ```
///
/// # Assertions at compile time
///
/// The `allows_*` methods and most accessors are `const fn`, so the compiler can check an assertion about
/// the policy. If an edit of the configuration breaks it, the build fails and the error shows the
/// assertion. A look-up takes the compiler as long among ten thousand origins as among ten.
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({
/// #     "allow_origins": ["https://app.example.com", "https://*.example.org"],
/// #     "allow_headers": ["Content-Type"],
/// # });
/// const _: () = {
///     assert!(CORS.allows_origin("https://app.example.com"));
///     assert!(!CORS.allows_origin("https://evil.example"));
///     assert!(CORS.allows_header("content-type") && !CORS.allow_credentials());
/// };
/// ```
///
/// ```compile_fail,E0080
/// # use cors_runtime::{Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({
/// #     "allow_origins": ["https://app.example.com", "https://*.example.org"],
/// #     "allow_headers": ["Content-Type"],
/// # });
/// const _: () = assert!(CORS.allows_method("DELETE"), "the app deletes articles");
/// ```
///
/// # Snapshots for review
///
/// `{}` prints an overview with one setting per line, in which long lists are cut. `{:#}` prints
/// everything that has an effect, with one entry per line. It sorts lists, since their order has no
/// meaning.
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({
/// #     "allow_origins": ["https://app.example.com", "https://*.example.org"],
/// #     "allow_methods": ["GET", "POST", "PUT"],
/// #     "allow_headers": ["Content-Type"],
/// #     "max_age": "10m",
/// # });
/// let everything = "\
/// origin           https://*.example.org
/// origin           https://app.example.com
/// method           GET
/// method           POST
/// method           PUT
/// request header   content-type
/// exposed headers  only the safelisted
/// credentials      no
/// max age          600 seconds
/// private network  no
/// debug            no
/// preflights       response 204";
/// assert_eq!(format!("{CORS:#}"), everything);
/// ```
///
/// If this text is kept in a file beside the tests, a pull request shows what a change to the
/// configuration does to the policy. The text is meant for people, and a release of this crate may
/// change it.
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({
/// #     "allow_origins": ["https://app.example.com", "https://*.example.org"],
/// #     "allow_headers": ["Content-Type"],
/// # });
/// # /*
/// #[test]
/// # */
/// fn the_policy_is_as_reviewed() {
///     let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/policy.txt");
///     let policy = format!("{CORS:#}\n");
///     if std::env::var_os("BLESS").is_some() {
///         std::fs::write(path, &policy).unwrap();
///     }
///     let reviewed = std::fs::read_to_string(path).unwrap();
///     assert_eq!(policy, reviewed, "`BLESS=1 cargo test` accepts the change");
/// }
/// ```
pub struct Policy {
    pub(crate) parts: Parts,
}

impl Policy {
    pub(crate) const fn new(parts: Parts) -> Self {
        Self { parts }
    }

    /// Whether an origin may read responses. Origins are compared byte for byte, in the form in which
    /// browsers [serialise] them. An empty text is no origin, so even `*` does not allow it.
    ///
    /// A `*` inside an origin matches only bytes that can occur there. Of an IPv6 address in brackets, only
    /// the bytes are checked, not that they form an address: no browser sends others. No pattern matches an
    /// origin of more than 282 bytes: the longest scheme of a browser's pages, a host of 253 bytes and a port.
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
    /// # WebSockets
    ///
    /// Browsers do not apply CORS to the handshake of a WebSocket, and they send cookies with it
    /// whatever [`allow_credentials`](Self::allow_credentials) says. The server has to check `Origin`
    /// itself ([RFC 6455, section 10.2]). It can use the policy for that:
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// use http::{HeaderMap, HeaderValue, header::ORIGIN};
    ///
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://app.example.com", "https://*.example.org"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// /// Whether a handshake may continue. A browser sends one `Origin`. Several lines are not an
    /// /// origin, as for `decide`; without any line, the client is not a browser.
    /// fn may_connect(handshake: &HeaderMap) -> bool {
    ///     let mut lines = handshake.get_all(ORIGIN).iter();
    ///     match (lines.next(), lines.next()) {
    ///         (Some(origin), None) => origin.to_str().is_ok_and(|origin| CORS.allows_origin(origin)),
    ///         (None, _) => false, // or `true`, if other clients may connect
    ///         (Some(_), Some(_)) => false,
    ///     }
    /// }
    ///
    /// let mut handshake = HeaderMap::new();
    /// assert!(!may_connect(&handshake));
    /// handshake.insert(ORIGIN, HeaderValue::from_static("https://app.example.com"));
    /// assert!(may_connect(&handshake));
    /// handshake.append(ORIGIN, HeaderValue::from_static("https://evil.example"));
    /// assert!(!may_connect(&handshake));
    /// ```
    ///
    /// If the policy is `*`, this allows every origin. A handler that trusts cookies needs a list.
    ///
    /// [serialise]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
    /// [RFC 6455, section 10.2]: https://www.rfc-editor.org/rfc/rfc6455#section-10.2
    #[must_use]
    #[inline]
    #[doc(alias = "websocket")]
    pub const fn allows_origin(&self, origin: &str) -> bool {
        self.parts.allow_origins.allow(origin.as_bytes())
    }

    /// Whether an actual request may have a method. Methods are case-sensitive. OPTIONS is always
    /// allowed, as in KrakenD.
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

    /// Whether scripts may send a request header, whatever the case of its name. If the policy is `*`,
    /// this is true for everything that is a header name. CORS-safelisted request headers need no
    /// permission: browsers send them even if this is false.
    ///
    /// [`decide`](Self::decide) looks at the requested names if they are listed or echoed. Under `*` without
    /// credentials it does not: the response is `*, authorization` whatever they are.
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

    /// Whether scripts may read a response header, whatever the case of its name. They may if it is
    /// exposed or [CORS-safelisted]. `*` exposes every header except `Set-Cookie`
    /// and `Set-Cookie2`; the macro accepts it only without credentials.
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
        let name = name.as_bytes();
        if is_listed_in_any_case(FORBIDDEN_RESPONSE_HEADERS, name) {
            return false;
        }
        let exposed = self.parts.expose_headers;
        let all = is_listed(exposed, b"*") && is_token(name);
        all || is_listed_in_any_case(exposed, name)
            || is_listed_in_any_case(SAFELISTED_RESPONSE_HEADERS, name)
    }

    /// The origins that may read responses: `*`, or the exact origins in file order, followed by the
    /// patterns with a `*` inside.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://*.example.org", "https://app.example.com"], "allow_headers": ["*"] });
    /// assert!(CORS.allow_origins().eq(["https://app.example.com", "https://*.example.org"]));
    /// ```
    #[doc(alias = "Access-Control-Allow-Origin")]
    #[doc(alias = "wildcard")]
    pub fn allow_origins(&self) -> impl Iterator<Item = &'static str> + '_ {
        let (any, exact, patterns): (_, _, &[Group]) = match &self.parts.allow_origins {
            Origins::Any => (Some("*"), None, &[]),
            Origins::Listed { exact, patterns } => (None, Some(exact), patterns),
        };
        let exact = exact.into_iter().flat_map(|exact| exact.iter());
        let patterns = patterns.iter().flat_map(|group| group.texts.iter());
        any.into_iter().chain(exact).chain(patterns)
    }

    /// The methods that actual requests may have. OPTIONS is allowed even if it is not listed, as in
    /// KrakenD.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// assert_eq!(CORS.allow_methods(), ["GET", "HEAD", "POST"]);
    /// ```
    #[must_use]
    #[doc(alias = "Access-Control-Allow-Methods")]
    pub const fn allow_methods(&self) -> &'static [&'static str] {
        self.parts.allow_methods
    }

    /// The request headers that scripts may send, in lower case and sorted; only `*` if every header is
    /// allowed.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// assert_eq!(CORS.allow_headers(), ["content-type"]);
    /// ```
    #[must_use]
    #[doc(alias = "Access-Control-Allow-Headers")]
    pub const fn allow_headers(&self) -> &'static [&'static str] {
        match &self.parts.allow_headers {
            Headers::Any => &["*"],
            Headers::Listed { sorted, .. } => sorted,
        }
    }

    /// The response headers that scripts may read in addition to the CORS-safelisted ones.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"], "expose_headers": ["ETag"] });
    /// assert_eq!(CORS.expose_headers(), ["ETag"]);
    /// ```
    #[must_use]
    #[doc(alias = "Access-Control-Expose-Headers")]
    pub const fn expose_headers(&self) -> &'static [&'static str] {
        self.parts.expose_headers
    }

    /// How long a browser may cache the response to a preflight. With `None`, no header is sent and
    /// browsers take 5 seconds; with zero, they cache nothing.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"], "max_age": "10m" });
    /// assert_eq!(CORS.max_age(), Some(std::time::Duration::from_secs(600)));
    /// ```
    #[must_use]
    #[doc(alias = "Access-Control-Max-Age")]
    pub const fn max_age(&self) -> Option<Duration> {
        match self.parts.max_age {
            Some((seconds, _)) => Some(Duration::from_secs(seconds)),
            None => None,
        }
    }

    /// Whether scripts may read responses to requests with credentials: cookies, client certificates,
    /// or a login that the browser has stored.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"], "allow_credentials": true });
    /// assert!(CORS.allow_credentials());
    /// ```
    #[must_use]
    #[doc(alias = "Access-Control-Allow-Credentials")]
    pub const fn allow_credentials(&self) -> bool {
        self.parts.allow_credentials
    }

    /// Whether `Access-Control-Request-Private-Network` is granted.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// assert!(!CORS.allow_private_network());
    /// ```
    #[must_use]
    #[doc(alias = "Access-Control-Allow-Private-Network")]
    #[doc(alias = "Access-Control-Request-Private-Network")]
    pub const fn allow_private_network(&self) -> bool {
        self.parts.allow_private_network
    }

    /// Whether granted requests are logged too, with the feature `tracing`.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// assert!(!CORS.debug());
    /// ```
    #[must_use]
    pub const fn debug(&self) -> bool {
        self.parts.debug
    }

    /// Whether preflights are passed to the handler, which then responds to them.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"], "options_passthrough": true });
    /// assert!(CORS.options_passthrough());
    /// ```
    #[must_use]
    pub const fn options_passthrough(&self) -> bool {
        self.parts.options_passthrough
    }

    /// The status of the response to a preflight, 200 to 299.
    ///
    /// ```
    /// # static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// assert_eq!(CORS.options_success_status(), 204);
    /// ```
    #[must_use]
    pub const fn options_success_status(&self) -> StatusCode {
        self.parts.options_success_status
    }
}
