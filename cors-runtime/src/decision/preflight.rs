//! The decision on a CORS-preflight request.

use http::{HeaderMap, Response, StatusCode};

use crate::parts::Headers;
use crate::policy::Policy;
use crate::refusal::{Refusal, RefusedValue};
use crate::request::{Lines, PreflightRequest, all_listed, echo};
use crate::response::{self, Grant};

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

    /// Writes the decision into the headers of the handler's response; see [`Decision::apply`](crate::Decision::apply).
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

    /// Makes room for the headers, and for `Content-Length`, which axum adds. If this fails, so does writing.
    // Measured in axum: a preflight takes some 680 instructions less.
    #[cfg(feature = "tower")]
    pub(crate) fn reserve(&self, headers: &mut HeaderMap) {
        if self.grant.is_some() {
            let _ = headers.try_reserve(8);
        }
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

    #[cfg(any(feature = "tower", feature = "tracing"))]
    #[inline]
    pub(super) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }
}
