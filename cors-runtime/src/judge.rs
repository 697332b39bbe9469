//! Deciding: what a request is granted, and what is at fault where that is not all it asks for.
//!
//! Verdicts borrow from the request, so that deciding costs nothing but the decision.

use http::{HeaderMap, Method};

use crate::grant::Grant;
use crate::origin::Allowed;
use crate::parts::Headers;
use crate::pattern::LONGEST;
use crate::policy::Policy;
use crate::refusal::Refused;
use crate::request::{Asked, Line};
use crate::requested_headers::{Echo, all_listed};

/// The verdict on an origin, or on an actual request as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict<'r> {
    /// Nobody asks, so nobody is refused.
    NoOrigin,
    /// The same, and the method has no grant, not even one that is the same for everybody.
    NoOriginAndNoGrant,
    Allowed(Allowed<'r>),
    Refused(Refused<'r>),
}

impl<'r> Verdict<'r> {
    /// Judges an actual request.
    #[inline(always)]
    pub(crate) fn actual(
        policy: &'static Policy,
        method: &'r Method,
        headers: &'r HeaderMap,
    ) -> Self {
        let origin = Line::origin(headers);
        let verdict = match (policy.allows(method), origin) {
            (true, origin) => Self::origin(policy, origin),
            (false, Line::None) => Self::NoOriginAndNoGrant,
            (false, _) => Self::Refused(Refused::Method(method)),
        };
        #[cfg(feature = "tracing")]
        crate::log::decision(policy, "actual", method, headers, verdict.refused());
        verdict
    }

    #[inline]
    fn origin(policy: &'static Policy, origin: Line<'r>) -> Self {
        match origin {
            Line::None => Self::NoOrigin,
            Line::Several => Self::Refused(Refused::NotAnOrigin),
            Line::One(origin) => match policy.parts.allow_origins.allow(origin) {
                Some(allowed) => Self::Allowed(allowed),
                None if origin.len() > LONGEST => Self::Refused(Refused::NotAnOrigin),
                None => Self::Refused(Refused::Origin(origin)),
            },
        }
    }

    /// The origin that the answer names.
    #[inline]
    pub(crate) fn allow_origin(self, policy: &'static Policy) -> Option<Allowed<'r>> {
        match self {
            Self::Allowed(allowed) => Some(allowed),
            Self::NoOriginAndNoGrant | Self::Refused(Refused::Method(_)) => None,
            Self::NoOrigin | Self::Refused(_) => policy.constant_origin().map(Allowed::Ready),
        }
    }

    #[inline]
    pub(crate) fn refused(self) -> Option<Refused<'r>> {
        match self {
            Self::Refused(refused) => Some(refused),
            Self::NoOrigin | Self::NoOriginAndNoGrant | Self::Allowed(_) => None,
        }
    }
}

/// The origin that the answer to an actual request names, where nobody asks why.
#[cfg(feature = "tower")]
#[inline(always)]
pub(crate) fn allow_origin<'r>(
    policy: &'static Policy,
    method: &'r Method,
    headers: &'r HeaderMap,
) -> Option<Allowed<'r>> {
    match policy.constant_origin() {
        // It is the same whoever asks.
        Some(value) if !logs(policy) => policy.allows(method).then_some(Allowed::Ready(value)),
        _ => Verdict::actual(policy, method, headers).allow_origin(policy),
    }
}

/// What a CORS-preflight request is granted, where nobody asks why.
#[cfg(feature = "tower")]
#[inline(never)]
pub(crate) fn grant<'r>(policy: &'static Policy, asked: &Asked<'r>) -> Grant<'r> {
    judge_preflight(policy, asked, logs(policy)).0
}

/// Judges a CORS-preflight request. The first thing that is refused is the one that is named.
#[inline]
pub(crate) fn preflight<'r>(
    policy: &'static Policy,
    asked: &Asked<'r>,
) -> (Grant<'r>, Option<Refused<'r>>) {
    judge_preflight(policy, asked, true)
}

/// Whether decisions are logged, and so explained.
#[cfg(feature = "tower")]
#[inline]
fn logs(policy: &Policy) -> bool {
    cfg!(feature = "tracing") && policy.debug()
}

/// Judges a CORS-preflight request. The answer names all that is allowed, so that most of what is
/// refused need not be found unless somebody asks `why`; then it is named completely.
#[inline(always)]
fn judge_preflight<'r>(
    policy: &'static Policy,
    asked: &Asked<'r>,
    why: bool,
) -> (Grant<'r>, Option<Refused<'r>>) {
    let verdict = Verdict::origin(policy, asked.origin);
    let allow_origin = verdict.allow_origin(policy);
    let mut refused = verdict.refused();
    let mut grant = Grant {
        policy,
        allow_origin,
        speaks: allow_origin.is_some(),
        echo: Echo::None,
        private_network: false,
    };
    if grant.speaks {
        let parts = &policy.parts;
        let method = asked.method.as_bytes();
        if !policy.allows_bytes(method) {
            refused = refused.or(Some(Refused::AskedMethod(asked.method)));
            // Browsers let these pass whatever the list says, so the answer must fail otherwise.
            if matches!(method, b"GET" | b"HEAD" | b"POST") {
                grant.allow_origin = None;
            }
        }
        let headers = match &parts.allow_headers {
            Headers::Any { .. } => Ok(()),
            // A private network is granted only together with all else.
            Headers::Listed { .. } if !why && !asked.private_network => Ok(()),
            Headers::Listed { names, .. } => all_listed(asked, names),
            Headers::Echo => Echo::of(asked).map(|echo| grant.echo = echo),
        };
        if let Err(stretch) = headers {
            refused = refused.or(Some(Refused::AskedHeader(stretch)));
        }
        if asked.private_network {
            match parts.allow_private_network {
                true => {
                    let granted = refused.is_none() && !matches!(asked.origin, Line::None);
                    grant.private_network = granted;
                }
                false => refused = refused.or(Some(Refused::PrivateNetwork)),
            }
        }
    }
    #[cfg(feature = "tracing")]
    crate::log::decision(policy, "preflight", &Method::OPTIONS, asked.all, refused);
    (grant, refused)
}
