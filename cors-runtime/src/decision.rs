//! Decisions, as users of the library see them.

use http::{HeaderMap, HeaderValue, Method, Response};

use crate::grant::{self, Grant};
use crate::judge::{self, PreflightVerdict, Verdict};
use crate::origin::Allowed;
use crate::policy::Policy;
use crate::refusal::{Fault, MethodName, Refusal, Refused, Stretch, Value};
use crate::request::Asked;
use crate::requested_headers::{Echo, KeptEcho};

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
    #[inline(always)]
    pub(crate) fn new(policy: &'static Policy, method: &Method, headers: &HeaderMap) -> Self {
        match *method {
            Method::OPTIONS => Self::on_options(policy, headers),
            _ => Self::actual(policy, method, headers),
        }
    }

    #[inline(always)]
    fn on_options(policy: &'static Policy, headers: &HeaderMap) -> Self {
        match Asked::read(headers) {
            Some(asked) => {
                let preflight = judge::PreflightRequest {
                    policy,
                    asked: &asked,
                    why: true,
                };
                preflight.judge()
            }
            None => Self::actual(policy, &Method::OPTIONS, headers),
        }
    }

    #[inline(always)]
    fn actual(policy: &'static Policy, method: &Method, headers: &HeaderMap) -> Self {
        judge::ActualRequest {
            policy,
            method,
            headers,
        }
        .judge()
    }

    /// Writes the decision into a response's headers.
    ///
    /// CORS headers that are there already, of a backend say, are replaced, and none of them
    /// survives a refusal: browsers refuse two `Access-Control-Allow-Origin` even if they agree
    /// ([Fetch § CORS check](https://fetch.spec.whatwg.org/#concept-cors-check)). `Vary` is added to.
    #[cfg_attr(not(debug_assertions), inline(always))]
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

impl From<PreflightVerdict<'_>> for Decision {
    #[inline(always)]
    fn from(PreflightVerdict { grant, refused }: PreflightVerdict<'_>) -> Self {
        let decision = |kept| Self::Preflight(Preflight::new(grant, kept));
        // One arm each, so that no more is written than is there.
        match (grant.allow_origin, grant.echo, refused) {
            (None | Some(Allowed::Ready(_)), Echo::None, None) => decision(None),
            (Some(Allowed::Asked(line)), Echo::None, None) => {
                decision(Some(Kept::Origin(line.clone())))
            }
            (None | Some(Allowed::Ready(_)), Echo::One(line), None) => {
                decision(Some(Kept::Echo(line.clone())))
            }
            (None | Some(Allowed::Ready(_)), Echo::None, Some(refused)) => match refused {
                Refused::Origin(line) => decision(Some(Kept::OriginRefused(line.clone()))),
                Refused::AskedMethod(line) => decision(Some(Kept::MethodRefused(line.clone()))),
                Refused::AskedHeader(Stretch { line, start, end }) => {
                    let line = line.clone();
                    decision(Some(Kept::HeaderRefused { line, start, end }))
                }
                Refused::NotAnOrigin => decision(Some(Kept::NotAnOrigin)),
                Refused::PrivateNetwork => decision(Some(Kept::NetworkRefused)),
                Refused::Method(_) => decision(Some(Kept::all(grant, Some(refused)))),
            },
            (_, _, refused) => decision(Some(Kept::all(grant, refused))),
        }
    }
}

impl From<Verdict<'_>> for Decision {
    #[inline(always)]
    fn from(verdict: Verdict<'_>) -> Self {
        Self::Actual(Actual::new(verdict))
    }
}

/// What is decided about an actual request.
#[derive(Clone, Debug)]
#[must_use = "a decision takes effect when it is applied to a response"]
pub struct Actual {
    policy: &'static Policy,
    /// The value of `Access-Control-Allow-Origin`, if it is not the request's own.
    ready: Option<&'static HeaderValue>,
    kept: Option<KeptActual>,
}

/// What is kept of an actual request.
#[derive(Clone, Debug)]
enum KeptActual {
    /// The origin, which is allowed.
    Origin(HeaderValue),
    OriginRefused(HeaderValue),
    NotAnOrigin,
    MethodRefused(MethodName),
}

impl Actual {
    #[inline(always)]
    fn new(verdict: Verdict<'_>) -> Self {
        let actual = |kept| Self {
            policy: verdict.policy,
            ready: match verdict.allow_origin {
                Some(Allowed::Ready(value)) => Some(value),
                Some(Allowed::Asked(_)) | None => None,
            },
            kept,
        };
        match (verdict.refused, verdict.allow_origin) {
            (Some(Refused::Origin(line)), _) => {
                actual(Some(KeptActual::OriginRefused(line.clone())))
            }
            (Some(Refused::Method(method)), _) => {
                actual(Some(KeptActual::MethodRefused(MethodName::new(method))))
            }
            (Some(_), _) => actual(Some(KeptActual::NotAnOrigin)),
            (None, Some(Allowed::Asked(line))) => actual(Some(KeptActual::Origin(line.clone()))),
            (None, Some(Allowed::Ready(_)) | None) => actual(None),
        }
    }

