//! Answers to preflights, from a template.

use std::slice;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, Response, header};

use crate::grant::Grant;
use crate::origin::{Allowed, STAR};
use crate::parts::Headers;
use crate::policy::Policy;
use crate::requested_headers::Echo;

/// The headers of an answered preflight, made once: to clone them costs a third of making them.
#[derive(Clone, Debug)]
pub(super) struct Template {
    headers: Arc<HeaderMap>,
    /// How many lines of names are echoed.
    echoed: usize,
}

impl Template {
    pub(super) fn new(policy: &'static Policy) -> Self {
        let echoed = match policy.parts.allow_headers {
            Headers::Echo => slice::from_ref(&STAR),
            Headers::Any { .. } | Headers::Listed { .. } => &[],
        };
        let grant = Grant {
            policy,
            speaks: true,
            allow_origin: Some(Allowed::Ready(&STAR)),
            echo: Echo::Lines(echoed),
            private_network: false,
        };
        let mut headers = HeaderMap::new();
        grant.fill(&mut headers);
        Self {
            headers: Arc::new(headers),
            echoed: echoed.len(),
        }
    }

    /// The same as [`Grant::response`].
    #[inline]
    pub(super) fn response<B: Default>(&self, grant: &Grant<'_>) -> Option<Response<B>> {
        match (grant.allow_origin, grant.echo, grant.private_network) {
            (Some(allow_origin), Echo::Lines(lines), false) if lines.len() == self.echoed => grant
                .respond(|headers| {
                    headers.clone_from(&self.headers);
                    let value = allow_origin.value();
                    overwrite(headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
                    if let [line] = lines {
                        overwrite(headers, &header::ACCESS_CONTROL_ALLOW_HEADERS, line);
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
