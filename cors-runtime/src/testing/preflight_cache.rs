//! The [CORS-preflight cache], and how long it keeps a preflight.
//!
//! [CORS-preflight cache]: https://fetch.spec.whatwg.org/#cors-preflight-cache

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, header};

use super::engine::Engine;
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
    /// The value is a negative number, such as `-1`: the preflight is not kept. By the standard it would be
    /// kept for 5 seconds, as for any value that is not a number of seconds. No engine does that.
    Negative(String),
    /// This many seconds; the browser's own limit may be lower. With `0` the preflight is not kept.
    Seconds(u64),
}

impl MaxAge {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        match combined(headers, &header::ACCESS_CONTROL_MAX_AGE) {
            None => Self::Missing,
            Some(value) if is_number(&value) => {
                // A number that does not fit is larger than any limit.
                Self::Seconds(value.parse().unwrap_or(u64::MAX))
            }
            Some(value) if is_negative(&value) => Self::Negative(value),
            Some(value) => Self::Malformed(value),
        }
    }

    /// How long the preflight is kept by a browser without a limit of its own.
    #[must_use]
    pub fn duration(&self) -> Duration {
        match self {
            Self::Missing | Self::Malformed(_) => Duration::from_secs(5),
            Self::Negative(_) => Duration::ZERO,
            Self::Seconds(seconds) => Duration::from_secs(*seconds),
        }
    }
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_negative(value: &str) -> bool {
    value.strip_prefix('-').is_some_and(is_number)
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
            Self::Negative(value) => write!(
                f,
                "not kept, as the value '{value}' of the 'Access-Control-Max-Age' header is negative"
            ),
            Self::Seconds(0) => f.write_str("not kept"),
            Self::Seconds(1) => f.write_str("kept for 1 second"),
            Self::Seconds(seconds) => write!(f, "kept for {seconds} seconds"),
        }
    }
}

/// What a request must have in common with a preflight, so that it needs no preflight of its own.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The value of `Origin`.
    pub(super) origin: String,
    pub(super) url: String,
    /// An entry for requests with credentials also serves requests without.
    pub(super) credentials: bool,
    pub(super) private_network: bool,
}

impl Key {
    fn is_opaque(&self) -> bool {
        self.origin == "null"
    }

    /// Whether both are for the same URL and origin, whatever their credentials.
    fn is_like(&self, other: &Self) -> bool {
        self.origin == other.origin
            && self.url == other.url
            && self.private_network == other.private_network
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cleared {
    Method(String),
    Header(String),
    /// A preflight passed. Only engines keep that by itself.
    Passed,
}

#[derive(Debug)]
struct Entry {
    key: Key,
    cleared: Cleared,
    until: Duration,
}

/// All entries of a browser. Times are counted from when the browser was opened.
#[derive(Debug, Default)]
pub(super) struct PreflightCache {
    entries: Vec<Entry>,
    pub(super) engine: Engine,
    /// The browser's own limit, if it is not the engine's: no entry is kept for longer, whatever the response
    /// says.
    pub(super) limit: Option<Duration>,
}

impl PreflightCache {
    pub(super) fn clears_method(&self, key: &Key, method: &Method, now: Duration) -> bool {
        self.matching(key, now).any(|cleared| match cleared {
            Cleared::Method(kept) => kept == method.as_str() || kept == "*",
            Cleared::Passed => self.engine.needs_no_entry(method),
            Cleared::Header(_) => false,
        })
    }

    pub(super) fn clears_header(&self, key: &Key, name: &str, now: Duration) -> bool {
        self.matching(key, now).any(|cleared| match cleared {
            Cleared::Header(kept) if kept == "*" => !is_non_wildcard(name),
            Cleared::Header(kept) => kept.eq_ignore_ascii_case(name),
            Cleared::Method(_) | Cleared::Passed => false,
        })
    }

    fn matching(&self, key: &Key, now: Duration) -> impl Iterator<Item = &Cleared> {
        let engine = self.engine;
        self.entries
            .iter()
            .filter(move |entry| {
                let kept = entry.key.credentials;
                let is_covered = if engine.separates_credentials() {
                    kept == key.credentials
                } else {
                    kept || !key.credentials
                };
                is_covered && entry.key.is_like(key) && now < entry.until
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
        let engine = self.engine;
        if key.is_opaque() && !engine.keeps_opaque() {
            return;
        }
        if engine.keeps_one() {
            self.entries.retain(|entry| !entry.key.is_like(key));
        }
        let limit = self.limit.unwrap_or(engine.limit());
        let until = now.saturating_add(max_age.duration().min(limit));
        // With credentials, `*` is no wildcard. By the letter of the standard, it becomes one in the cache, but
        // not in Chromium and Firefox.
        let keeps_wildcards = engine.keeps_wildcards() && !key.credentials;
        let is_kept = |name: &&&str| **name != "*" || keeps_wildcards;
        let methods = methods
            .iter()
            .filter(is_kept)
            .map(|method| Cleared::Method((*method).to_owned()));
        let headers = headers
            .iter()
            .filter(is_kept)
            .map(|name| Cleared::Header((*name).to_owned()));
        let passed = (engine != Engine::Standard).then_some(Cleared::Passed);
        for cleared in methods.chain(headers).chain(passed) {
            self.entries.retain(|entry| {
                entry.cleared != cleared
                    || entry.key.credentials != key.credentials
                    || !entry.key.is_like(key)
            });
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
