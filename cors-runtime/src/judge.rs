//! Deciding: what a request is granted, and what is at fault where that is not all it asks for.

use http::{HeaderMap, Method};

use crate::grant::Preflight;
use crate::origin::{AllowOrigin, Allowed};
use crate::parts::Headers;
use crate::policy::Policy;
use crate::refusal::Refused;
use crate::request::{Asked, Line};
use crate::requested_headers::{Echo, all_listed};

/// The verdict on an origin, or on an actual request as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict<'r> {
    /// There is no origin to judge.
    NoOrigin,
    /// Nor may the method have a grant.
    NoOriginAndRefused,
    Allowed(Allowed<'r>),
    Refused(Refused<'r>),
    /// Nor may the method have a grant.
    RefusedTwice(Refused<'r>),
}

impl<'r> Verdict<'r> {
    /// Judges an actual request.
    #[inline]
    pub(crate) fn actual(
        policy: &'static Policy,
        method: &'r Method,
        headers: &'r HeaderMap,
    ) -> Self {
        let mut verdict = Self::origin(policy, Line::origin(headers));
        if !policy.allows(method) {
            verdict = match verdict {
                Self::NoOrigin => Self::NoOriginAndRefused,
                Self::Allowed(_) => Self::Refused(Refused::Method(method)),
                Self::Refused(refused) => Self::RefusedTwice(refused),
                refused => refused,
            };
        }
        #[cfg(feature = "tracing")]
        crate::log::decision(policy, "actual", method, headers, verdict.refused());
        verdict
    }

    #[inline]
    fn origin(policy: &'static Policy, origin: Line<'r>) -> Self {
        match origin {
            Line::None => Self::NoOrigin,
            Line::Several => Self::Refused(Refused::SeveralOrigins),
            Line::One(origin) => match policy.parts.allow_origins.allow(origin) {
                Some(allowed) => Self::Allowed(allowed),
                None => Self::Refused(Refused::Origin(origin)),
            },
        }
    }

    /// The header that says so.
    #[inline]
    pub(crate) fn allow_origin(self, policy: &'static Policy) -> Option<AllowOrigin> {
        match self {
            Self::Allowed(allowed) => Some(allowed.keep()),
            Self::NoOriginAndRefused
            | Self::RefusedTwice(_)
            | Self::Refused(Refused::Method(_)) => None,
            Self::NoOrigin | Self::Refused(_) => policy.constant_origin().map(AllowOrigin::Ready),
        }
    }

    #[inline]
    pub(crate) fn refused(self) -> Option<Refused<'r>> {
        match self {
            Self::Refused(refused) | Self::RefusedTwice(refused) => Some(refused),
            Self::NoOrigin | Self::NoOriginAndRefused | Self::Allowed(_) => None,
        }
    }
}

impl Preflight {
    /// Judges a CORS-preflight request. The first thing that is refused is the one that is named.
    ///
    /// The grant is changed in place, since moving it costs as much as judging.
    pub(crate) fn judge<'r>(&mut self, asked: &Asked<'r>) -> Option<Refused<'r>> {
        let verdict = Verdict::origin(self.policy, asked.origin);
        self.allow_origin = verdict.allow_origin(self.policy);
        self.speaks = self.allow_origin.is_some();
        let mut refused = verdict.refused();
        if self.speaks {
            refused = self.judge_asked(asked, refused);
        }
        #[cfg(feature = "tracing")]
        crate::log::decision(
            self.policy,
            "preflight",
            &Method::OPTIONS,
            asked.all,
            refused,
        );
        refused
    }

    #[inline]
    fn judge_asked<'r>(
        &mut self,
        asked: &Asked<'r>,
        refused: Option<Refused<'r>>,
    ) -> Option<Refused<'r>> {
        let parts = &self.policy.parts;
        let method = asked.method.as_bytes();
        let method_passes = self.policy.allows_bytes(method);
        // Browsers let these pass whatever the list says, so the answer must fail otherwise.
        if !method_passes && matches!(method, b"GET" | b"HEAD" | b"POST") {
            self.allow_origin = None;
        }
        let refused = refused.or((!method_passes).then_some(Refused::AskedMethod(asked.method)));
        let headers = match &parts.allow_headers {
            Headers::Any { .. } => Ok(()),
            Headers::Listed { names, .. } => all_listed(asked, names),
            Headers::Echo => Echo::of(asked).map(|echo| self.echo = echo),
        };
        let refused = refused.or(headers.err().map(Refused::AskedHeader));
        if !asked.private_network {
            return refused;
        }
        if !parts.allow_private_network {
            return refused.or(Some(Refused::PrivateNetwork));
        }
        self.private_network = refused.is_none() && !matches!(asked.origin, Line::None);
        refused
    }
}
