//! The hook of a [`CorsLayer`](super::CorsLayer), and its argument.

use std::fmt;

use http::{HeaderMap, Method, Request, Uri};

use crate::decision::Decision;
use crate::refusal::Refusal;

/// A request that a browser will refuse: the argument of a hook; see
/// [`CorsLayer::on_refusal`](super::CorsLayer::on_refusal).
///
/// [`Debug`](fmt::Debug) prints the method, the URI and the refusal. It leaves the headers out, because
/// they may contain credentials.
///
/// ```
/// use cors_runtime::RefusedRequest;
///
/// fn log(refused: &RefusedRequest<'_>) {
///     let agent = refused.headers().get(http::header::USER_AGENT);
///     eprintln!("{} {}: {} ({agent:?})", refused.method(), refused.uri(), refused.refusal());
/// }
/// ```
pub struct RefusedRequest<'r> {
    decision: &'r Decision,
    refusal: Refusal,
    method: &'r Method,
    uri: &'r Uri,
    headers: &'r HeaderMap,
}

impl<'r> RefusedRequest<'r> {
    /// The decision. It shows whether the request is a preflight or an actual request.
    pub fn decision(&self) -> &'r Decision {
        self.decision
    }

    /// Why the browser will refuse the request.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        &self.refusal
    }

    /// The method of the request itself, so OPTIONS for a preflight.
    #[must_use]
    pub fn method(&self) -> &'r Method {
        self.method
    }

    /// The URI of the request as it reaches the layer. Inside a nested router, it may lack the prefix.
    #[must_use]
    pub fn uri(&self) -> &'r Uri {
        self.uri
    }

    /// The headers of the request.
    #[must_use]
    pub fn headers(&self) -> &'r HeaderMap {
        self.headers
    }
}

impl fmt::Debug for RefusedRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefusedRequest")
            .field("method", self.method)
            .field("uri", self.uri)
            .field("refusal", &self.refusal)
            .finish_non_exhaustive()
    }
}

/// A function that is called for requests that a browser will refuse; see
/// [`CorsLayer::on_refusal`](super::CorsLayer::on_refusal).
///
/// Every `Fn(&RefusedRequest<'_>)` implements this trait. It is sealed, so no other type can. Use it as a
/// bound in functions that take or return a layer with a hook:
///
/// ```
/// use cors_runtime::{CorsLayer, OnRefusal, Policy};
///
/// fn watched(policy: &'static Policy) -> CorsLayer<impl OnRefusal + Clone> {
///     CorsLayer::new(policy).on_refusal(|refused| println!("refused: {}", refused.uri().path()))
/// }
/// ```
///
/// The type of a closure has no name. Where the type of a layer must be named, for example in a field of
/// a struct, use a function pointer. The type is then `CorsLayer<fn(&RefusedRequest<'_>)>`:
///
/// ```
/// use cors_runtime::{CorsLayer, Policy, RefusedRequest};
///
/// struct Gateway {
///     cors: CorsLayer<fn(&RefusedRequest<'_>)>,
/// }
///
/// impl Gateway {
///     fn new(policy: &'static Policy) -> Self {
///         let cors = CorsLayer::new(policy).on_refusal(log as fn(&RefusedRequest<'_>));
///         Self { cors }
///     }
/// }
///
/// fn log(refused: &RefusedRequest<'_>) {
///     eprintln!("{}", refused.refusal());
/// }
/// # let _ = |policy| Gateway::new(policy).cors;
/// ```
pub trait OnRefusal: sealed::Hook {}

impl<F: Fn(&RefusedRequest<'_>)> OnRefusal for F {}

/// No hook: the default of a [`CorsLayer`](super::CorsLayer).
///
/// ```
/// use cors_runtime::{CorsLayer, IgnoreRefusals, Policy};
///
/// // The same as `CorsLayer`.
/// fn layer(policy: &'static Policy) -> CorsLayer<IgnoreRefusals> {
///     CorsLayer::new(policy)
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct IgnoreRefusals;

impl OnRefusal for IgnoreRefusals {}

mod sealed {
    use super::{Decision, IgnoreRefusals, RefusedRequest, Request};

    pub trait Hook {
        /// Is called for every request, so that a layer without a hook need not look at it.
        fn look<B>(&self, decision: &Decision, request: &Request<B>);
    }

    impl<F: Fn(&RefusedRequest<'_>)> Hook for F {
        fn look<B>(&self, decision: &Decision, request: &Request<B>) {
            // Unlike `refusal`, this is inlined: a request that is not refused costs no call.
            if !decision.is_refused() {
                return;
            }
            if let Some(refusal) = decision.refusal() {
                self(&RefusedRequest {
                    decision,
                    refusal,
                    method: request.method(),
                    uri: request.uri(),
                    headers: request.headers(),
                });
            }
        }
    }

    impl Hook for IgnoreRefusals {
        fn look<B>(&self, _: &Decision, _: &Request<B>) {}
    }
}
