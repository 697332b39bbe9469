//! What a script may send: methods and request headers.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::list::{split, trim};

/// Converts the six methods that browsers normalise to upper case: Fetch, "[normalize]". `patch` is not
/// among them.
///
/// [normalize]: https://fetch.spec.whatwg.org/#concept-method-normalize
pub(super) fn normalised(method: Method) -> Method {
    const NORMALISED: [Method; 6] = [
        Method::DELETE,
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::POST,
        Method::PUT,
    ];
    let name = method.as_str();
    let usual = NORMALISED
        .into_iter()
        .find(|usual| usual.as_str().eq_ignore_ascii_case(name));
    usual.unwrap_or(method)
}

/// Removes the spaces around header values: Fetch, "[normalize a byte sequence]".
///
/// [normalize a byte sequence]: https://fetch.spec.whatwg.org/#concept-header-value-normalize
pub(super) fn normalise_values(headers: &mut HeaderMap) {
    for value in headers.values_mut() {
        let bytes = trim(value.as_bytes());
        if bytes.len() < value.len()
            && let Ok(trimmed) = HeaderValue::from_bytes(bytes)
        {
            *value = trimmed;
        }
    }
}

/// Whether no script may use a method: Fetch, "[forbidden method]".
///
/// [forbidden method]: https://fetch.spec.whatwg.org/#forbidden-method
pub(super) fn is_forbidden_method(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"]
        .iter()
        .any(|forbidden| forbidden.eq_ignore_ascii_case(method))
}

/// Whether a method needs no preflight: Fetch, "[CORS-safelisted method]".
///
/// [CORS-safelisted method]: https://fetch.spec.whatwg.org/#cors-safelisted-method
pub(super) fn is_safelisted_method(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::POST)
}

/// Whether browsers drop a header that a script sets: Fetch, "[forbidden request-header]".
///
/// [forbidden request-header]: https://fetch.spec.whatwg.org/#forbidden-request-header
pub(super) fn is_forbidden(name: &HeaderName, headers: &HeaderMap) -> bool {
    const FORBIDDEN: [&str; 21] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ];
    let text = name.as_str();
    match text {
        "x-http-method" | "x-http-method-override" | "x-method-override" => split(headers, name)
            .iter()
            .any(|method| is_forbidden_method(method)),
        _ => FORBIDDEN.contains(&text) || text.starts_with("proxy-") || text.starts_with("sec-"),
    }
}

/// Whether the script has set a condition, so that the request bypasses the cache of responses: Fetch,
/// "[HTTP-network-or-cache fetch]".
///
/// [HTTP-network-or-cache fetch]: https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
pub(super) fn is_conditional(headers: &HeaderMap) -> bool {
    let conditions = [
        header::IF_MATCH,
        header::IF_NONE_MATCH,
        header::IF_MODIFIED_SINCE,
        header::IF_UNMODIFIED_SINCE,
        header::IF_RANGE,
    ];
    conditions.iter().any(|name| headers.contains_key(name))
}

/// The names that a preflight requests, sorted and in lower case: Fetch, "[CORS-unsafe request-header
/// names]".
///
/// [CORS-unsafe request-header names]: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
pub(super) fn unsafe_names(headers: &HeaderMap) -> Vec<String> {
    /// How many bytes the values of all safelisted headers together may have.
    const MOST: usize = 1_024;

    let is_safe = |(name, value): &(&HeaderName, &HeaderValue)| is_safelisted(name, value);
    let (safe, mut requested): (Vec<_>, Vec<_>) = headers.iter().partition(is_safe);
    if safe.iter().map(|(_, value)| value.len()).sum::<usize>() > MOST {
        requested.extend(safe);
    }
    let mut names: Vec<String> = requested.iter().map(|(name, _)| name.to_string()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a header needs no preflight: Fetch, "[CORS-safelisted request-header]".
///
/// [CORS-safelisted request-header]: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
fn is_safelisted(name: &HeaderName, value: &HeaderValue) -> bool {
    const MOST: usize = 128;

    let value = value.as_bytes();
    value.len() <= MOST
        && match *name {
            header::ACCEPT => !has_unsafe_byte(value),
            header::ACCEPT_LANGUAGE | header::CONTENT_LANGUAGE => value
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b" *,-.;=".contains(byte)),
            header::CONTENT_TYPE => !has_unsafe_byte(value) && is_form_or_text(value),
            header::RANGE => is_simple_range(value),
            _ => false,
        }
}

/// Whether a script can set a header of a request in the mode `no-cors`: Fetch, "[no-CORS-safelisted
/// request-header]".
///
/// [no-CORS-safelisted request-header]: https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
pub(super) fn is_no_cors_safelisted(name: &HeaderName, headers: &HeaderMap) -> bool {
    let lines = || headers.get_all(name).iter();
    *name != header::RANGE && lines().all(|value| is_safelisted(name, value))
}

/// Fetch, "[CORS-unsafe request-header byte]".
///
/// [CORS-unsafe request-header byte]: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
fn has_unsafe_byte(value: &[u8]) -> bool {
    // The other unsafe bytes are control characters, which no `HeaderValue` has.
    value.iter().any(|byte| br#""():<>?@[\]{}"#.contains(byte))
}

/// Whether a `Content-Type` is one that an HTML form can send.
pub(super) fn is_form_or_text(value: &[u8]) -> bool {
    let essence = value.split(|byte| *byte == b';').next().unwrap_or_default();
    let types: [&[u8]; 3] = [
        b"application/x-www-form-urlencoded",
        b"multipart/form-data",
        b"text/plain",
    ];
    types
        .iter()
        .any(|safe| safe.eq_ignore_ascii_case(trim(essence)))
}

/// Whether a `Range` is a single range with a start: Fetch, "[simple range header value]".
///
/// [simple range header value]: https://fetch.spec.whatwg.org/#simple-range-header-value
fn is_simple_range(value: &[u8]) -> bool {
    let Some((start, end)) = str::from_utf8(value)
        .ok()
        .and_then(|value| value.strip_prefix("bytes="))
        .and_then(|range| range.split_once('-'))
    else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // The numbers may have any length, so they are compared as text.
    let number = |text: &str| {
        let text = text.trim_start_matches('0');
        (text.len(), text.to_owned())
    };
    let in_order = end.is_empty() || number(start) <= number(end);
    !start.is_empty() && digits(start) && digits(end) && in_order
}
