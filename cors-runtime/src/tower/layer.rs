//! The layer.

use std::fmt;

use tower_layer::Layer;

use super::Cors;
use super::on_refusal::{IgnoreRefusals, RefusedRequest};
use crate::policy::Policy;

/// Applies a [`Policy`] to every response of a service, and responds to CORS-preflight requests.
///
/// # Where it belongs
///
/// **Outside authentication.** A preflight carries no cookies and no `Authorization`
/// ([Fetch § CORS protocol and credentials]). If authentication comes first, it rejects the preflight,
/// and the browser never sends the actual request. An authentication error needs CORS headers too, or
/// the script cannot read it.
///
/// **Around the whole router.** With axum, call [`Router::layer`] after adding the routes. The layer then
/// covers the routes and the fallback: responses with 404 and 405 get their headers, and the preflights
/// of all paths get a response, whether the path is known or not. A [`tower::ServiceBuilder`] around the
/// router does the same. Other places cover less:
///
/// - Routes that are added after the layer are not covered.
/// - `Router::route_layer` covers only known paths, their 405 and their preflights. A 404 has no CORS
///   headers, and the preflight of an unknown path gets that 404.
/// - `MethodRouter::route_layer` covers only its handlers. If none of them handles OPTIONS, a preflight
///   gets a 405 before it reaches the layer.
///
/// Under `options_passthrough`, every path needs a handler for OPTIONS.
///
/// **As the outermost service.** [`Router::layer`] runs after routing. The layer can also be around the
/// router. Then preflights skip routing, and an actual request takes some 950 instructions less. Choose
/// this if no layer of the router has to be outside. `axum::serve` takes the result:
///
/// ```
/// # use {axum::Router, cors_runtime::{Cors, CorsLayer, Policy}, tower::Layer};
/// use axum::{ServiceExt, extract::Request, routing::IntoMakeService};
///
/// fn around(router: Router, policy: &'static Policy) -> IntoMakeService<Cors<Router>> {
///     ServiceExt::<Request>::into_make_service(CorsLayer::new(policy).layer(router))
/// }
/// ```
///
/// **Once.** Nothing else may send CORS headers; those of inner services are replaced.
///
/// # Example
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), std::convert::Infallible> {
/// use std::convert::Infallible;
///
/// use cors_runtime::{CorsLayer, Policy, cors_policy};
/// use http::{Request, Response, header};
/// use tower::{ServiceBuilder, ServiceExt};
///
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://app.example.com", "https://admin.example.com"],
///     "allow_headers": ["Content-Type"],
/// });
///
/// async fn hello(_: Request<String>) -> Result<Response<String>, Infallible> {
///     Ok(Response::new("hello".to_owned()))
/// }
///
/// let service = ServiceBuilder::new().layer(CorsLayer::new(CORS)).service_fn(hello);
///
/// let mut request = Request::new(String::new());
/// request.headers_mut().insert(header::ORIGIN, "https://app.example.com".parse().unwrap());
/// let response = service.oneshot(request).await?;
/// let allowed = &response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN];
/// assert_eq!(allowed, "https://app.example.com");
/// # Ok(())
/// # }
/// ```
///
/// [`Router::layer`]: https://docs.rs/axum/latest/axum/struct.Router.html#method.layer
/// [`tower::ServiceBuilder`]: https://docs.rs/tower/latest/tower/struct.ServiceBuilder.html
/// [Fetch § CORS protocol and credentials]: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
#[derive(Clone, Copy)]
#[must_use = "a layer does nothing until it is added to a service"]
#[doc(alias = "axum")]
#[doc(alias = "middleware")]
#[doc(alias = "tonic")]
pub struct CorsLayer<H = IgnoreRefusals> {
    pub(super) policy: &'static Policy,
    pub(super) on_refusal: H,
}

impl CorsLayer {
    /// A layer that applies `policy`.
    pub const fn new(policy: &'static Policy) -> Self {
        Self {
            policy,
            on_refusal: IgnoreRefusals,
        }
    }
}

impl<H> CorsLayer<H> {
    /// Calls `hook` for every request that a browser will refuse, before the handler runs. It can count
    /// refusals in production, for example, or log them with the path.
    ///
    /// A layer without a hook costs nothing extra. A second hook replaces the first.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use cors_runtime::{CorsLayer, Policy, cors_policy};
    ///
    /// # static CORS: &Policy = cors_policy!({
    /// #     "allow_origins": ["https://app.example.com"],
    /// #     "allow_headers": ["Content-Type"],
    /// # });
    /// static REFUSED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// let layer = CorsLayer::new(CORS).on_refusal(|refused| {
    ///     REFUSED.fetch_add(1, Ordering::Relaxed);
    ///     println!("{} {}: {}", refused.method(), refused.uri().path(), refused.refusal());
    /// });
    /// # let _ = layer;
    /// ```
    ///
    /// [`Refusal::kind`](crate::Refusal::kind) is a label for metrics. [`OnRefusal`](super::OnRefusal)
    /// shows how to name the type of a layer with a hook.
    pub fn on_refusal<N>(self, hook: N) -> CorsLayer<N>
    where
        N: Fn(&RefusedRequest<'_>),
    {
        CorsLayer {
            policy: self.policy,
            on_refusal: hook,
        }
    }
}

impl<S, H: Clone> Layer<S> for CorsLayer<H> {
    type Service = Cors<S, H>;

    fn layer(&self, inner: S) -> Self::Service {
        Cors::layered(inner, self.clone())
    }
}

impl<H> fmt::Debug for CorsLayer<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorsLayer")
            .field("policy", self.policy)
            .finish_non_exhaustive()
    }
}
