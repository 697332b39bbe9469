//! Which URLs a cookie is for.

use url::{Host, Url};

use super::Cookie;
use crate::testing::urls::is_loopback;

/// Whether a cookie is for the host and the path of a URL.
pub(super) fn is_for(cookie: &Cookie, url: &Url) -> bool {
    let is_host = if cookie.host_only {
        url.host_str() == Some(&cookie.domain)
    } else {
        matches_domain(url, &cookie.domain)
    };
    is_host && matches_path(url.path(), &cookie.path)
}

/// RFC 6265bis, "[domain matching]".
///
/// [domain matching]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-domain-matching
pub(super) fn matches_domain(url: &Url, domain: &str) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_name = matches!(url.host(), Some(Host::Domain(_)));
    host == domain || (is_name && is_subdomain(host, domain))
}

pub(super) fn is_subdomain(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.ends_with('.'))
}

/// RFC 6265bis, "[paths and path-match]".
///
/// [paths and path-match]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-paths-and-path-match
pub(super) fn matches_path(path: &str, cookie: &str) -> bool {
    path.strip_prefix(cookie)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || cookie.ends_with('/'))
}

/// The path of a cookie that has no `Path`.
pub(super) fn default_path(url: &Url) -> &str {
    match url.path().rsplit_once('/') {
        Some((folder, _)) if !folder.is_empty() => folder,
        _ => "/",
    }
}

/// Whether cookies with `Secure` go to a URL: over https, and to this machine.
pub(super) fn is_secure(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url)
}
