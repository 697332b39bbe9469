//! Reads `Set-Cookie`: RFC 6265bis, "[storage model]".
//!
//! [storage model]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-storage-model

use std::time::Duration;

use url::{Host, Url};

use super::matching::{default_path, is_secure, matches_domain};
use super::{BlockedCookieReason as Reason, Cookie, Exchange, SameSite, SameSiteMode};
use crate::testing::sites::is_public_suffix;

/// A cookie that a browser would keep.
pub(super) struct Received {
    pub(super) cookie: Cookie,
    /// How long it lives; `None` for a session cookie, and zero if the response removes it.
    pub(super) lifetime: Option<Duration>,
}

/// Reads a line of a response, or says why browsers ignore the cookie.
pub(super) fn read(line: &str, exchange: &Exchange<'_>) -> Result<Received, Reason> {
    const LONGEST: usize = 4_096;

    let parsed = cookie::Cookie::parse(line).map_err(|_| Reason::Syntax)?;
    if !exchange.credentials {
        return Err(Reason::Credentials);
    }
    if parsed.name().len() + parsed.value().len() > LONGEST {
        return Err(Reason::TooLong);
    }
    let (domain, host_only) = domain(parsed.domain(), exchange.url)?;
    let path = parsed.path().filter(|path| path.starts_with('/'));
    let cookie = Cookie {
        name: parsed.name().to_owned(),
        value: parsed.value().to_owned(),
        domain,
        host_only,
        path: path.unwrap_or(default_path(exchange.url)).to_owned(),
        secure: parsed.secure() == Some(true),
        http_only: parsed.http_only() == Some(true),
        same_site: match parsed.same_site() {
            Some(cookie::SameSite::Strict) => SameSite::Strict,
            Some(cookie::SameSite::Lax) => SameSite::Lax,
            Some(cookie::SameSite::None) => SameSite::None,
            None => SameSite::Unset,
        },
    };
    if cookie.secure && !is_secure(exchange.url) {
        return Err(Reason::Secure);
    }
    if cookie.same_site == SameSite::None && !cookie.secure {
        return Err(Reason::NoneWithoutSecure);
    }
    // A navigation to another site may set any cookie.
    if exchange.mode == SameSiteMode::None && cookie.same_site != SameSite::None {
        return Err(Reason::SameSite(cookie.same_site));
    }
    if !keeps_promise_of_name(&cookie, parsed.path()) {
        return Err(Reason::Prefix);
    }
    let lifetime = lifetime(&parsed);
    Ok(Received { cookie, lifetime })
}

/// The domain of a cookie, and whether it is only for that host.
fn domain(attribute: Option<&str>, url: &Url) -> Result<(String, bool), Reason> {
    let host = url.host_str().unwrap_or_default();
    let Some(attribute) = attribute.filter(|attribute| !attribute.is_empty()) else {
        return Ok((host.to_owned(), true));
    };
    let domain = Host::parse(attribute).map_err(|_| Reason::Domain)?;
    let is_shared = matches!(&domain, Host::Domain(name) if is_public_suffix(name));
    let domain = domain.to_string();
    match () {
        () if is_shared && domain == host => Ok((domain, true)),
        () if !is_shared && matches_domain(url, &domain) => Ok((domain, false)),
        () => Err(Reason::Domain),
    }
}

/// RFC 6265bis, "[cookie name prefixes]". Case does not matter.
///
/// [cookie name prefixes]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-cookie-name-prefixes
fn keeps_promise_of_name(cookie: &Cookie, path: Option<&str>) -> bool {
    let name = cookie.name.to_ascii_lowercase();
    if name.starts_with("__host-") {
        cookie.secure && cookie.host_only && path == Some("/")
    } else {
        cookie.secure || !name.starts_with("__secure-")
    }
}

fn lifetime(parsed: &cookie::Cookie<'_>) -> Option<Duration> {
    /// RFC 6265bis, "[cookie lifetime limits]": 400 days.
    ///
    /// [cookie lifetime limits]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-cookie-lifetime-limits
    const LONGEST: u64 = 400 * 24 * 60 * 60;

    let max_age = parsed.max_age().map(|age| age.whole_seconds());
    let expires = || {
        let expires = parsed.expires_datetime()?.unix_timestamp();
        Some(expires.saturating_sub(unix_time()))
    };
    let seconds = max_age.or_else(expires)?;
    let seconds = u64::try_from(seconds).unwrap_or_default();
    Some(Duration::from_secs(seconds.min(LONGEST)))
}

/// The system's time, in seconds. The browser's own clock counts from when it was opened.
fn unix_time() -> i64 {
    use std::time::SystemTime;

    // This target has no clock, and asking for the time would panic. Cookies are still removed by a date
    // long past.
    if cfg!(all(target_family = "wasm", target_os = "unknown")) {
        return 0;
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.ok()
        .and_then(|now| i64::try_from(now.as_secs()).ok())
        .unwrap_or_default()
}
