//! Decisions, as users of the library see them.

use http::{HeaderMap, Method, Response};

use crate::grant;
use crate::judge::Verdict;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::request::Asked;

/// What a policy decides about a request.
///
/// Nothing has happened yet: [`apply`](Self::apply) writes the decision into the headers of the
/// answer, and a [`Preflight`] mostly is [answered](Preflight::response) right away.
#[derive(Clone, Debug)]
#[must_use = "a decision takes effect when it is applied to a response"]
pub enum Decision {
    /// A CORS-preflight request: the browser asks what an actual request may do.
    Preflight(Preflight),
    /// Any other request, cross-origin or not. It goes on to the handler.
    Actual(Actual),
}

impl Decision {
    #[inline]
    pub(crate) fn new(policy: &'static Policy, method: &Method, headers: &HeaderMap) -> Self {
        if *method == Method::OPTIONS
            && let Some(preflight) = Preflight::new(policy, headers)
        {
            return Self::Preflight(preflight);
        }
        let verdict = Verdict::actual(policy, method, headers);
        Self::Actual(Actual {
            grant: grant::Actual {
                policy,
                allow_origin: verdict.allow_origin(policy),
            },
            refusal: verdict.refused().map(Refusal::from),
        })
    }

    /// Writes the decision into a response's headers.
    ///
    /// CORS headers that are there already, of a backend say, are replaced, and none of them
    /// survives a refusal: browsers refuse two `Access-Control-Allow-Origin` even if they agree
    /// ([Fetch § CORS check](https://fetch.spec.whatwg.org/#concept-cors-check)). `Vary` is added to.
    #[inline]
    pub fn apply(&self, headers: &mut HeaderMap) {
        match self {
            Self::Preflight(preflight) => preflight.apply(headers),
            Self::Actual(actual) => actual.apply(headers),
        }
    }

    /// Why a browser will refuse the request, if it will. Requests without `Origin` are no
    /// matter of CORS and never refused.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Preflight(preflight) => preflight.refusal(),
            Self::Actual(actual) => actual.refusal(),
        }
    }
}

/// What is decided about an actual request.
#[derive(Clone, Debug)]
#[must_use = "a decision takes effect when it is applied to a response"]
pub struct Actual {
    grant: grant::Actual,
    refusal: Option<Refusal>,
}

impl Actual {
    /// Writes the decision into a response's headers; see [`Decision::apply`].
    ///
    /// An answer of any status needs these headers, errors and redirects too, and a 304 the same
    /// as the answer that it renews.
    #[inline]
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.grant.apply(headers);
    }

    /// Why a browser will keep the answer from the script, if it will.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal.clone()
    }
}

/// What is decided about a CORS-preflight request.
#[derive(Clone, Debug)]
#[must_use = "a preflight is answered by `response`, or by the handler under `options_passthrough`"]
pub struct Preflight {
    grant: grant::Preflight,
    refusal: Option<Refusal>,
}

impl Preflight {
    /// `None` where an OPTIONS request is no CORS-preflight request.
    ///
    /// Out of the way of actual requests, which are many more.
    #[inline(never)]
    fn new(policy: &'static Policy, headers: &HeaderMap) -> Option<Self> {
        let asked = Asked::read(headers)?;
        let mut grant = grant::Preflight::new(policy);
        let refusal = grant.judge(&asked).map(Refusal::from);
        Some(Self { grant, refusal })
    }

    /// The finished answer, with an empty body; `None` under `options_passthrough`, where the
    /// handler answers and [`apply`](Self::apply) adds the headers.
    ///
    /// A refused preflight is answered too, with every header that is true of the policy: the
    /// browser then refuses by itself, and its console names what was at fault.
    ///
    /// ```
    /// # use cors_runtime::{Decision, Policy, cors_policy};
    /// # use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://app.example.com"],
    /// #     "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// let mut request = HeaderMap::new();
    /// request.insert(header::ORIGIN, HeaderValue::from_static("https://app.example.com"));
    /// request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
    ///
    /// if let Decision::Preflight(preflight) = CORS.decide(&Method::OPTIONS, &request) {
    ///     let response: Response<String> = preflight.response().expect("no passthrough");
    ///     assert_eq!(response.status(), StatusCode::NO_CONTENT);
    ///     let methods = &response.headers()[header::ACCESS_CONTROL_ALLOW_METHODS];
    ///     assert_eq!(methods, "GET, HEAD, POST, PUT, OPTIONS");
    /// }
    /// ```
    #[must_use]
    pub fn response<B: Default>(&self) -> Option<Response<B>> {
        self.grant.response()
    }

    /// Writes the decision into the headers of the handler's own answer; see [`Decision::apply`].
    #[inline]
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.grant.apply(headers);
    }

    /// Why a browser will not send the actual request, if it will not.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal.clone()
    }
}
