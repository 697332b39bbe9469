//! Deciding: what a request is granted, and what is at fault where that is not all it asks for.
//!
//! Verdicts borrow from the request, so that deciding costs nothing but the decision. A verdict
//! becomes what is asked for where it is reached, while its kind is known, so it is generic.
//!
//! The whole way from a request to its decision is inlined. A policy is constant data, so where a
//! service asks it by name the compiler follows the one way that this policy has, and leaves out the
//! others. In debug builds what services call is not inlined, or it would be compiled again with each
//! edit of theirs.

use http::{HeaderMap, Method};

use crate::grant::Grant;
use crate::origin::Allowed;
use crate::parts::Headers;
use crate::policy::Policy;
use crate::refusal::Refused;
use crate::request::{Asked, Line};
use crate::requested_headers::{Echo, all_listed};

/// The verdict on an actual request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict<'r> {
    pub(crate) policy: &'static Policy,
    /// The origin that the answer names.
    pub(crate) allow_origin: Option<Allowed<'r>>,
    /// What is refused. Where the answer is the same for everybody, it is the browser that refuses.
    pub(crate) refused: Option<Refused<'r>>,
}

/// An actual request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActualRequest<'r> {
    pub(crate) policy: &'static Policy,
    pub(crate) method: &'r Method,
    pub(crate) headers: &'r HeaderMap,
}

impl<'r> ActualRequest<'r> {
    #[inline(always)]
    pub(crate) fn judge<V: From<Verdict<'r>>>(self) -> V {
        let policy = self.policy;
        let by_method = Some(Refused::Method(self.method));
        match Line::origin(self.headers) {
            // Nobody asks, so nobody is refused.
            Line::None => self.granted(constant(policy), None, None),
            Line::Several => self.granted(constant(policy), Some(Refused::NotAnOrigin), by_method),
            Line::One(line) if policy.is_too_long(line) => {
                self.granted(constant(policy), Some(Refused::NotAnOrigin), by_method)
            }
            Line::One(line) => match policy.parts.allow_origins.allow(line) {
                Ok(allowed) => self.granted(Some(allowed), None, by_method),
                Err(constant) => self.granted(constant, Some(Refused::Origin(line)), by_method),
            },
        }
    }

    #[inline(always)]
    fn granted<V: From<Verdict<'r>>>(
        self,
        allow_origin: Option<Allowed<'r>>,
        refused: Option<Refused<'r>>,
        by_method: Option<Refused<'r>>,
    ) -> V {
        // Where nothing is granted, the method changes nothing.
        match allow_origin {
            Some(_) if !self.policy.allows(self.method) => {
                self.verdict(None, refused.or(by_method))
            }
            _ => self.verdict(allow_origin, refused),
        }
    }

    #[inline(always)]
    fn verdict<V: From<Verdict<'r>>>(
        self,
        allow_origin: Option<Allowed<'r>>,
        refused: Option<Refused<'r>>,
    ) -> V {
        let policy = self.policy;
        #[cfg(feature = "tracing")]
        crate::log::decision(policy, "actual", self.method, self.headers, refused);
        V::from(Verdict {
            policy,
            allow_origin,
            refused,
        })
    }
}

#[inline(always)]
fn constant(policy: &'static Policy) -> Option<Allowed<'static>> {
    policy.constant_origin().map(Allowed::Ready)
}

/// The verdict on a CORS-preflight request. The first thing that is refused is the one that is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreflightVerdict<'r> {
    pub(crate) grant: Grant<'r>,
    pub(crate) refused: Option<Refused<'r>>,
}

/// What a CORS-preflight request is granted, where nobody asks why.
#[cfg(feature = "tower")]
#[inline(never)]
pub(crate) fn grant<'r>(policy: &'static Policy, asked: &Asked<'r>) -> Grant<'r> {
    let preflight = PreflightRequest {
        policy,
        asked,
        why: logs(policy),
    };
    preflight.judge::<PreflightVerdict<'r>>().grant
}

/// Whether decisions are logged, and so explained.
#[cfg(feature = "tower")]
#[inline]
pub(crate) fn logs(policy: &Policy) -> bool {
    cfg!(feature = "tracing") && policy.debug()
}

/// A CORS-preflight request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreflightRequest<'a, 'r> {
    pub(crate) policy: &'static Policy,
    pub(crate) asked: &'a Asked<'r>,
    /// The answer names all that is allowed, so that names that are not need not be found unless
    /// somebody asks.
    pub(crate) why: bool,
}

