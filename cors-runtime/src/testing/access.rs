//! The request that was blocked.

use http::{Method, StatusCode};

use super::blocked::Blocked;
use super::modes::Initiator;

/// The request that was blocked, its page, and the status of its response.
///
/// ```
/// # use cors_runtime::testing::{Blocked, Browser};
/// # use cors_runtime::{Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://shop.example.com"], "allow_headers": ["Content-Type"] });
/// let request = http::Request::put("https://api.example.com/articles/1").body(())?;
/// match Browser::at("https://evil.example").ask(CORS, &request) {
///     // The service has not seen the request itself.
///     Err(Blocked::Origin { access, .. }) => assert!(access.preflight),
///     other => panic!("{other:?}"),
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Access {
    /// The URL.
    pub url: String,
    /// The script's own URL, if redirects led to another one.
    pub redirected_from: Option<String>,
    /// The origin of the page. Chromium names it even if the request's `Origin` is `null`.
    pub origin: String,
    /// The value of `Origin` in the request: the page's origin, or `null` after a redirect from one
    /// cross-origin URL to another origin.
    pub sent_origin: String,
    /// The method of the script's request, not that of the preflight.
    pub method: Method,
    /// Whether the [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode) of
    /// the request is `include`.
    pub credentials: bool,
    /// Whether the response at fault is the one to the preflight.
    pub preflight: bool,
    /// The status of the response at fault. It is `None` if there is no response: the service failed, or
    /// the request was not sent.
    pub status: Option<StatusCode>,
    /// What in the page made the request.
    pub initiator: Initiator,
}

impl Blocked {
    /// The request that was blocked. It is `None` if a page cannot make the request at all: for
    /// [`ForbiddenMethod`](Self::ForbiddenMethod), [`NoCorsMethod`](Self::NoCorsMethod), [`Form`](Self::Form),
    /// [`Url`](Self::Url) and [`Page`](Self::Page).
    #[must_use]
    pub fn access(&self) -> Option<&Access> {
        match self {
            Self::Origin { access, .. }
            | Self::SeveralOrigins { access, .. }
            | Self::Wildcard { access }
            | Self::Credentials { access, .. }
            | Self::Stored { access, .. }
            | Self::Status { access }
            | Self::PreflightRedirect { access, .. }
            | Self::MalformedMethods { access }
            | Self::MalformedHeaders { access }
            | Self::Method { access, .. }
            | Self::Header { access, .. }
            | Self::PrivateNetwork { access }
            | Self::RedirectUser { access, .. }
            | Self::RedirectScheme { access }
            | Self::Location { access, .. }
            | Self::Redirects { access }
            | Self::Body { access }
            | Self::MixedContent { access }
            | Self::RedirectError { access, .. }
            | Self::OpaqueRedirect { access, .. }
            | Self::CrossOrigin { access }
            | Self::EventStream { access, .. }
            | Self::Handshake { access }
            | Self::Service { access, .. } => Some(access),
            Self::ForbiddenMethod { .. }
            | Self::NoCorsMethod { .. }
            | Self::Form { .. }
            | Self::Url { .. }
            | Self::Page { .. } => None,
        }
    }

    /// Whether the service has responded to the request itself, and not only to a preflight. Then CORS
    /// withholds the response, but what the handler did remains: browsers send GET, HEAD, and a POST like
    /// that of a form, without a preflight. Only the response at fault counts, and no redirect before it.
    ///
    /// The response may also come from a layer in front of the handler, for example from authentication:
    /// see [`Access::status`]. If the service failed ([`Service`](Self::Service)), it is `false`, although
    /// the handler may have run.
    ///
    /// ```
    /// # use cors_runtime::testing::Browser;
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://shop.example.com"], "allow_headers": ["Content-Type"] });
    /// let stranger = Browser::at("https://evil.example");
    /// let order = http::Request::post("https://api.example.com/orders");
    ///
    /// // A form can send the same, so there is no preflight.
    /// let form = order.header("Content-Type", "text/plain").body(())?;
    /// assert!(stranger.ask(CORS, &form).unwrap_err().was_handled());
    ///
    /// let json = http::Request::post("https://api.example.com/orders");
    /// let json = json.header("Content-Type", "application/json").body(())?;
    /// assert!(!stranger.ask(CORS, &json).unwrap_err().was_handled());
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn was_handled(&self) -> bool {
        self.access()
            .is_some_and(|access| !access.preflight && access.status.is_some())
    }
}
