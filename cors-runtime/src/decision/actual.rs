//! The decision on an actual request.

use http::{HeaderMap, HeaderValue, Method};

use crate::policy::Policy;
use crate::refusal::{MOST_SHOWN, Refusal, RefusedValue};
use crate::request::Lines;
use crate::response;

/// What is decided about an actual request.
///
/// ```
/// # use cors_runtime::{Decision, Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
/// let request = http::Request::get("/").header("Origin", "https://evil.example").body(())?;
/// if let Decision::Actual(actual) = CORS.decide(request.method(), request.headers()) {
///     // The handler runs whatever was decided.
///     let mut response = http::Response::new("three articles");
///     actual.apply(response.headers_mut());
///     assert!(!response.headers().contains_key("access-control-allow-origin"));
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a decision takes effect when it is applied to a response"]
pub struct Actual {
    policy: &'static Policy,
    is_options: bool,
    /// The request's `Origin`, if there is one.
    origin: Option<HeaderValue>,
    verdict: Verdict,
}

#[derive(Clone, Debug)]
enum Verdict {
    /// No `Origin`: not a CORS request.
    NoOrigin,
    Granted,
    SeveralOrigins,
    OriginRefused,
    /// With as much of the method as a refusal shows.
    MethodRefused(Method),
}

impl Actual {
    /// Decides on an actual request: what the [CORS check] of its response will find.
    ///
    /// [CORS check]: https://fetch.spec.whatwg.org/#concept-cors-check
    // Measured: with plain `inline`, an actual request takes 31 to 36 instructions more by hand, 28 to 30
    // more inside axum, and up to 4 less through the layer alone.
    #[inline(always)]
    pub(crate) fn new(policy: &'static Policy, method: &Method, headers: &HeaderMap) -> Self {
        let (origin, verdict) = match Lines::of_origin(headers) {
            Lines::None => (None, Verdict::NoOrigin),
            Lines::Several => (None, Verdict::SeveralOrigins),
            Lines::One(origin) => {
                let verdict = if !policy.parts.allow_origins.allow(origin.as_bytes()) {
                    Verdict::OriginRefused
                } else if !policy.allows_method(method.as_str()) {
                    // Browsers do not check this, so nothing is granted.
                    Verdict::MethodRefused(shown(method))
                } else {
                    Verdict::Granted
                };
                (Some(origin.clone()), verdict)
            }
        };
        Self {
            policy,
            is_options: *method == Method::OPTIONS,
            origin,
            verdict,
        }
    }

    /// Writes the decision into a response's headers; see [`Decision::apply`](crate::Decision::apply).
    ///
    /// A response of any status needs these headers, also an error and a redirect. A 304 needs the
    /// same ones as the response that it renews.
    ///
    /// ```
    /// # use cors_runtime::{Decision, Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::get("/").header("Origin", "https://app.example.com").body(())?;
    /// if let Decision::Actual(actual) = CORS.decide(request.method(), request.headers()) {
    ///     let mut response = http::Response::builder().status(404).body("no such article")?;
    ///     actual.apply(response.headers_mut());
    ///     assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example.com");
    /// }
    /// # Ok::<(), http::Error>(())
    /// ```
    // Measured together with `Decision::apply`.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn apply(&self, headers: &mut HeaderMap) {
        let allow_origin = match self.verdict {
            Verdict::Granted => self.origin.as_ref(),
            _ => None,
        };
        response::write_actual(self.policy, allow_origin, self.is_options, headers);
    }

    /// Why a browser will withhold the response from the script; `None` if it will not.
    ///
    /// ```
    /// # use cors_runtime::{Decision, Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::get("/").header("Origin", "https://evil.example").body(())?;
    /// if let Decision::Actual(actual) = CORS.decide(request.method(), request.headers()) {
    ///     let reason = actual.refusal().map(|refusal| refusal.to_string());
    ///     assert_eq!(reason.as_deref(), Some("the origin `https://evil.example` is not allowed"));
    /// }
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match (&self.verdict, &self.origin) {
            (Verdict::OriginRefused, Some(origin)) => {
                Some(Refusal::Origin(RefusedValue::of(origin.as_bytes())))
            }
            (Verdict::MethodRefused(method), _) => {
                let value = RefusedValue::of(method.as_str().as_bytes());
                Some(Refusal::Method(value))
            }
            (Verdict::SeveralOrigins, _) => Some(Refusal::Origin(RefusedValue::not_one_origin())),
            _ => None,
        }
    }

    #[cfg(any(feature = "tower", feature = "tracing"))]
    #[inline]
    pub(super) fn is_refused(&self) -> bool {
        !matches!(self.verdict, Verdict::NoOrigin | Verdict::Granted)
    }
}

/// As much of a method as a refusal shows, and one byte more, so that it is cut there too.
fn shown(method: &Method) -> Method {
    let name = method.as_str().as_bytes();
    match name.get(..=MOST_SHOWN) {
        // The beginning of a token is a token.
        Some(start) => Method::from_bytes(start).unwrap_or_default(),
        None => method.clone(),
    }
}
