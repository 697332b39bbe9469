//! The connection of an `EventSource`.

use std::error::Error;

use http::{Request, Response};
use tower_service::Service;

use super::{Blocked, Browser};
use crate::testing::event_source::{as_event_source, check_event_stream};
use crate::testing::modes::Initiator;

impl Browser {
    /// Does what `new EventSource(…)` in the page's script does when it connects. It returns the body of
    /// the response, from which the script gets its events. Scripts see neither the status nor the headers.
    ///
    /// What is sent is a GET with `Accept: text/event-stream` and without a body. Of the passed request, only
    /// the URL, the extensions and `Last-Event-ID` count. Browsers send that header when they connect again;
    /// a script can set none. What teams get wrong:
    ///
    /// - **There is no preflight**, not even for `Last-Event-ID`. The policy need not list that header, and
    ///   the handler runs for pages on any origin.
    /// - **The response must pass the CORS check**, as for `fetch`. After
    ///   [`with_credentials`](Self::with_credentials), the `EventSource` has `withCredentials: true`. Without
    ///   it, no cookie is sent to another origin. It cannot send `Authorization`.
    /// - **The status must be 200**, and `Content-Type` must be `text/event-stream`. After anything else, even
    ///   a 204, the script gets an error and the browser does not connect again.
    ///
    /// ```
    /// use axum::{Router, body::{Body, to_bytes}, http::header, routing::get};
    /// use cors_runtime::testing::{Blocked, Browser};
    /// use cors_runtime::{CorsLayer, Policy, cors_policy};
    /// use http::Request;
    ///
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://shop.example.com"],
    ///     "allow_headers": ["Content-Type"],
    /// });
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let events = async || ([(header::CONTENT_TYPE, "text/event-stream")], "data: sold\n\n");
    /// let mut app: Router = Router::new().route("/events", get(events)).layer(CorsLayer::new(CORS));
    ///
    /// let connect = || {
    ///     Request::get("https://api.example.com/events")
    ///         .header("Last-Event-ID", "41")
    ///         .body(Body::empty())
    /// };
    /// let shop = Browser::at("https://shop.example.com");
    /// let body = shop.event_source(&mut app, connect()?).await?;
    /// assert_eq!(to_bytes(body, 100).await?, "data: sold\n\n");
    /// assert_eq!(shop.preflights_sent(), 0);
    ///
    /// let stranger = Browser::at("https://evil.example");
    /// let blocked = stranger.event_source(&mut app, connect()?).await.unwrap_err();
    /// assert!(matches!(blocked, Blocked::Origin { .. }));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The standard is [HTML § Server-sent events].
    ///
    /// # Errors
    ///
    /// The same as for [`fetch`](Self::fetch), and [`Blocked::EventStream`] for a response that is not an
    /// event stream. A browser connects again after some time if the network or the service fails; here,
    /// each call connects once.
    ///
    /// [HTML § Server-sent events]: https://html.spec.whatwg.org/multipage/server-sent-events.html
    #[doc(alias = "EventSource")]
    #[doc(alias = "server-sent events")]
    pub async fn event_source<S, B, R>(
        &self,
        service: &mut S,
        request: Request<B>,
    ) -> Result<R, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        let (mut parts, _) = request.into_parts();
        as_event_source(&mut parts);
        let fetch = self.begin(Initiator::EventSource, Request::from_parts(parts, ()))?;
        let (response, fetch) = Self::run(service, fetch, || Some(B::default())).await?;
        let (parts, body) = response.into_parts();
        check_event_stream(&fetch, &parts)?;
        Ok(body)
    }
}
