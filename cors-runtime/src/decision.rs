//! The decision on a request.

use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::parts::Headers;
use crate::policy::Policy;
use crate::refusal::{MOST_SHOWN, Refusal, RefusedValue};
use crate::request::{Lines, PreflightRequest, all_listed, echo};
use crate::response::{self, Grant};

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
            Self::Preflight(preflight) => preflight.refusal.is_some(),
            Self::Actual(actual) => !matches!(actual.verdict, Verdict::NoOrigin | Verdict::Granted),
        }
    }
}

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

    /// Writes the decision into a response's headers; see [`Decision::apply`].
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

/// What is decided about a CORS-preflight request.
///
/// ```
/// # use cors_runtime::{Decision, Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
/// let request = http::Request::options("/")
///     .header("Origin", "https://app.example.com")
///     .header("Access-Control-Request-Method", "POST")
///     .body(())?;
/// if let Decision::Preflight(preflight) = CORS.decide(request.method(), request.headers()) {
///     let response: Option<http::Response<String>> = preflight.response();
///     assert_eq!(response.map(|response| response.status().as_u16()), Some(204));
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a preflight needs a response: `response`, or the handler's under `options_passthrough`"]
pub struct Preflight {
    policy: &'static Policy,
    /// What an allowed origin is told; other origins are told nothing.
    grant: Option<Grant>,
    refusal: Option<Refusal>,
}

impl Preflight {
    /// Decides on a CORS-preflight request, in the order of the [CORS-preflight fetch]: the origin,
    /// the method, then the names of the headers. The refusal names the first that is not allowed.
    ///
    /// [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch
    #[inline]
    pub(crate) fn new(policy: &'static Policy, request: &PreflightRequest<'_>) -> Self {
        let silent = |refusal| Self {
            policy,
            grant: None,
            refusal,
        };
        let origin = match request.origin {
            Lines::None => return silent(None),
            Lines::Several => return silent(Some(Refusal::Origin(RefusedValue::not_one_origin()))),
            Lines::One(origin) if !policy.parts.allow_origins.allow(origin.as_bytes()) => {
                return silent(Some(Refusal::Origin(RefusedValue::of(origin.as_bytes()))));
            }
            Lines::One(origin) => origin,
        };
        let method = request.method.as_bytes();
        let passes_method = policy.allows_method_bytes(method);
        let mut echoed = None;
        let names_pass = match &policy.parts.allow_headers {
            Headers::Any if policy.allow_credentials() => echo(request).map(|names| echoed = names),
            Headers::Any => Ok(()),
            // The whole list is sent, whatever is requested.
            allowed @ Headers::Listed { sorted, .. } => all_listed(request, allowed, sorted),
        };
        let refusal = if !passes_method {
            Refusal::Method(RefusedValue::of(method))
        } else if let Err(refusal) = names_pass {
            refusal
        } else if request.private_network && !policy.allow_private_network() {
            Refusal::PrivateNetwork
        } else {
            return Self {
                policy,
                grant: Some(Grant {
                    allow_origin: Some(origin.clone()),
                    echo: echoed,
                    private_network: request.private_network,
                }),
                refusal: None,
            };
        };
        // Browsers let these methods pass whatever the list says (Fetch § CORS-preflight fetch, step
        // 7.5). Only without the origin does the preflight fail.
        let withheld = !passes_method && matches!(method, b"GET" | b"HEAD" | b"POST");
        Self {
            policy,
            grant: Some(Grant {
                allow_origin: (!withheld).then(|| origin.clone()),
                echo: echoed,
                private_network: false,
            }),
            refusal: Some(refusal),
        }
    }

    /// The finished response, with an empty body. It is `None` under `options_passthrough`, where the
    /// handler responds and [`apply`](Self::apply) adds the headers.
    ///
    /// A refused preflight gets a response too, with every header that is true of the policy. The
    /// browser then blocks the request, and its console names the reason.
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
        let grant = self.grant.as_ref();
        self.status()
            .map(|status| response::preflight(self.policy, grant, status))
    }

    /// The status of the finished response, 200 to 299. It is `None` under `options_passthrough`,
    /// where the handler chooses it.
    ///
    /// Together with [`apply`](Self::apply) it replaces [`response`](Self::response) where the type of
    /// the body has no [`Default`], or where a framework has a response type of its own.
    ///
    /// ```
    /// # use cors_runtime::{Decision, Policy, cors_policy};
    /// # use http::{HeaderMap, Request, Response};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// # struct Body(&'static str);
    /// # let request = Request::options("/").header("Access-Control-Request-Method", "PUT").body(())?;
    /// if let Decision::Preflight(preflight) = CORS.decide(request.method(), request.headers())
    ///     && let Some(status) = preflight.status()
    /// {
    ///     let mut response = Response::new(Body("")); // a body without `Default`
    ///     *response.status_mut() = status;
    ///     preflight.apply(response.headers_mut());
    ///     assert_eq!(response.status(), 204);
    /// }
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        let passes_on = self.policy.options_passthrough();
        (!passes_on).then(|| self.policy.options_success_status())
    }

    /// Writes the decision into the headers of the handler's response; see [`Decision::apply`].
    ///
    /// ```
    /// # use cors_runtime::{Decision, Policy, cors_policy};
    /// # use http::{Request, Response};
    /// # fn handler(_: &Request<()>) -> Response<()> { Response::default() }
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"], "options_passthrough": true });
    /// # let request = Request::options("/").header("Access-Control-Request-Method", "PUT").body(())?;
    /// if let Decision::Preflight(preflight) = CORS.decide(request.method(), request.headers()) {
    ///     let response = preflight.response().unwrap_or_else(|| {
    ///         let mut response = handler(&request); // under `options_passthrough`
    ///         preflight.apply(response.headers_mut());
    ///         response
    ///     });
    ///     assert!(response.headers().contains_key("vary"));
    /// }
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn apply(&self, headers: &mut HeaderMap) {
        response::write_preflight(self.policy, self.grant.as_ref(), headers);
    }

    /// Why a browser will not send the actual request; `None` if it will.
    ///
    /// ```
    /// # use cors_runtime::{Decision, Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::options("/")
    ///     .header("Origin", "https://app.example.com")
    ///     .header("Access-Control-Request-Method", "PUT")
    ///     .body(())?;
    /// if let Decision::Preflight(preflight) = CORS.decide(request.method(), request.headers()) {
    ///     assert_eq!(preflight.refusal().map(|refusal| refusal.kind()), Some("method"));
    /// }
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal.clone()
    }
}
