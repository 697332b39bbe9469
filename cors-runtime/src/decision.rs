//! What is decided about a request.

use http::{HeaderMap, HeaderValue, Method, Response, header};

use crate::headers::Writer;
use crate::names::ALLOW_PRIVATE_NETWORK;
use crate::origin::AllowOrigin;
use crate::parts::Headers;
use crate::policy::Policy;
use crate::refusal::{Refusal, Refused};
use crate::request::{Asked, Line};
use crate::requested_headers::{Echo, Unlisted, all_listed};

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
    pub(crate) fn new(policy: &'static Policy, method: &Method, headers: &HeaderMap) -> Self {
        let asked = match *method == Method::OPTIONS {
            true => Asked::read(headers),
            false => None,
        };
        let decision = match &asked {
            Some(asked) => Self::Preflight(Preflight::new(policy, asked)),
            None => Self::Actual(Actual::new(policy, method, headers)),
        };
        #[cfg(feature = "tracing")]
        crate::log::decision(policy, method, headers, &decision);
        decision
    }

    /// Writes the decision into a response's headers.
    ///
    /// CORS headers that are there already, of a backend say, are replaced, and none of them
    /// survives a refusal: browsers refuse two `Access-Control-Allow-Origin` even if they agree
    /// ([Fetch § CORS check](https://fetch.spec.whatwg.org/#concept-cors-check)). `Vary` is added to.
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

/// Whether the origin of a request is granted anything, and what is wrong with it otherwise.
fn judge_origin(
    policy: &'static Policy,
    origin: Line<'_>,
) -> (Option<AllowOrigin>, Option<Refused>) {
    let constant = policy.constant_origin().map(AllowOrigin::Ready);
    match origin {
        Line::None => (constant, None),
        Line::Several => (constant, Some(Refused::NotAnOrigin)),
        Line::One(origin) => match policy.parts.allow_origins.allow(origin) {
            Some(allowed) => (Some(allowed), None),
            None => (constant, Some(Refused::origin(origin))),
        },
    }
}

/// What is decided about an actual request.
#[derive(Clone, Debug)]
#[must_use = "a decision takes effect when it is applied to a response"]
pub struct Actual {
    policy: &'static Policy,
    allow_origin: Option<AllowOrigin>,
    refused: Option<Refused>,
}

impl Actual {
    fn new(policy: &'static Policy, method: &Method, headers: &HeaderMap) -> Self {
        let origin = Line::of(headers, header::ORIGIN);
        let (mut allow_origin, mut refused) = judge_origin(policy, origin);
        if !policy.allows(method.as_str().as_bytes()) {
            allow_origin = None;
            if !matches!(origin, Line::None) {
                refused = refused.or_else(|| Some(Refused::Method(method.clone())));
            }
        }
        Self {
            policy,
            allow_origin,
            refused,
        }
    }

    /// Writes the decision into a response's headers; see [`Decision::apply`].
    ///
    /// An answer of any status needs these headers, errors and redirects too, and a 304 the same
    /// as the answer that it renews.
    pub fn apply(&self, headers: &mut HeaderMap) {
        let mut writer = Writer::over(headers);
        if let Some(allow_origin) = &self.allow_origin {
            let parts = &self.policy.parts;
            writer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, allow_origin.to_value());
            if parts.allow_credentials {
                writer.set(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE.clone());
            }
            if let Some(exposed) = parts.expose_headers_value {
                writer.set(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed.clone());
            }
        }
        if self.policy.constant_origin().is_none() {
            writer.vary(&ORIGIN);
        }
    }

    /// Why a browser will keep the answer from the script, if it will.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.refused.as_ref().map(Refused::to_refusal)
    }
}

static TRUE: HeaderValue = HeaderValue::from_static("true");
static ORIGIN: HeaderValue = HeaderValue::from_static("Origin");

/// What is decided about a CORS-preflight request.
#[derive(Clone, Debug)]
#[must_use = "a preflight is answered by `response`, or by the handler under `options_passthrough`"]
pub struct Preflight {
    policy: &'static Policy,
    /// Whether anything is granted or explained: an origin that is not listed learns nothing.
    speaks: bool,
    allow_origin: Option<AllowOrigin>,
    echo: Option<Echo>,
    private_network: bool,
    refused: Option<Refused>,
}

