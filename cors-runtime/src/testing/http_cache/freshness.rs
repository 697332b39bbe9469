//! For how long a cache uses a stored response, and why: [RFC 9111 § 4.2].
//!
//! [RFC 9111 § 4.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2

use std::fmt;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, StatusCode, header};

use super::cache_control::{CacheControl, seconds};
use crate::testing::list::{combined, split};

/// Why a cache uses a stored response without asking the service: what the [freshness lifetime] of the
/// response comes from.
///
/// [`Display`](fmt::Display) prints the header or the status, such as `` `Last-Modified` ``.
///
/// [freshness lifetime]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Freshness {
    /// `Cache-Control: max-age`, in seconds.
    MaxAge,
    /// `Cache-Control: s-maxage`, in seconds, for caches that several users share.
    SharedMaxAge,
    /// `Expires`.
    Expires,
    /// `Last-Modified`, for a tenth of the time since then, if the response says nothing else: [RFC 9111 § 4.2.2].
    ///
    /// [RFC 9111 § 4.2.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2
    LastModified,
    /// The status 300, 301, 308 or 410, if the response says nothing else. Chromium and WebKit then keep the
    /// response without a limit.
    Status(StatusCode),
    /// `Cache-Control: stale-while-revalidate`, in seconds after the response is no longer fresh: [RFC 5861].
    ///
    /// [RFC 5861]: https://www.rfc-editor.org/rfc/rfc5861#section-3
    StaleWhileRevalidate,
}

impl fmt::Display for Freshness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxAge => f.write_str("`Cache-Control: max-age`"),
            Self::SharedMaxAge => f.write_str("`Cache-Control: s-maxage`"),
            Self::Expires => f.write_str("`Expires`"),
            Self::LastModified => f.write_str("`Last-Modified`"),
            Self::Status(status) => write!(f, "the status {}", status.as_u16()),
            Self::StaleWhileRevalidate => f.write_str("`Cache-Control: stale-while-revalidate`"),
        }
    }
}

/// For how long a browser or a shared cache uses a response without asking the service, whichever is longer.
/// `None` if neither does.
pub(super) fn usable(status: StatusCode, response: &HeaderMap) -> Option<(Duration, Freshness)> {
    let control = CacheControl::read(response);
    if control.has("no-store") || control.has("no-cache") || has_pragma(response) {
        return None;
    }
    // The time that the response took is not added, so this holds if the service is not slow and has the
    // right time.
    let age = split(response, &header::AGE);
    let age = age.first().and_then(|age| seconds(age)).unwrap_or_default();
    let own = in_a_browser(&control, status, response, age);
    // With `s-maxage`, a shared cache ignores the rest.
    let shared = control.seconds("s-maxage").unwrap_or_default();
    let shared = shared.saturating_sub(age);
    match own {
        Some((own, why)) if own >= shared || control.has("private") => Some((own, why)),
        None if control.has("private") => None,
        _ => (!shared.is_zero()).then_some((shared, Freshness::SharedMaxAge)),
    }
}

fn in_a_browser(
    control: &CacheControl,
    status: StatusCode,
    response: &HeaderMap,
    age: Duration,
) -> Option<(Duration, Freshness)> {
    let fresh = explicit(control, response).or_else(|| heuristic(control, status, response));
    let (lifetime, why) = fresh.unwrap_or((Duration::ZERO, Freshness::StaleWhileRevalidate));
    let stale = control.seconds("stale-while-revalidate");
    let stale = stale.filter(|_| !control.has("must-revalidate"));
    let time = lifetime.saturating_add(stale.unwrap_or_default());
    let why = if lifetime > age {
        why
    } else {
        Freshness::StaleWhileRevalidate
    };
    (time > age).then(|| (time - age, why))
}

fn explicit(control: &CacheControl, response: &HeaderMap) -> Option<(Duration, Freshness)> {
    if let Some(max_age) = control.seconds("max-age") {
        return Some((max_age, Freshness::MaxAge));
    }
    if !response.contains_key(header::EXPIRES) {
        return None;
    }
    // What is not a date, such as `0`, is in the past.
    let time = date(response, &header::EXPIRES)
        .zip(sent(response))
        .and_then(|(expires, sent)| expires.duration_since(sent).ok());
    Some((time.unwrap_or_default(), Freshness::Expires))
}

fn heuristic(
    control: &CacheControl,
    status: StatusCode,
    response: &HeaderMap,
) -> Option<(Duration, Freshness)> {
    match status.as_u16() {
        300 | 301 | 308 | 410 => return Some((Duration::MAX, Freshness::Status(status))),
        // "Heuristically cacheable": RFC 9110 § 15.1.
        200 | 203 | 204 | 206 | 404 | 405 | 414 | 501 => {}
        _ if control.has("public") => {}
        _ => return None,
    }
    let modified = date(response, &header::LAST_MODIFIED)?;
    let unchanged = sent(response)?.duration_since(modified).ok()?;
    Some((unchanged / 10, Freshness::LastModified))
}

/// The RFC leaves `Pragma` open in responses, but browsers do not store them.
fn has_pragma(response: &HeaderMap) -> bool {
    let directives = split(response, &header::PRAGMA);
    directives
        .iter()
        .any(|directive| directive.eq_ignore_ascii_case("no-cache"))
}

/// When the response was sent: now, unless it has a `Date`, which servers add.
fn sent(response: &HeaderMap) -> Option<SystemTime> {
    // There is no clock on `wasm32-unknown-unknown`.
    let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    date(response, &header::DATE).or_else(|| has_clock.then(SystemTime::now))
}

fn date(response: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(&combined(response, name)?).ok()
}
