//! The handshake of a `WebSocket`.

use std::error::Error;

use http::{Request, Response};
use tower_service::Service;

use super::{Blocked, Browser, send};
use crate::testing::web_socket::Handshake;

impl Browser {
    /// Does what `new WebSocket(…)` in the page's script does: it sends the handshake. The connection opens
    /// if the response has the status 101.
    ///
    /// What teams get wrong: **CORS does not protect a WebSocket.** A page on any origin can open one. The
    /// handshake has no preflight, its response is not checked, and cookies are sent whatever the policy and
    /// the script say. It always has `Origin`, and the service must check that itself
    /// ([RFC 6455, section 10.2]), for example with
    /// [`Policy::allows_origin`](crate::Policy::allows_origin). This test finds a handler that does not:
    ///
    /// ```
    /// use axum::{Router, body::Body, response::{IntoResponse, Response}, routing::get};
    /// use cors_runtime::testing::{Blocked, Browser};
    /// use cors_runtime::{Policy, cors_policy};
    /// use http::{HeaderMap, Request, StatusCode, header};
    ///
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://shop.example.com"],
    ///     "allow_headers": ["Content-Type"],
    /// });
    ///
    /// async fn live(headers: HeaderMap) -> Response {
    ///     let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    ///     if !origin.is_some_and(|origin| CORS.allows_origin(origin)) {
    ///         return StatusCode::FORBIDDEN.into_response();
    ///     }
    ///     // Accept the handshake, for instance with axum's `WebSocketUpgrade`.
    ///     # StatusCode::SWITCHING_PROTOCOLS.into_response()
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut app: Router = Router::new().route("/live", get(live));
    /// let open = || Request::get("wss://api.example.com/live").body(Body::empty());
    /// Browser::at("https://shop.example.com").web_socket(&mut app, open()?).await?;
    ///
    /// let stranger = Browser::at("https://evil.example");
    /// let blocked = stranger.web_socket(&mut app, open()?).await.unwrap_err();
    /// assert!(matches!(&blocked, Blocked::Handshake { .. }));
    /// assert_eq!(blocked.access().and_then(|access| access.status), Some(StatusCode::FORBIDDEN));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The URL has the scheme `wss`, `ws`, `https` or `http`, as in a script. The service gets the `https` or
    /// `http` URL, and a GET with `Upgrade: websocket` and without a body. Of the passed request, only the URL,
    /// the extensions and `Sec-WebSocket-Protocol` count, which is the second argument in a script. The key is
    /// always the one of [RFC 6455, section 1.3]. Of the response, only the status is checked.
    ///
    /// **Handlers that need a connection:** without one, axum's `WebSocketUpgrade` rejects every handshake
    /// with 426, before the handler can check `Origin`. Put an upgrade that never completes into the
    /// request: `.extension(hyper::upgrade::on(http::Request::new(())))`.
    ///
    /// The standards are [WebSockets] and [RFC 6455, section 4.1].
    ///
    /// # Errors
    ///
    /// [`Blocked::Handshake`] if the status is not 101: a redirect is not followed. Otherwise
    /// [`Blocked::MixedContent`] for a page on https and a URL with `ws`, [`Blocked::Service`],
    /// [`Blocked::Url`] or [`Blocked::Page`].
    ///
    /// [RFC 6455, section 1.3]: https://www.rfc-editor.org/rfc/rfc6455#section-1.3
    /// [RFC 6455, section 4.1]: https://www.rfc-editor.org/rfc/rfc6455#section-4.1
    /// [RFC 6455, section 10.2]: https://www.rfc-editor.org/rfc/rfc6455#section-10.2
    /// [WebSockets]: https://websockets.spec.whatwg.org/#websocket-opening-handshake
    #[doc(alias = "WebSocket")]
    pub async fn web_socket<S, B, R>(
        &self,
        service: &mut S,
        request: Request<B>,
    ) -> Result<Response<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        self.page.check()?;
        let (parts, _) = request.into_parts();
        let handshake = Handshake::new(&self.page, &self.shared, parts)?;
        let request = handshake.request()?.map(|()| B::default());
        let response = send(service, request).await;
        let response = response.map_err(|error| Blocked::Service {
            access: handshake.access(),
            error,
        })?;
        let (parts, body) = response.into_parts();
        handshake.receive(&parts)?;
        Ok(Response::from_parts(parts, body))
    }
}
