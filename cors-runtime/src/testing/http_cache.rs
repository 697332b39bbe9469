//! A cache of responses, like the one in a browser or a proxy: [RFC 9111].
//!
//! It keeps only headers. They are enough to know whether a page gets a response that was stored for
//! another page.
//!
//! [RFC 9111]: https://www.rfc-editor.org/rfc/rfc9111

mod cache_control;
mod freshness;

use std::time::Duration;

use http::{HeaderMap, HeaderName, StatusCode, header, response};

pub use self::freshness::Freshness;
use super::list::combined;

/// The stored response to a GET.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    url: String,
    /// The request's values of the headers that a request must have in common with it.
    vary: Vec<(HeaderName, Option<String>)>,
    pub(super) response: HeaderMap,
    until: Duration,
    pub(super) freshness: Freshness,
}

impl Stored {
    /// Stores a response, if a cache may reuse it for some time without revalidation.
    pub(super) fn new(
        url: &str,
        request: &HeaderMap,
        response: &response::Parts,
        now: Duration,
    ) -> Option<Self> {
        let (time, freshness) = freshness::usable(response.status, &response.headers)?;
        let names = combined(&response.headers, &header::VARY).unwrap_or_default();
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let vary = names.map(|name| {
            // `*` is a valid header name too, so it is checked first.
            let name = (name != "*").then(|| name.parse::<HeaderName>().ok())??;
            let value = combined(request, &name);
            Some((name, value))
        });
        let mut vary = vary.collect::<Option<Vec<_>>>()?;
        // A part is used only for requests for the same part.
        if response.status == StatusCode::PARTIAL_CONTENT {
            vary.push((header::RANGE, combined(request, &header::RANGE)));
        }
        Some(Self {
            url: url.to_owned(),
            vary,
            response: response.headers.clone(),
            until: now.saturating_add(time),
            freshness,
        })
    }

    pub(super) fn is_for(&self, url: &str) -> bool {
        self.url == url
    }

    /// Whether a cache responds to a request with it.
    pub(super) fn serves(&self, url: &str, request: &HeaderMap, now: Duration) -> bool {
        let same = |(name, value): &(HeaderName, Option<String>)| combined(request, name) == *value;
        self.is_for(url) && now < self.until && self.vary.iter().all(same)
    }
}
