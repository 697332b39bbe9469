//! The handshake of a `WebSocket`: [WebSockets], and [RFC 6455, section 4.1].
//!
//! [WebSockets]: https://websockets.spec.whatwg.org/#websocket-opening-handshake
//! [RFC 6455, section 4.1]: https://www.rfc-editor.org/rfc/rfc6455#section-4.1

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header};
use http::{request, response};
use url::Url;

use super::access::Access;
use super::blocked::Blocked;
use super::cookies::{Exchange, SameSiteMode};
use super::fetch::{set_host, set_no_cache, value};
use super::mixed_content::is_mixed_content;
use super::modes::Initiator;
use super::page::Page;
use super::sites::is_same_site;
use super::state::Shared;
use super::urls::target;

/// The example of RFC 6455, section 1.3. A browser chooses a random key.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// A handshake in progress. The caller sends [`request`](Self::request) and passes the response to
/// [`receive`](Self::receive).
pub(super) struct Handshake<'b> {
    page: &'b Page,
    shared: &'b Shared,
    request: request::Parts,
    /// The URL with the scheme `http` or `https`.
    url: Url,
}

impl<'b> Handshake<'b> {
    pub(super) fn new(
        page: &'b Page,
        shared: &'b Shared,
        request: request::Parts,
    ) -> Result<Self, Blocked> {
        let url = target(&request.uri, Initiator::WebSocket)?;
        let handshake = Self {
            page,
            shared,
            request,
            url,
        };
        if is_mixed_content(&page.origin, &handshake.url) {
            let access = handshake.access();
            return Err(Blocked::MixedContent { access });
        }
        Ok(handshake)
    }

    /// The request, which has no body.
    pub(super) fn request(&self) -> Result<Request<()>, Blocked> {
        let url = self.url.to_string();
        let uri: Uri = url.parse().map_err(|_| Blocked::Url { url })?;
        let protocols = self.request.headers.get_all(header::SEC_WEBSOCKET_PROTOCOL);
        let mut headers = HeaderMap::from_iter([
            (header::ACCEPT, HeaderValue::from_static("*/*")),
            (header::CONNECTION, HeaderValue::from_static("Upgrade")),
            (header::UPGRADE, HeaderValue::from_static("websocket")),
            (header::ORIGIN, value(&self.page.origin)),
            (
                header::SEC_WEBSOCKET_VERSION,
                HeaderValue::from_static("13"),
            ),
            (header::SEC_WEBSOCKET_KEY, HeaderValue::from_static(KEY)),
            (
                header::SEC_WEBSOCKET_EXTENSIONS,
                HeaderValue::from_static("permessage-deflate"),
            ),
        ]);
        set_no_cache(&mut headers);
        for protocol in protocols {
            headers.append(header::SEC_WEBSOCKET_PROTOCOL, protocol.clone());
        }
        let state = &mut *self.shared.lock();
        let exchange = self.exchange(state.now);
        if let Some(cookie) = self.page.cookie(&state.cookies, &exchange) {
            headers.insert(header::COOKIE, cookie);
        }
        state.cookies.note_withheld(&exchange);
        set_host(&mut headers, &uri);
        let mut request = Request::new(());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        *request.extensions_mut() = self.request.extensions.clone();
        Ok(request)
    }

    /// The credentials mode is `include`, whatever the page uses for `fetch`.
    fn exchange(&self, now: Duration) -> Exchange<'_> {
        Exchange {
            url: &self.url,
            credentials: true,
            mode: if is_same_site(&self.page.origin, [&self.url].into_iter()) {
                SameSiteMode::StrictOrLess
            } else {
                SameSiteMode::None
            },
            now,
        }
    }

    /// Whether the connection opens. There is no CORS check, and no redirect is followed.
    pub(super) fn receive(&self, response: &response::Parts) -> Result<(), Blocked> {
        let state = &mut *self.shared.lock();
        let exchange = self.exchange(state.now);
        for line in response.headers.get_all(header::SET_COOKIE) {
            state.cookies.receive(line, &exchange);
        }
        let status = response.status;
        if status == StatusCode::SWITCHING_PROTOCOLS {
            return Ok(());
        }
        let mut access = self.access();
        access.status = Some(status);
        Err(Blocked::Handshake { access })
    }

    pub(super) fn access(&self) -> Box<Access> {
        Box::new(Access {
            // `ws` or `wss`, as in the script.
            url: self.url.as_str().replacen("http", "ws", 1),
            redirected_from: None,
            origin: self.page.origin.clone(),
            sent_origin: self.page.origin.clone(),
            method: Method::GET,
            credentials: true,
            preflight: false,
            status: None,
            initiator: Initiator::WebSocket,
        })
    }
}
