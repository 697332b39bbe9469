//! What the compiler says where a policy stands in the place of a layer.

use tower_layer::Layer;

use super::Cors;
use crate::policy::Policy;

/// Nothing implements it, so that a policy is a layer for nothing, and the message is this one.
#[diagnostic::on_unimplemented(
    message = "a `Policy` is not a layer",
    label = "a `Policy` stands where a layer belongs",
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
