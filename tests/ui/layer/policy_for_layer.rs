use axum::Router;
use cors_runtime::{CorsLayer, Policy, cors_policy};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.example.com"],
    "allow_headers": ["Content-Type"],
});

fn main() {
    let _: Router = Router::new().layer(CORS);
    let _: Router = Router::new().layer(CorsLayer::new(CORS));
}
