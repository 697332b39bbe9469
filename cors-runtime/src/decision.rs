//! The decision on a request.

mod actual;
mod preflight;

use http::{HeaderMap, Response};

use crate::refusal::Refusal;

pub use self::actual::Actual;
pub use self::preflight::Preflight;

/// What a policy decides about a request.
///
/// A decision by itself changes nothing: [`apply`](Self::apply) writes it into the headers of the
/// response, and [`response`](Self::response) is the finished response to a preflight.
///
/// ```
/// # use cors_runtime::{Decision, Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
/// let request = http::Request::get("/").header("Origin", "https://app.example.com").body(())?;
/// match CORS.decide(request.method(), request.headers()) {
///     Decision::Preflight(_) => unreachable!("a preflight is an OPTIONS request"),
///     Decision::Actual(actual) => assert_eq!(actual.refusal(), None),
/// }
/// # Ok::<(), http::Error>(())
/// ```
///
/// There are two kinds of requests ([Fetch § HTTP requests]), and a caller has to handle both. This
/// enum is exhaustive on purpose: a third kind would have to be handled in another way, so code that
/// does not know it should not compile.
///
/// [Fetch § HTTP requests]: https://fetch.spec.whatwg.org/#http-requests
#[derive(Clone, Debug)]
#[must_use = "a decision takes effect when it is applied to a response"]
#[doc(alias = "preflight")]
pub enum Decision {
    /// A CORS-preflight request, with which a browser asks for permission to send the actual one.
    Preflight(Preflight),
    /// Any other request, cross-origin or not. It is passed to the handler.
    Actual(Actual),
}

impl Decision {
    /// The finished response to a preflight. It is `None` where the handler responds, which is for
    /// every actual request, and for preflights under `options_passthrough`; there,
    /// [`apply`](Self::apply) adds the headers.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # use http::{Request, Response};
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://app.example.com"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// fn guarded(request: Request<String>) -> Response<String> {
    ///     let decision = CORS.decide(request.method(), request.headers());
    ///     decision.response().unwrap_or_else(|| {
    ///         let mut response = handler(request);
    ///         decision.apply(response.headers_mut());
    ///         response
    ///     })
    /// }
    /// # fn handler(_: Request<String>) -> Response<String> { Response::default() }
    /// # guarded(Request::default());
    /// ```
    #[must_use]
    pub fn response<B: Default>(&self) -> Option<Response<B>> {
        match self {
            Self::Preflight(preflight) => preflight.response(),
            Self::Actual(_) => None,
        }
    }

    /// Writes the decision into a response's headers.
    ///
    /// CORS headers that the response already has, for example from a backend, are replaced. None of
    /// them survives a refusal. Browsers refuse two `Access-Control-Allow-Origin` even if they are
    /// equal ([Fetch § CORS check](https://fetch.spec.whatwg.org/#concept-cors-check)). Names are added
    /// to an existing `Vary`. If the map has no room left, which takes some 30 000 names, the origin
    /// is not written.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::get("/").header("Origin", "https://app.example.com").body(())?;
    /// let decision = CORS.decide(request.method(), request.headers());
    ///
    /// let builder = http::Response::builder().header("Vary", "Accept-Encoding");
    /// let mut response = builder.header("Access-Control-Allow-Origin", "*").body(())?;
    /// decision.apply(response.headers_mut());
    /// assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
    /// assert_eq!(response.headers().get_all("vary").iter().count(), 2);
    /// # Ok::<(), http::Error>(())
    /// ```
    // Measured: without `inline` here and on `Actual::apply`, an actual request takes 8 to 13 instructions
    // more through the layer and 22 to 28 more inside axum. Debug builds: see `Policy::decide`.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn apply(&self, headers: &mut HeaderMap) {
        match self {
            Self::Preflight(preflight) => preflight.apply(headers),
            Self::Actual(actual) => actual.apply(headers),
        }
    }

    /// Why a browser will refuse the request; `None` if it will not. A request without `Origin` is not
    /// a CORS request and is never refused.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::put("/").header("Origin", "https://app.example.com").body(())?;
    /// let refusal = CORS.decide(request.method(), request.headers()).refusal();
    /// let reason = refusal.map(|refusal| refusal.to_string());
    /// assert_eq!(reason.as_deref(), Some("the method `PUT` is not in `allow_methods`"));
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Preflight(preflight) => preflight.refusal(),
            Self::Actual(actual) => actual.refusal(),
        }
    }

    /// Whether there is a refusal.
    #[cfg(any(feature = "tower", feature = "tracing"))]
    #[inline]
    pub(crate) fn is_refused(&self) -> bool {
        match self {
            Self::Preflight(preflight) => preflight.is_refused(),
            Self::Actual(actual) => actual.is_refused(),
        }
    }
}
