//! What an `EventSource` sends and accepts: HTML, "[server-sent events]".
//!
//! [server-sent events]: https://html.spec.whatwg.org/multipage/server-sent-events.html

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use http::{request, response};

use super::blocked::Blocked;
use super::fetch::Fetch;
use super::list::combined;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Leaves of a request what an `EventSource` can have.
pub(super) fn as_event_source(request: &mut request::Parts) {
    request.method = Method::GET;
    let last = request.headers.remove(LAST_EVENT_ID);
    let stream = HeaderValue::from_static("text/event-stream");
    request.headers = HeaderMap::from_iter([(header::ACCEPT, stream)]);
    if let Some(last) = last {
        request.headers.insert(LAST_EVENT_ID, last);
    }
}

/// Whether events are read from a response, which has passed the CORS check: "[announce the connection]".
///
/// [announce the connection]: https://html.spec.whatwg.org/multipage/server-sent-events.html#announce-the-connection
pub(super) fn check_event_stream(
    fetch: &Fetch<'_>,
    response: &response::Parts,
) -> Result<(), Blocked> {
    let status = response.status;
    let content_type = combined(&response.headers, &header::CONTENT_TYPE);
    let essence = content_type
        .as_deref()
        .and_then(|text| text.split(';').next());
    let is_stream =
        essence.is_some_and(|text| text.trim().eq_ignore_ascii_case("text/event-stream"));
    if status == StatusCode::OK && is_stream {
        Ok(())
    } else {
        let mut access = fetch.access();
        access.status = Some(status);
        Err(Blocked::EventStream {
            access,
            content_type,
        })
    }
}
