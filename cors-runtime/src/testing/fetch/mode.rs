//! The [mode] of a request, and what a page can send in it.
//!
//! [mode]: https://fetch.spec.whatwg.org/#concept-request-mode

use http::{HeaderMap, HeaderName, HeaderValue, Method, header, request};

use crate::testing::blocked::Blocked;
use crate::testing::modes::Initiator;
use crate::testing::request_headers::{
    is_forbidden, is_forbidden_method, is_form_or_text, is_no_cors_safelisted,
    is_safelisted_method, normalise_values, normalised,
};

impl Initiator {
    /// Whether the mode is `cors`, or `same-origin`.
    pub(super) fn is_cors(self) -> bool {
        matches!(self, Self::Fetch | Self::EventSource)
    }

    /// Makes the changes to a request that browsers make, or says that no page can send it.
    pub(super) fn prepare(self, request: &mut request::Parts) -> Result<(), Blocked> {
        const ANY: HeaderValue = HeaderValue::from_static("*/*");

        if is_forbidden_method(request.method.as_str()) {
            let method = request.method.clone();
            return Err(Blocked::ForbiddenMethod { method });
        }
        request.method = normalised(std::mem::take(&mut request.method));
        let headers = &mut request.headers;
        normalise_values(headers);
        match self {
            Self::Fetch | Self::EventSource | Self::WebSocket => {
                retain(headers, |name, headers| !is_forbidden(name, headers))
            }
            Self::Element if is_safelisted_method(&request.method) => {
                retain(headers, is_no_cors_safelisted);
            }
            Self::Element => {
                let method = request.method.clone();
                return Err(Blocked::NoCorsMethod { method });
            }
            Self::Form => return submit(request),
        }
        headers.entry(header::ACCEPT).or_insert(ANY);
        Ok(())
    }

    /// `Sec-Fetch-Mode` and `Sec-Fetch-Dest`.
    pub(super) fn metadata(self) -> (&'static str, &'static str) {
        match self {
            Self::Fetch | Self::EventSource => ("cors", "empty"),
            Self::Element => ("no-cors", "empty"),
            Self::Form => ("navigate", "document"),
            Self::WebSocket => ("websocket", "empty"),
        }
    }
}

fn retain(headers: &mut HeaderMap, is_kept: impl Fn(&HeaderName, &HeaderMap) -> bool) {
    let set: Vec<HeaderName> = headers.keys().cloned().collect();
    for name in set {
        if !is_kept(&name, headers) {
            headers.remove(name);
        }
    }
}

/// What a form sends: HTML, "[form submission algorithm]".
///
/// [form submission algorithm]: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
fn submit(request: &mut request::Parts) -> Result<(), Blocked> {
    const DOCUMENT: HeaderValue =
        HeaderValue::from_static("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    const URL_ENCODED: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

    let other = |what| Err(Blocked::Form { what });
    let (method, headers) = (&request.method, &mut request.headers);
    if !matches!(*method, Method::GET | Method::POST) {
        return other(format!("the method {method}"));
    }
    if let Some(name) = headers.keys().find(|name| **name != header::CONTENT_TYPE) {
        return other(format!("the header `{name}`"));
    }
    if let Some(value) = headers.get(header::CONTENT_TYPE)
        && !is_form_or_text(value.as_bytes())
    {
        let value = String::from_utf8_lossy(value.as_bytes());
        return other(format!("the Content-Type `{value}`"));
    }
    if *method == Method::GET {
        headers.remove(header::CONTENT_TYPE);
    } else {
        headers.entry(header::CONTENT_TYPE).or_insert(URL_ENCODED);
    }
    headers.insert(header::ACCEPT, DOCUMENT);
    Ok(())
}
