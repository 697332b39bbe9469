//! A cache of responses, like the one in a browser or a proxy: [RFC 9111].
//!
//! It keeps only headers. They are enough to know whether a page gets a response that was stored for
//! another page.
//!
//! [RFC 9111]: https://www.rfc-editor.org/rfc/rfc9111

use std::time::Duration;

use http::{HeaderMap, HeaderName, header};

use super::list::combined;

/// The stored response to a GET.
#[derive(Debug)]
pub(super) struct Stored {
    url: String,
    /// The request's values of the headers that `Vary` names.
    vary: Vec<(HeaderName, Option<String>)>,
    pub(super) response: HeaderMap,
    until: Duration,
}

impl Stored {
    /// Stores a response, if a cache may reuse it for some time without revalidation.
    pub(super) fn new(
        url: &str,
        request: &HeaderMap,
        response: &HeaderMap,
        now: Duration,
    ) -> Option<Self> {
        let seconds = fresh_seconds(response)?;
        let names = combined(response, &header::VARY).unwrap_or_default();
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
        Some(Self {
            url: url.to_owned(),
            vary: vary.collect::<Option<_>>()?,
            response: response.clone(),
            until: now.saturating_add(Duration::from_secs(seconds)),
        })
    }

    /// Whether a cache responds to a request with it.
    pub(super) fn serves(&self, url: &str, request: &HeaderMap, now: Duration) -> bool {
        let same = |(name, value): &(HeaderName, Option<String>)| combined(request, name) == *value;
        self.url == url && now < self.until && self.vary.iter().all(same)
    }
}

/// For how many seconds a response is fresh, if it says so explicitly.
fn fresh_seconds(response: &HeaderMap) -> Option<u64> {
    let directives = combined(response, &header::CACHE_CONTROL)?.to_ascii_lowercase();
    let mut directives = directives.split(',').map(str::trim);
    if directives
        .clone()
        .any(|directive| directive == "no-store" || directive == "no-cache")
    {
        return None;
    }
    directives.find_map(|directive| directive.strip_prefix("max-age=")?.parse().ok())
}