impl Preflight {
    fn new(policy: &'static Policy, asked: &Asked<'_>) -> Self {
        let (allow_origin, refused) = judge_origin(policy, asked.origin);
        let mut preflight = Self {
            policy,
            speaks: allow_origin.is_some(),
            allow_origin,
            echo: None,
            private_network: false,
            refused,
        };
        if preflight.speaks {
            preflight.judge_method(asked.method);
            preflight.judge_headers(asked);
            preflight.judge_network(asked);
        }
        preflight
    }

    fn judge_method(&mut self, method: &HeaderValue) {
        if self.policy.allows(method.as_bytes()) {
            return;
        }
        // Browsers let these pass whatever the list says, so the answer must fail otherwise.
        if matches!(method.as_bytes(), b"GET" | b"HEAD" | b"POST") {
            self.allow_origin = None;
        }
        self.refuse(|| Refused::AskedMethod(method.clone()));
    }

    fn judge_headers(&mut self, asked: &Asked<'_>) {
        let unlisted = match &self.policy.parts.allow_headers {
            Headers::Any { .. } => return,
            Headers::Listed { names, .. } => all_listed(asked, names).err(),
            Headers::Echo => match Echo::of(asked) {
                Ok(echo) => {
                    self.echo = echo;
                    None
                }
                Err(unlisted) => Some(unlisted),
            },
        };
        if let Some(Unlisted { line, start, end }) = unlisted {
            self.refuse(|| Refused::AskedHeader(line.clone(), start, end));
        }
    }

    fn judge_network(&mut self, asked: &Asked<'_>) {
        if !asked.private_network {
            return;
        }
        if self.policy.allow_private_network() {
            self.private_network = self.refused.is_none() && !matches!(asked.origin, Line::None);
        } else {
            self.refuse(|| Refused::PrivateNetwork);
        }
    }

    /// The first reason counts.
    fn refuse(&mut self, reason: impl FnOnce() -> Refused) {
        self.refused.get_or_insert_with(reason);
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
        if self.policy.options_passthrough() {
            return None;
        }
        let mut headers = HeaderMap::with_capacity(self.len());
        self.write(&mut Writer::empty(&mut headers));
        let mut response = Response::new(B::default());
        *response.status_mut() = self.policy.options_success_status();
        *response.headers_mut() = headers;
        Some(response)
    }

    /// Writes the decision into the headers of the handler's own answer; see [`Decision::apply`].
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.write(&mut Writer::over(headers));
    }

    /// Why a browser will not send the actual request, if it will not.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.refused.as_ref().map(Refused::to_refusal)
    }

    fn write(&self, writer: &mut Writer<'_>) {
        let parts = &self.policy.parts;
        if let Some(allow_origin) = &self.allow_origin {
            writer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, allow_origin.to_value());
            if parts.allow_credentials {
                writer.set(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE.clone());
            }
        }
        if self.speaks {
            let methods = parts.allow_methods_value.clone();
            writer.set(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
            match (&parts.allow_headers, &self.echo) {
                (Headers::Any { value } | Headers::Listed { value, .. }, _) => {
                    writer.set(header::ACCESS_CONTROL_ALLOW_HEADERS, (*value).clone());
                }
                (Headers::Echo, Some(echo)) => echo.write(writer),
                (Headers::Echo, None) => {}
            }
            if let Some(max_age) = parts.max_age_value {
                writer.set(header::ACCESS_CONTROL_MAX_AGE, max_age.clone());
            }
            if self.private_network {
                writer.set(ALLOW_PRIVATE_NETWORK, TRUE.clone());
            }
        }
        if let Some(vary) = parts.preflight_vary {
            writer.vary(vary);
        }
    }

    /// An upper bound of the number of lines, so that the map need not grow.
    fn len(&self) -> usize {
        let parts = &self.policy.parts;
        let origin = usize::from(self.allow_origin.is_some());
        let always = usize::from(self.speaks);
        origin
            + (origin & usize::from(parts.allow_credentials))
            + 2 * always
            + (always & usize::from(parts.max_age_value.is_some()))
            + usize::from(self.private_network)
            + usize::from(parts.preflight_vary.is_some())
    }
}
