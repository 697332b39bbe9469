//! Why a browser gives a script an error instead of a response.

use std::error::Error;
use std::fmt;

use http::{HeaderName, Method, StatusCode};

use super::access::Access;
use super::http_cache::Freshness;

/// Why a script gets an error instead of a response: a step of the [CORS check], of the
/// [CORS-preflight fetch] or of the [HTTP-redirect fetch] fails, no script can make the request, or the page
/// may not make it.
///
/// [`Display`](fmt::Display) prints the line that Chromium 156 writes to its console, word for word, or a
/// sentence of this crate where Chromium gives no reason. [`help`](Self::help) says what to change.
/// [`Debug`](fmt::Debug), which `unwrap` prints, shows both. In two places the line can differ: of several
/// request headers that are not allowed Chromium names one, in an order of its own, where the line here has
/// the first in the alphabet; and the URL here has no fragment.
///
/// ```
/// use cors_runtime::testing::{Blocked, Browser};
/// use cors_runtime::{Policy, cors_policy};
///
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://shop.example.com"],
///     "allow_headers": ["Content-Type"],
/// });
///
/// let request = http::Request::delete("https://api.example.com/articles/1").body(())?;
/// let blocked = Browser::at("https://shop.example.com").ask(CORS, &request).unwrap_err();
/// assert!(matches!(&blocked, Blocked::Method { method, .. } if method == "DELETE"));
/// assert_eq!(
///     blocked.to_string(),
///     "Access to fetch at 'https://api.example.com/articles/1' from origin 'https://shop.example.com' \
///      has been blocked by CORS policy: Method DELETE is not allowed by Access-Control-Allow-Methods \
///      in preflight response.",
/// );
/// assert_eq!(blocked.help().as_deref(), Some(r#"add "DELETE" to `allow_methods`"#));
/// # Ok::<(), http::Error>(())
/// ```
///
/// [CORS check]: https://fetch.spec.whatwg.org/#concept-cors-check
/// [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch
/// [HTTP-redirect fetch]: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blocked {
    /// `Access-Control-Allow-Origin` is missing, or has another value than the page's origin.
    Origin {
        /// The request.
        access: Box<Access>,
        /// The value of the header.
        allowed: Option<String>,
    },
    /// `Access-Control-Allow-Origin` has several values, on one line or on several. Two equal values count
    /// as several.
    SeveralOrigins {
        /// The request.
        access: Box<Access>,
        /// The values, as the browser joins them.
        allowed: String,
    },
    /// `Access-Control-Allow-Origin` is `*`, and the request is made with credentials.
    Wildcard {
        /// The request.
        access: Box<Access>,
    },
    /// `Access-Control-Allow-Credentials` is not exactly `true`, and the request is made with
    /// credentials.
    Credentials {
        /// The request.
        access: Box<Access>,
        /// The value of the header.
        value: Option<String>,
    },
    /// A cache uses a response that was stored for another page, because its `Vary` does not name `Origin`.
    Stored {
        /// The request.
        access: Box<Access>,
        /// The value of `Access-Control-Allow-Origin` in the stored response.
        allowed: Option<String>,
        /// Why the cache uses the stored response.
        freshness: Freshness,
    },
    /// [`Access::status`], of the response to the preflight, is not 200 to 299.
    Status {
        /// The request.
        access: Box<Access>,
    },
    /// The response to the preflight is a redirect, which browsers do not follow.
    PreflightRedirect {
        /// The request.
        access: Box<Access>,
        /// The value of `Location`.
        location: String,
    },
    /// An element of `Access-Control-Allow-Methods` is not a token, so browsers reject the whole list.
    MalformedMethods {
        /// The request.
        access: Box<Access>,
    },
    /// An element of `Access-Control-Allow-Headers` is not a token, so browsers reject the whole list.
    MalformedHeaders {
        /// The request.
        access: Box<Access>,
    },
    /// The method is not in `Access-Control-Allow-Methods`. Case matters.
    Method {
        /// The request.
        access: Box<Access>,
        /// The method.
        method: Method,
        /// The value of `Access-Control-Allow-Methods`.
        allowed: Option<String>,
    },
    /// Request headers are not in `Access-Control-Allow-Headers`.
    Header {
        /// The request.
        access: Box<Access>,
        /// All of these request headers, sorted and in lower case. There is at least one.
        names: Vec<String>,
        /// The value of `Access-Control-Allow-Headers`.
        allowed: Option<String>,
    },
    /// The response to the preflight does not allow access to a private network.
    PrivateNetwork {
        /// The request.
        access: Box<Access>,
    },
    /// A redirect of a CORS request leads to a URL with a user name or password.
    RedirectUser {
        /// The request.
        access: Box<Access>,
        /// The value of `Location`.
        location: String,
    },
    /// A redirect leads to a scheme other than http and https.
    RedirectScheme {
        /// The request, as if the redirect had been followed.
        access: Box<Access>,
    },
    /// Browsers never follow the redirect: `Location` is not a URL, has a scheme such as `data:` or `file:`,
    /// names a blocked port, or occurs twice.
    Location {
        /// The request.
        access: Box<Access>,
        /// The value of `Location`.
        location: String,
    },
    /// There are more than 20 redirects, the limit of [Fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch).
    Redirects {
        /// The request.
        access: Box<Access>,
    },
    /// A redirect repeats the body, which can be sent only once. Of a script's request it can be sent again by
    /// [`Browser::fetch_with`](super::Browser::fetch_with).
    Body {
        /// The request.
        access: Box<Access>,
    },
    /// The service itself failed: it returned an error instead of a response.
    Service {
        /// The request.
        access: Box<Access>,
        /// The error, with its sources.
        error: String,
    },
    /// No script may use the method: CONNECT, TRACE or TRACK.
    ForbiddenMethod {
        /// The method.
        method: Method,
    },
    /// No script may use the method in the mode `no-cors`: only GET, HEAD and POST.
    NoCorsMethod {
        /// The method.
        method: Method,
    },
    /// No form can send the request: the method is neither GET nor POST, a header is set other than
    /// `Content-Type`, or its value is none of the three that forms have.
    Form {
        /// What a form cannot send.
        what: String,
    },
    /// A script cannot fetch the URL: it is not absolute, its scheme is not http or https, its port is
    /// blocked, or it has a user name or password.
    Url {
        /// The URL.
        url: String,
    },
    /// The text passed to [`Browser::at`](super::Browser::at) or [`open`](super::Browser::open) is not a
    /// serialised origin.
    Page {
        /// The text.
        origin: String,
    },
    /// The page is on https, and the URL is on http or ws: *[mixed content]*. Nothing is sent. A service on
    /// the same machine may be on http: its URL is [potentially trustworthy].
    ///
    /// Browsers upgrade no request of a script to https.
    ///
    /// [mixed content]: https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
    /// [potentially trustworthy]: https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy
    MixedContent {
        /// The request, as if the redirect had been followed.
        access: Box<Access>,
    },
    /// The response is a redirect, and the script fetches with `redirect: "error"`. See
    /// [`Browser::with_redirect_error`](super::Browser::with_redirect_error).
    RedirectError {
        /// The request.
        access: Box<Access>,
        /// The value of `Location`.
        location: Option<String>,
    },
    /// The response is a redirect, and the script fetches with `redirect: "manual"`. `fetch` is successful, but
    /// the script can read nothing: the status is 0. See
    /// [`Browser::with_redirect_manual`](super::Browser::with_redirect_manual).
    OpaqueRedirect {
        /// The request.
        access: Box<Access>,
        /// The value of `Location`, which the script cannot read.
        location: Option<String>,
    },
    /// The URL is on another origin, and the script fetches with `mode: "same-origin"`. Nothing is sent. See
    /// [`Browser::with_same_origin_mode`](super::Browser::with_same_origin_mode).
    CrossOrigin {
        /// The request, as if the redirect had been followed.
        access: Box<Access>,
    },
    /// The response to an `EventSource` is not an event stream: its status is not 200, or its type is not
    /// `text/event-stream`.
    EventStream {
        /// The request.
        access: Box<Access>,
        /// The value of `Content-Type`.
        content_type: Option<String>,
    },
    /// The status of the response to the handshake of a `WebSocket` is not 101.
    Handshake {
        /// The request.
        access: Box<Access>,
    },
}

