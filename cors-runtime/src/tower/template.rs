//! Answers to preflights, from a template.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, Response, header};

use crate::grant::Grant;
use crate::origin::Allowed;
use crate::parts::Headers;
use crate::policy::Policy;
use crate::requested_headers::Echo;

/// Stands where the values of a request come.
static STAR: HeaderValue = HeaderValue::from_static("*");

/// The headers of an answered preflight, made once: to clone them costs a third of making them.
#[derive(Clone, Debug)]
pub(super) struct Template {
    headers: Arc<HeaderMap>,
    /// Whether a line of names is echoed.
    echoes: bool,
}

impl Template {
    pub(super) fn new(policy: &'static Policy) -> Self {
        let echo = match policy.parts.allow_headers {
            Headers::Echo => Echo::One(&STAR),
            Headers::Any { .. } | Headers::Listed { .. } => Echo::None,
        };
        let grant = Grant {
            policy,
            speaks: true,
            allow_origin: Some(Allowed::Ready(&STAR)),
            echo,
            private_network: false,
        };
        let mut headers = HeaderMap::new();
        grant.fill(&mut headers);
        Self {
            headers: Arc::new(headers),
            echoes: matches!(echo, Echo::One(_)),
        }
    }

    /// The same as [`Grant::response`].
    #[inline]
    pub(super) fn response<B: Default>(&self, grant: &Grant<'_>) -> Option<Response<B>> {
        let echo = match grant.echo {
            Echo::None => None,
            Echo::One(line) if self.echoes => Some(line),
            _ => return grant.response(),
        };
        match grant.allow_origin {
            Some(allow_origin) if !grant.private_network => grant.respond(|headers| {
                headers.clone_from(&self.headers);
                let value = allow_origin.value();
                overwrite(headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
                let names = header::ACCESS_CONTROL_ALLOW_HEADERS;
                match echo {
                    Some(line) => overwrite(headers, &names, line),
                    None if self.echoes => {
                        headers.remove(names);
                    }
                    None => {}
                }
            }),
            _ => grant.response(),
        }
    }
}

/// Costs less than to insert: that looks for the name, and may make room for it first.
fn overwrite(headers: &mut HeaderMap, name: &HeaderName, value: &HeaderValue) {
    let mut headers = headers.iter_mut();
    if let Some((_, old)) = headers.find(|(other, _)| *other == name) {
        *old = value.clone();
    }
}