impl<'r> PreflightRequest<'_, 'r> {
    #[inline(always)]
    pub(crate) fn judge<V: From<PreflightVerdict<'r>>>(self) -> V {
        let policy = self.policy;
        let allowed = match self.asked.origin {
            Line::One(line) if policy.is_too_long(line) => {
                return self.refuse_origin(constant(policy), Refused::NotAnOrigin);
            }
            Line::One(line) => match policy.parts.allow_origins.allow(line) {
                Ok(allowed) => allowed,
                Err(constant) => return self.refuse_origin(constant, Refused::Origin(line)),
            },
            Line::Several => {
                return self.refuse_origin(constant(policy), Refused::NotAnOrigin);
            }
            Line::None => match constant(policy) {
                Some(allowed) => allowed,
                None => return self.verdict(Grant::nothing(policy), None),
            },
        };
        self.judge_asked(allowed)
    }

    /// Judges what is asked for where the origin is allowed.
    #[inline(always)]
    fn judge_asked<V: From<PreflightVerdict<'r>>>(self, allowed: Allowed<'r>) -> V {
        let Self { policy, asked, why } = self;
        if !policy.allows_bytes(asked.method.as_bytes()) {
            return self.refuse(allowed, Refused::AskedMethod(asked.method));
        }
        let grant = Grant::to(policy, allowed);
        match &policy.parts.allow_headers {
            // A private network is granted only together with all else.
            Headers::Listed { names, .. } if why || asked.private_network => {
                match all_listed(asked, names) {
                    Ok(()) => self.grant(grant),
                    Err(stretch) => self.verdict(grant, Some(Refused::AskedHeader(stretch))),
                }
            }
            Headers::Any { .. } | Headers::Listed { .. } => self.grant(grant),
            Headers::Echo => match Echo::of(asked.headers, asked.all) {
                Ok(echo) => self.grant(Grant { echo, ..grant }),
                Err(stretch) => self.verdict(grant, Some(Refused::AskedHeader(stretch))),
            },
        }
    }

    #[inline(always)]
    fn grant<V: From<PreflightVerdict<'r>>>(self, grant: Grant<'r>) -> V {
        match self.asked.private_network {
            false => self.verdict(grant, None),
            true => self.judge_network(grant),
        }
    }

    /// Judges access to a private network where all else is granted.
    #[inline(always)]
    fn judge_network<V: From<PreflightVerdict<'r>>>(self, grant: Grant<'r>) -> V {
        if !self.policy.allow_private_network() {
            return self.verdict(grant, Some(Refused::PrivateNetwork));
        }
        let private_network = !matches!(self.asked.origin, Line::None);
        self.verdict(
            Grant {
                private_network,
                ..grant
            },
            None,
        )
    }

    #[inline(always)]
    fn refuse_origin<V: From<PreflightVerdict<'r>>>(
        self,
        constant: Option<Allowed<'r>>,
        refused: Refused<'r>,
    ) -> V {
        match constant {
            Some(allowed) => self.refuse(allowed, refused),
            None => self.verdict(Grant::nothing(self.policy), Some(refused)),
        }
    }

    /// Refuses the origin or the method with an answer that names what is allowed.
    #[inline(always)]
    fn refuse<V: From<PreflightVerdict<'r>>>(
        self,
        allowed: Allowed<'r>,
        refused: Refused<'r>,
    ) -> V {
        let Self { policy, asked, .. } = self;
        let mut grant = Grant::to(policy, allowed);
        if policy.must_withhold(asked.method.as_bytes()) {
            grant.allow_origin = None;
        }
        if let Headers::Echo = policy.parts.allow_headers {
            grant.echo = Echo::of(asked.headers, asked.all).unwrap_or(Echo::None);
        }
        self.verdict(grant, Some(refused))
    }

    #[inline(always)]
    fn verdict<V: From<PreflightVerdict<'r>>>(
        self,
        grant: Grant<'r>,
        refused: Option<Refused<'r>>,
    ) -> V {
        #[cfg(feature = "tracing")]
        {
            let Self { policy, asked, .. } = self;
            crate::log::decision(policy, "preflight", &Method::OPTIONS, asked.all, refused);
        }
        V::from(PreflightVerdict { grant, refused })
    }
}
