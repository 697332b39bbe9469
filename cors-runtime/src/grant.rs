//! What requests are granted, and how their answers say so.

use http::{HeaderMap, HeaderValue, Response, header};

use crate::headers::Writer;
use crate::names::ALLOW_PRIVATE_NETWORK;
use crate::origin::Allowed;
use crate::parts::{Headers, Origins, Vary};
use crate::policy::Policy;
use crate::requested_headers::Echo;

#[allow(
    clippy::declare_interior_mutable_const,
    reason = "a value from static text shares nothing"
)]
const TRUE: HeaderValue = HeaderValue::from_static("true");

#[allow(
    clippy::declare_interior_mutable_const,
    reason = "a value from static text shares nothing"
)]
const STAR: HeaderValue = HeaderValue::from_static("*");

/// Writes what is decided about an actual request: the answer may be read by an origin, or by none.
/// Which it is, is asked once the names of the answer are read, so that it is not held meanwhile.
#[inline(always)]
pub(crate) fn apply_actual(
    policy: &'static Policy,
    headers: &mut HeaderMap,
    allow_origin: impl FnOnce(&mut Writer<'_>),
) {
    let mut writer = Writer::over(headers);
    allow_origin(&mut writer);
    if policy.constant_origin().is_none() {
        writer.vary_by_origin();
    }
}

// What is granted is written by functions of their own, in which nothing is to be dropped on a
// panic: there values are cloned to where they are wanted. By way of another place, each would take
// some 5 ns more.

/// Writes that an origin may read the answer to an actual request.
#[inline(never)]
pub(crate) fn allow_origin(writer: &mut Writer<'_>, policy: &'static Policy, value: &HeaderValue) {
    let value = value.clone();
    write_origin(writer, policy, value);
}

/// The same with a value that nobody else needs.
#[cfg(feature = "tower")]
#[inline(never)]
pub(crate) fn allow_own_origin(
    writer: &mut Writer<'_>,
    policy: &'static Policy,
    value: HeaderValue,
) {
    write_origin(writer, policy, value);
}

#[inline(always)]
fn write_origin(writer: &mut Writer<'_>, policy: &'static Policy, value: HeaderValue) {
    let parts = &policy.parts;
    writer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
    if parts.allow_credentials {
        writer.set(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
    }
    if let Some(exposed) = parts.expose_headers_value {
        let exposed = exposed.clone();
        writer.set(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}

/// What a CORS-preflight request is granted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant<'r> {
    pub(crate) policy: &'static Policy,
    /// Whether anything is granted or explained: an origin that is not listed learns nothing.
    pub(crate) speaks: bool,
    pub(crate) allow_origin: Option<Allowed<'r>>,
    pub(crate) echo: Echo<'r>,
    pub(crate) private_network: bool,
}

impl<'r> Grant<'r> {
    /// To an origin that is not allowed, or to nobody.
    #[inline(always)]
    pub(crate) fn nothing(policy: &'static Policy) -> Self {
        Self {
            policy,
            speaks: false,
            allow_origin: None,
            echo: Echo::None,
            private_network: false,
        }
    }

    /// To an allowed origin, with all that is granted to it whatever else it asks for.
    #[inline(always)]
    pub(crate) fn to(policy: &'static Policy, allowed: Allowed<'r>) -> Self {
        Self {
            speaks: true,
            allow_origin: Some(allowed),
            ..Self::nothing(policy)
        }
    }
}

impl Grant<'_> {
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        self.write(&mut Writer::over(headers));
    }

    /// The finished answer; `None` where the handler is to give it.
    #[inline(always)]
    pub(crate) fn response<B: Default>(&self) -> Option<Response<B>> {
        self.respond(
            #[inline(always)]
            |headers| self.fill(headers),
        )
    }

    /// Writes into a map that was just made.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn fill(&self, headers: &mut HeaderMap) {
        // In the one case that this could fail, a map that is out of all proportion, nothing is
        // written, and browsers refuse.
        if headers.try_reserve(self.len()).is_ok() {
            self.write(&mut Writer::empty(headers));
        }
    }

    /// An answer whose headers are yet to be written; `None` where the handler is to give it.
    #[inline(always)]
    pub(crate) fn respond<B: Default>(
        &self,
        write: impl FnOnce(&mut HeaderMap),
    ) -> Option<Response<B>> {
        if self.policy.options_passthrough() {
            return None;
        }
        let mut response = Response::new(B::default());
        *response.status_mut() = self.policy.options_success_status();
        write(response.headers_mut());
        Some(response)
    }

    #[inline(always)]
    fn write(&self, writer: &mut Writer<'_>) {
        if self.speaks {
            self.speak(writer);
        }
        writer.vary(self.policy.parts.preflight_vary);
    }

    /// Writes what is granted.
    #[inline(never)]
    fn speak(&self, writer: &mut Writer<'_>) {
        let parts = &self.policy.parts;
        if let Some(allow_origin) = self.allow_origin {
            // The one value of all policies that is the same: a constant need not be cloned.
            if let Origins::Constant { any: true, .. } = parts.allow_origins {
                writer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, STAR);
            } else {
                let value = allow_origin.value().clone();
                writer.set(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
            }
            if parts.allow_credentials {
                writer.set(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
            }
        }
        let methods = parts.allow_methods_value.clone();
        writer.set(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        match &parts.allow_headers {
            Headers::Any { value } | Headers::Listed { value, .. } => {
                let value = (*value).clone();
                writer.set(header::ACCESS_CONTROL_ALLOW_HEADERS, value);
            }
            Headers::Echo => self.echo.for_each(|line| {
                let line = line.clone();
                writer.set(header::ACCESS_CONTROL_ALLOW_HEADERS, line);
            }),
        }
        if let Some(max_age) = parts.max_age_value {
            let max_age = max_age.clone();
            writer.set(header::ACCESS_CONTROL_MAX_AGE, max_age);
        }
        if self.private_network {
            writer.set(ALLOW_PRIVATE_NETWORK, TRUE);
        }
    }

    /// An upper bound of the number of names, so that the map need not grow.
    #[inline]
    fn len(&self) -> usize {
        match self.speaks {
            true => self.policy.preflight_len + usize::from(self.private_network),
            false => usize::from(!matches!(self.policy.parts.preflight_vary, Vary::Nothing)),
        }
    }
}
