//! A service under one of several layers, as one type.

use std::convert::Infallible;

use http::{Request, Response};
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service};

pub(crate) type Layered = BoxCloneSyncService<Request<()>, Response<()>, Infallible>;

pub(crate) fn under<L>(layer: L, inner: Layered) -> Layered
where
    L: Layer<Layered>,
    L::Service: Service<Request<()>, Response = Response<()>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    <L::Service as Service<Request<()>>>::Future: Send + 'static,
{
    BoxCloneSyncService::new(layer.layer(inner))
}
