//! Which response headers a script may read: Fetch, "[filtered response]".
//!
//! [filtered response]: https://fetch.spec.whatwg.org/#concept-filtered-response

use http::{HeaderMap, HeaderName, header};

use super::list;
use crate::header_names::{FORBIDDEN_RESPONSE_HEADERS, SAFELISTED_RESPONSE_HEADERS};

/// Removes the headers that no script may read and, for CORS requests, those that the response does not
/// expose.
pub(super) fn retain_readable(headers: &mut HeaderMap, is_cors: bool, include: bool) {
    let listed = list::tokens(headers, &header::ACCESS_CONTROL_EXPOSE_HEADERS);
    let listed = listed.unwrap_or_default().unwrap_or_default();
    let everything = !is_cors || (!include && listed.contains(&"*"));
    let hidden: Vec<HeaderName> = headers
        .keys()
        .filter(|name| {
            let is_exposed = everything
                || SAFELISTED_RESPONSE_HEADERS.contains(&name.as_str())
                || listed
                    .iter()
                    .any(|listed| listed.eq_ignore_ascii_case(name.as_str()));
            !is_exposed || FORBIDDEN_RESPONSE_HEADERS.contains(&name.as_str())
        })
        .cloned()
        .collect();
    for name in hidden {
        headers.remove(name);
    }
}
