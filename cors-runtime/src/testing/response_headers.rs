//! Which response headers a script may read: Fetch, "[filtered response]".
//!
//! [filtered response]: https://fetch.spec.whatwg.org/#concept-filtered-response

use http::{HeaderMap, HeaderName, header};

use super::list;

/// Removes the headers that no script gets, and under CORS those that the response does not expose.
pub(super) fn retain_readable(headers: &mut HeaderMap, is_cors: bool, include: bool) {
    let listed = list::tokens(headers, &header::ACCESS_CONTROL_EXPOSE_HEADERS);
    let listed = listed.unwrap_or_default().unwrap_or_default();
    let everything = !is_cors || (!include && listed.contains(&"*"));
    let hidden: Vec<HeaderName> = headers
        .keys()
        .filter(|name| {
            let is_exposed = everything
                || is_safelisted(name)
                || listed
                    .iter()
                    .any(|listed| listed.eq_ignore_ascii_case(name.as_str()));
            !is_exposed || is_forbidden(name)
        })
        .cloned()
        .collect();
    for name in hidden {
        headers.remove(name);
    }
}

/// [CORS-safelisted response-header name].
///
/// [CORS-safelisted response-header name]: https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
fn is_safelisted(name: &HeaderName) -> bool {
    matches!(
        *name,
        header::CACHE_CONTROL
            | header::CONTENT_LANGUAGE
            | header::CONTENT_LENGTH
            | header::CONTENT_TYPE
            | header::EXPIRES
            | header::LAST_MODIFIED
            | header::PRAGMA
    )
}

/// [Forbidden response-header name].
///
/// [Forbidden response-header name]: https://fetch.spec.whatwg.org/#forbidden-response-header-name
fn is_forbidden(name: &HeaderName) -> bool {
    *name == header::SET_COOKIE || name == "set-cookie2"
}