    /// Writes the decision into a response's headers; see [`Decision::apply`].
    ///
    /// An answer of any status needs these headers, errors and redirects too, and a 304 the same
    /// as the answer that it renews.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn apply(&self, headers: &mut HeaderMap) {
        grant::apply_actual(self.policy, headers, |writer| {
            let value = match (self.ready, &self.kept) {
                (Some(value), _) => value,
                (None, Some(KeptActual::Origin(line))) => line,
                (None, _) => return,
            };
            grant::allow_origin(writer, self.policy, value);
        });
    }

    /// Why a browser will keep the answer from the script, if it will.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match &self.kept {
            Some(KeptActual::OriginRefused(origin)) => Some(Refusal::Origin(Value::line(origin))),
            Some(KeptActual::NotAnOrigin) => Some(Refusal::Origin(Value::NOT_AN_ORIGIN)),
            Some(KeptActual::MethodRefused(method)) => {
                Some(Refusal::Method(Value::method(*method)))
            }
            Some(KeptActual::Origin(_)) | None => None,
        }
    }
}

/// What is decided about a CORS-preflight request.
#[derive(Clone, Debug)]
#[must_use = "a preflight is answered by `response`, or by the handler under `options_passthrough`"]
pub struct Preflight {
    policy: &'static Policy,
    speaks: bool,
    private_network: bool,
    /// The value of `Access-Control-Allow-Origin`, if it is not the request's own.
    ready: Option<&'static HeaderValue>,
    kept: Option<Kept>,
}

/// What is kept of a preflight. The kind is as long as a word, so that copies of what follows are
/// aligned.
#[derive(Clone, Debug)]
#[repr(u64)]
enum Kept {
    /// The origin, which is allowed.
    Origin(HeaderValue),
    /// The line of names that is echoed.
    Echo(HeaderValue),
    OriginRefused(HeaderValue),
    MethodRefused(HeaderValue),
    HeaderRefused {
        line: HeaderValue,
        start: usize,
        end: usize,
    },
    NotAnOrigin,
    NetworkRefused,
    /// More than one of these, or an echo of several lines.
    All {
        origin: Option<HeaderValue>,
        echo: KeptEcho,
        fault: Option<Fault>,
    },
}

impl Kept {
    #[inline]
    fn all(grant: Grant<'_>, refused: Option<Refused<'_>>) -> Self {
        Self::All {
            origin: match grant.allow_origin {
                Some(Allowed::Asked(line)) => Some(line.clone()),
                Some(Allowed::Ready(_)) | None => None,
            },
            echo: grant.echo.keep(),
            fault: refused.map(Fault::from),
        }
    }
}

impl Preflight {
    #[inline(always)]
    fn new(grant: Grant<'_>, kept: Option<Kept>) -> Self {
        Self {
            policy: grant.policy,
            speaks: grant.speaks,
            private_network: grant.private_network,
            ready: match grant.allow_origin {
                Some(Allowed::Ready(value)) => Some(value),
                Some(Allowed::Asked(_)) | None => None,
            },
            kept,
        }
    }

    /// A grant that is not explained.
    #[cfg(feature = "tower")]
    pub(crate) fn unexplained(grant: Grant<'_>) -> Self {
        Self::new(grant, Some(Kept::all(grant, None)))
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn grant(&self) -> Grant<'_> {
        let (origin, echo) = match &self.kept {
            Some(Kept::Origin(line)) => (Some(line), Echo::None),
            Some(Kept::Echo(line)) => (None, Echo::One(line)),
            Some(Kept::All { origin, echo, .. }) => (origin.as_ref(), echo.borrow()),
            _ => (None, Echo::None),
        };
        Grant {
            policy: self.policy,
            speaks: self.speaks,
            private_network: self.private_network,
            allow_origin: match self.ready {
                Some(value) => Some(Allowed::Ready(value)),
                None => origin.map(Allowed::Asked),
            },
            echo,
        }
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
    #[inline(always)]
    #[must_use]
    pub fn response<B: Default>(&self) -> Option<Response<B>> {
        self.grant().response()
    }

    /// Writes the decision into the headers of the handler's own answer; see [`Decision::apply`].
    pub fn apply(&self, headers: &mut HeaderMap) {
        self.grant().apply(headers);
    }

    /// Why a browser will not send the actual request, if it will not.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match &self.kept {
            Some(Kept::OriginRefused(line)) => Some(Refusal::Origin(Value::line(line))),
            Some(Kept::MethodRefused(line)) => Some(Refusal::Method(Value::line(line))),
            Some(Kept::HeaderRefused { line, start, end }) => {
                Some(Refusal::Header(Value::part(line, *start, *end)))
            }
            Some(Kept::NotAnOrigin) => Some(Refusal::Origin(Value::NOT_AN_ORIGIN)),
            Some(Kept::NetworkRefused) => Some(Refusal::PrivateNetwork),
            Some(Kept::All { fault, .. }) => fault.as_ref().map(Refusal::from),
            Some(Kept::Origin(_) | Kept::Echo(_)) | None => None,
        }
    }
}
