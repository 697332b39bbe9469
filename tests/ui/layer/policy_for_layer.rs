use cors_runtime::{CorsLayer, Policy, cors_policy};
use tower_layer::Layer;

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"],
    "allow_headers": ["Content-Type"],
});

/// Takes layers as routers do.
struct Router;
struct Route;

impl Router {
    fn layer<L: Layer<Route>>(self, _: L) -> Self {
        self
    }
}

fn main() {
    Router.layer(CORS);
    Router.layer(CorsLayer::new(CORS));
}