impl Blocked {
    /// The response header at fault, if a header is.
    #[must_use]
    pub fn header(&self) -> Option<HeaderName> {
        use http::header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
            ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, LOCATION,
            VARY,
        };

        Some(match self {
            Self::Origin { .. } | Self::SeveralOrigins { .. } | Self::Wildcard { .. } => {
                ACCESS_CONTROL_ALLOW_ORIGIN
            }
            Self::Credentials { .. } => ACCESS_CONTROL_ALLOW_CREDENTIALS,
            Self::Stored { .. } => VARY,
            Self::MalformedMethods { .. } | Self::Method { .. } => ACCESS_CONTROL_ALLOW_METHODS,
            Self::MalformedHeaders { .. } | Self::Header { .. } => ACCESS_CONTROL_ALLOW_HEADERS,
            Self::PrivateNetwork { .. } => crate::header_names::ALLOW_PRIVATE_NETWORK,
            Self::PreflightRedirect { .. }
            | Self::RedirectUser { .. }
            | Self::RedirectScheme { .. }
            | Self::Location { .. } => LOCATION,
            Self::RedirectError { location, .. } | Self::OpaqueRedirect { location, .. } => {
                location.as_ref().map(|_| LOCATION)?
            }
            Self::MixedContent { access } | Self::CrossOrigin { access } => {
                access.redirected_from.as_ref().map(|_| LOCATION)?
            }
            Self::EventStream { access, .. } => {
                (access.status == Some(StatusCode::OK)).then_some(CONTENT_TYPE)?
            }
            Self::Status { .. }
            | Self::Handshake { .. }
            | Self::Redirects { .. }
            | Self::Body { .. }
            | Self::Service { .. }
            | Self::ForbiddenMethod { .. }
            | Self::NoCorsMethod { .. }
            | Self::Form { .. }
            | Self::Url { .. }
            | Self::Page { .. } => return None,
        })
    }
}

impl fmt::Debug for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        match self.help() {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl Error for Blocked {}
