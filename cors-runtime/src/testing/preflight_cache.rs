//! The [CORS-preflight cache], and how long it keeps a preflight.
//!
//! [CORS-preflight cache]: https://fetch.spec.whatwg.org/#cors-preflight-cache

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, header};

use super::list::combined;

/// How long the response to a preflight may be cached, as it says itself: [Fetch § CORS-preflight fetch].
///
/// [`Display`](fmt::Display) prints how long a browser without a limit of its own keeps it.
///
/// ```
/// use std::time::Duration;
/// use cors_runtime::testing::MaxAge;
///
/// assert_eq!(MaxAge::Seconds(600).duration(), Duration::from_secs(600));
/// assert_eq!(MaxAge::Seconds(600).to_string(), "kept for 600 seconds");
/// // The standard's default, which is not zero.
/// assert_eq!(MaxAge::Missing.duration(), Duration::from_secs(5));
/// ```
///
/// [Fetch § CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MaxAge {
    /// `Access-Control-Max-Age` is missing: 5 seconds.
    Missing,
    /// The value is not a number of seconds (`10m`), or there are several: 5 seconds. Firefox keeps
    /// nothing in this case.
    Malformed(String),
    /// This many seconds; the browser's own limit may be lower. With `0` the preflight is not kept.
    Seconds(u64),
}

impl MaxAge {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        match combined(headers, &header::ACCESS_CONTROL_MAX_AGE) {
            None => Self::Missing,
            Some(value) if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // A number that does not fit is larger than any limit.
                Self::Seconds(value.parse().unwrap_or(u64::MAX))
            }
            Some(value) => Self::Malformed(value),
        }
    }

    /// How long the preflight is kept by a browser without a limit of its own.
    #[must_use]
    pub fn duration(&self) -> Duration {
        match self {
            Self::Missing | Self::Malformed(_) => Duration::from_secs(5),
            Self::Seconds(seconds) => Duration::from_secs(*seconds),
        }
    }
}

impl fmt::Display for MaxAge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => {
                f.write_str("kept for 5 seconds, as there is no 'Access-Control-Max-Age' header")
            }
            Self::Malformed(value) => write!(
                f,
                "kept for 5 seconds, as the value '{value}' of the 'Access-Control-Max-Age' header is not a number of seconds"
            ),
            Self::Seconds(0) => f.write_str("not kept"),
            Self::Seconds(1) => f.write_str("kept for 1 second"),
            Self::Seconds(seconds) => write!(f, "kept for {seconds} seconds"),
        }
    }
}

/// What a request must have in common with a preflight, so that it needs no preflight of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The value of `Origin`.
    pub(super) origin: String,
    pub(super) url: String,
    /// An entry for requests with credentials also serves requests without.
    pub(super) credentials: bool,
    pub(super) private_network: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cleared {
    Method(String),
    Header(String),
}

#[derive(Debug)]
struct Entry {
    key: Key,
    cleared: Cleared,
    until: Duration,
}

/// All entries of a browser. Times are counted from when the browser was opened.
#[derive(Debug)]
pub(super) struct PreflightCache {
    entries: Vec<Entry>,
    /// The browser's own limit: no entry is kept for longer, whatever the response says.
    pub(super) limit: Duration,
}

impl Default for PreflightCache {
    fn default() -> Self {
        let entries = Vec::new();
        // As in Chromium.
        let limit = Duration::from_secs(7_200);
        Self { entries, limit }
    }
}

impl PreflightCache {
    pub(super) fn clears_method(&self, key: &Key, method: &str, now: Duration) -> bool {
        self.matching(key, now).any(
            |cleared| matches!(cleared, Cleared::Method(kept) if kept == method || kept == "*"),
        )
    }

    pub(super) fn clears_header(&self, key: &Key, name: &str, now: Duration) -> bool {
        self.matching(key, now).any(|cleared| match cleared {
            Cleared::Header(kept) if kept == "*" => !is_non_wildcard(name),
            Cleared::Header(kept) => kept.eq_ignore_ascii_case(name),
            Cleared::Method(_) => false,
        })
    }

    fn matching(&self, key: &Key, now: Duration) -> impl Iterator<Item = &Cleared> {
        self.entries
            .iter()
            .filter(move |entry| {
                let kept = &entry.key;
                kept.origin == key.origin
                    && kept.url == key.url
                    && kept.private_network == key.private_network
                    && (kept.credentials || !key.credentials)
                    && now < entry.until
            })
            .map(|entry| &entry.cleared)
    }

    /// Keeps what a preflight allows.
    pub(super) fn keep(
        &mut self,
        key: &Key,
        methods: &[&str],
        headers: &[&str],
        max_age: &MaxAge,
        now: Duration,
    ) {
        let until = now.saturating_add(max_age.duration().min(self.limit));
        let methods = methods
            .iter()
            .map(|method| Cleared::Method((*method).to_owned()));
        let headers = headers
            .iter()
            .map(|name| Cleared::Header((*name).to_owned()));
        for cleared in methods.chain(headers) {
            self.entries
                .retain(|entry| entry.key != *key || entry.cleared != cleared);
            let key = key.clone();
            self.entries.push(Entry {
                key,
                cleared,
                until,
            });
        }
    }

    /// Removes all entries of a URL for pages on an origin.
    pub(super) fn clear(&mut self, origin: &str, url: &str) {
        self.entries
            .retain(|entry| entry.key.origin != origin || entry.key.url != url);
    }
}

/// Whether `*` does not cover a request header: Fetch, "[CORS non-wildcard request-header
/// name]".
///
/// [CORS non-wildcard request-header name]: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
pub(super) fn is_non_wildcard(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization")
}
