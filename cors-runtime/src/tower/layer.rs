//! The layer.

use tower_layer::Layer;

use super::Cors;
use super::template::Template;
use crate::Policy;

/// Applies a [`Policy`] to every answer of a service, and answers CORS-preflight requests.
///
/// # Where it belongs
///
/// **Outside authentication.** A preflight carries no cookies and no `Authorization`
/// ([Fetch § CORS protocol and credentials]); where authentication comes first it is refused, and
/// with it every request that needs one. An error of the authentication also needs CORS headers,
/// or the script cannot read it.
///
/// **Around the whole router.** With axum, [`Router::layer`] added after the routes covers them
/// and the fallback, so that answers of 404 and 405 get their headers too, and answers the
/// preflights of every path, known or not; so does [`tower::ServiceBuilder`] around a router.
/// `Router::route_layer` covers known paths alone, with their 405 and their preflights: a 404 has
/// no headers, and the preflight of an unknown path gets that 404. `MethodRouter::route_layer`
/// covers its handlers alone: where there is none for OPTIONS, a preflight is answered 405 before
/// the layer is asked. Routes that are added after a layer are not covered. Under
/// `options_passthrough` a path needs a handler for OPTIONS.
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
#[derive(Clone, Debug)]
#[must_use = "a layer does nothing until it is added to a service"]
pub struct CorsLayer {
    pub(super) policy: &'static Policy,
    pub(super) template: Template,
}

impl CorsLayer {
    /// A layer that applies `policy`.
    pub fn new(policy: &'static Policy) -> Self {
        let template = Template::new(policy);
        Self { policy, template }
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = Cors<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Cors::layered(inner, self.clone())
    }
}
