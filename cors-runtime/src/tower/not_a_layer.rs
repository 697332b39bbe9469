//! The compile error if a policy is used as a layer.

use tower_layer::Layer;

use super::Cors;
use crate::policy::Policy;

/// No type implements this trait, so a policy is not a layer for any service, and the compiler shows
/// this message.
#[diagnostic::on_unimplemented(
    message = "a `Policy` is not a layer",
    label = "expected a layer, found a `Policy`",
    note = "write `CorsLayer::new(CORS)` in place of `CORS`"
)]
pub trait TakesPolicies: Sized {
    fn with_policy(self) -> Cors<Self>;
}

#[doc(hidden)]
impl<S: TakesPolicies> Layer<S> for Policy {
    type Service = Cors<S>;

    fn layer(&self, inner: S) -> Cors<S> {
        inner.with_policy()
    }
}
