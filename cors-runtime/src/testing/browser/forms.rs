//! Requests that are not subject to CORS: forms, and elements such as images.

use std::error::Error;

use http::{Request, Response};
use tower_service::Service;

use super::Browser;
use crate::testing::blocked::Blocked;
use crate::testing::modes::Initiator;

/// The response to a request in the mode `no-cors`: Fetch's [opaque filtered response]. The page's script sees
/// neither its status nor its headers nor its body.
///
/// [opaque filtered response]: https://fetch.spec.whatwg.org/#concept-filtered-response-opaque
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpaqueResponse<R> {
    /// What the service sent, after redirects: the response's [internal response], for the test to look at.
    ///
    /// [internal response]: https://fetch.spec.whatwg.org/#concept-internal-response
    pub internal: Response<R>,
}

impl Browser {
    /// Submits a form of the page: a top-level [navigation]. CORS does not apply. There is no preflight, and
    /// the response is shown as the next page.
    ///
    /// This is how another site forges a request: its page submits a form by script, and the browser adds the
    /// cookies of the service. Test that the service rejects it:
    ///
    /// ```
    /// use cors_runtime::testing::Browser;
    /// use http::{HeaderMap, Request, StatusCode};
    /// # use axum::{Router, body::Body, routing::post};
    ///
    /// // Accepts only requests of its own pages. Its cookies may be whatever they are.
    /// async fn transfer(headers: HeaderMap) -> StatusCode {
    ///     match headers.get("origin") {
    ///         Some(origin) if origin == "https://bank.example" => StatusCode::OK,
    ///         _ => StatusCode::FORBIDDEN,
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut app = Router::new().route("/transfer", post(transfer));
    /// let form = || Request::post("https://bank.example/transfer").body(Body::from("to=42"));
    ///
    /// let own = Browser::at("https://bank.example");
    /// assert_eq!(own.submit(&mut app, form()?).await?.status(), 200);
    ///
    /// let stranger = own.open("https://evil.example"); // in the same browser, with the same cookies
    /// assert_eq!(stranger.submit(&mut app, form()?).await?.status(), 403);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The method is GET or POST. The only header that a form can have is `Content-Type`, with one of three
    /// values: `application/x-www-form-urlencoded`, the default, `multipart/form-data`, or `text/plain`. With
    /// GET, the fields are in the URL.
    ///
    /// POST carries `Origin`: the page's, or `null` after a redirect between other origins, and from https to
    /// http. GET does not. The form carries the [cookies](Self::cookies) of its URL, also if the page is not
    /// [`with_credentials`](Self::with_credentials). Of those of another site it carries:
    ///
    /// - `SameSite=None`
    /// - with GET, `SameSite=Lax`
    /// - without `SameSite`, with GET, and with POST for two minutes after they were set
    ///
    /// It returns the response as the service sent it, with all headers.
    ///
    /// # Errors
    ///
    /// [`Blocked::Form`] if no form can send the request. [`Blocked::Page`], [`Blocked::Url`],
    /// [`Blocked::Service`], [`Blocked::Location`], [`Blocked::Redirects`] and [`Blocked::Body`] as for
    /// [`fetch`](Self::fetch).
    ///
    /// [navigation]: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
    pub async fn submit<S, B, R>(
        &self,
        service: &mut S,
        request: Request<B>,
    ) -> Result<Response<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        self.run_once(service, Initiator::Form, request).await
    }

    /// Loads a URL as elements such as `<img>` and `<script>` do, and
    /// `fetch(…, { mode: "no-cors", credentials: "include" })`: in the mode [`no-cors`]. CORS does not apply.
    /// There is no preflight, and the script sees nothing of the response.
    ///
    /// The service handles the request, with the cookies that it may have. Test that nothing happens:
    ///
    /// ```
    /// use cors_runtime::testing::Browser;
    /// use http::{Request, StatusCode};
    /// # use axum::{Router, body::Body, routing::post};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut app = Router::new().route("/logout", post(async || StatusCode::OK));
    /// let image = Request::get("https://bank.example/logout").body(Body::empty())?;
    /// let stranger = Browser::at("https://evil.example");
    /// let response = stranger.load(&mut app, image).await?;
    /// assert_eq!(response.internal.status(), 405);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The method is GET, HEAD or POST. As in browsers, headers are dropped unless they are
    /// [safelisted for this mode]. POST carries `Origin` as a form's does, GET and HEAD carry none. To the page's
    /// own site all cookies are sent, to another site only those with `SameSite=None`. A page on https loads
    /// nothing over http; browsers load images over https instead.
    ///
    /// # Errors
    ///
    /// [`Blocked::NoCorsMethod`] for another method. [`Blocked::MixedContent`], [`Blocked::ForbiddenMethod`], [`Blocked::Page`],
    /// [`Blocked::Url`], [`Blocked::Service`], [`Blocked::Location`], [`Blocked::Redirects`] and
    /// [`Blocked::Body`] as for [`fetch`](Self::fetch).
    ///
    /// [`no-cors`]: https://fetch.spec.whatwg.org/#concept-request-mode
    /// [safelisted for this mode]: https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
    pub async fn load<S, B, R>(
        &self,
        service: &mut S,
        request: Request<B>,
    ) -> Result<OpaqueResponse<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        let internal = self.run_once(service, Initiator::Element, request).await?;
        Ok(OpaqueResponse { internal })
    }

    /// With a body that can be sent only once.
    pub(super) async fn run_once<S, B, R>(
        &self,
        service: &mut S,
        initiator: Initiator,
        request: Request<B>,
    ) -> Result<Response<R>, Blocked>
    where
        S: Service<Request<B>, Response = Response<R>>,
        S::Error: Into<Box<dyn Error + Send + Sync>>,
        B: Default,
    {
        let (parts, body) = request.into_parts();
        let mut body = Some(body);
        let request = Request::from_parts(parts, ());
        let fetch = self.begin(initiator, request)?;
        let (response, _) = Self::run(service, fetch, || body.take()).await?;
        Ok(response)
    }
}
