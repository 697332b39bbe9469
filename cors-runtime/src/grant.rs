//! What requests are granted, and how their answers say so.

#[cfg(feature = "tower")]
use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Response, header};

use crate::headers::Writer;
use crate::names::ALLOW_PRIVATE_NETWORK;
use crate::origin::AllowOrigin;
#[cfg(feature = "tower")]
use crate::origin::STAR;
use crate::parts::Headers;
use crate::policy::Policy;
use crate::requested_headers::Echo;

static TRUE: HeaderValue = HeaderValue::from_static("true");
static ORIGIN: HeaderValue = HeaderValue::from_static("Origin");

/// What an actual request is granted.
#[derive(Clone, Debug)]
pub(crate) struct Actual {
    pub(crate) policy: &'static Policy,
    pub(crate) allow_origin: Option<AllowOrigin>,
}

impl Actual {
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        let mut writer = Writer::over(headers);
        let parts = &self.policy.parts;
        if let Some(allow_origin) = &self.allow_origin {
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
}

/// What a CORS-preflight request is granted.
#[derive(Clone, Debug)]
pub(crate) struct Preflight {
    pub(crate) policy: &'static Policy,
    /// Whether anything is granted or explained: an origin that is not listed learns nothing.
    pub(crate) speaks: bool,
    pub(crate) allow_origin: Option<AllowOrigin>,
    pub(crate) echo: Option<Echo>,
    pub(crate) private_network: bool,
}

impl Preflight {
    /// Nothing, until the request is judged.
    pub(crate) fn new(policy: &'static Policy) -> Self {
        Self {
            policy,
            speaks: false,
            allow_origin: None,
            echo: None,
            private_network: false,
        }
    }

    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        self.write(&mut Writer::over(headers));
    }

    /// The finished answer; `None` where the handler is to give it.
    #[inline]
    pub(crate) fn response<B: Default>(&self) -> Option<Response<B>> {
        self.respond(|headers| {
            // In the one case that this could fail, a map that is out of all proportion, nothing
            // is written, and browsers refuse.
            if headers.try_reserve(self.len()).is_ok() {
                self.write(&mut Writer::empty(headers));
            }
        })
    }

    #[inline]
    fn respond<B: Default>(&self, write: impl FnOnce(&mut HeaderMap)) -> Option<Response<B>> {
        if self.policy.options_passthrough() {
            return None;
        }
        let mut response = Response::new(B::default());
        *response.status_mut() = self.policy.options_success_status();
        write(response.headers_mut());
        Some(response)
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

    /// An upper bound of the number of names, so that the map need not grow.
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

/// The headers of an answered preflight, made once: to clone them costs a third of making them.
#[cfg(feature = "tower")]
#[derive(Clone, Debug)]
pub(crate) struct Template(Arc<HeaderMap>);

#[cfg(feature = "tower")]
impl Template {
    pub(crate) fn new(policy: &'static Policy) -> Self {
        let grant = Preflight {
            speaks: true,
            allow_origin: Some(AllowOrigin::Ready(&STAR)),
            ..Preflight::new(policy)
        };
        let mut headers = HeaderMap::with_capacity(grant.len());
        grant.write(&mut Writer::empty(&mut headers));
        Self(Arc::new(headers))
    }

    /// The same as [`Preflight::response`].
    #[inline]
    pub(crate) fn response<B: Default>(&self, grant: &Preflight) -> Option<Response<B>> {
        match (&grant.allow_origin, &grant.echo, grant.private_network) {
            (Some(allow_origin), None, false) => grant.respond(|headers| {
                headers.clone_from(&self.0);
                let origin = headers
                    .iter_mut()
                    .find(|(name, _)| **name == header::ACCESS_CONTROL_ALLOW_ORIGIN);
                if let Some((_, value)) = origin {
                    *value = allow_origin.to_value();
                }
            }),
            _ => grant.response(),
        }
    }
}
