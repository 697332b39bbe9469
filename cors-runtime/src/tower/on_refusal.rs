//! The hook of a [`CorsLayer`](super::CorsLayer): what it is, and what it is given.

use std::fmt;

use http::{HeaderMap, Method, Request, Uri};

use crate::decision::Decision;
use crate::refusal::Refusal;

/// A request that a browser will refuse: what a hook is given, see
/// [`CorsLayer::on_refusal`](super::CorsLayer::on_refusal).
///
/// [`Debug`](fmt::Debug) shows the method, the URI and the refusal, but not the headers, which may
/// hold credentials.
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
    /// What was decided; it tells a preflight from an actual request.
    pub fn decision(&self) -> &'r Decision {
        self.decision
    }

    /// Why the browser will refuse the request.
    #[must_use]
    pub fn refusal(&self) -> &Refusal {
        &self.refusal
    }

    /// The request's own method: OPTIONS for a preflight.
    #[must_use]
    pub fn method(&self) -> &'r Method {
        self.method
    }

    /// The request's URI, as the layer sees it: below a nested router it may lack the prefix.
    #[must_use]
    pub fn uri(&self) -> &'r Uri {
        self.uri
    }

    /// The request's headers.
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

/// What is called for requests that a browser will refuse; see
/// [`CorsLayer::on_refusal`](super::CorsLayer::on_refusal).
///
/// Every `Fn(&RefusedRequest<'_>)` is one, and nothing else can be: the trait is sealed. It is the
/// bound of functions that return or take a layer with a hook:
///
/// ```
/// use cors_runtime::{CorsLayer, OnRefusal, Policy};
///
/// fn watched(policy: &'static Policy) -> CorsLayer<impl OnRefusal + Clone> {
///     CorsLayer::new(policy).on_refusal(|refused| println!("refused: {}", refused.uri().path()))
/// }
/// ```
///
/// A closure has a type without a name. Where a layer needs a named type, for example as a field of
/// a struct, a function pointer is a hook too:
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
#[derive(Clone, Copy, Debug)]
pub struct IgnoreRefusals;

impl OnRefusal for IgnoreRefusals {}

mod sealed {
    use super::{Decision, IgnoreRefusals, RefusedRequest, Request};

    pub trait Hook {
        /// Is given every request, so that the layer without a hook looks at none.
        fn look<B>(&self, decision: &Decision, request: &Request<B>);
    }

    impl<F: Fn(&RefusedRequest<'_>)> Hook for F {
        fn look<B>(&self, decision: &Decision, request: &Request<B>) {
            // Inlined, so a request that is not refused costs no call.
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
