use cors_runtime::CorsLayer;
use lambda_http::tower::ServiceBuilder;
use lambda_http::{Body, Error, Request, Response, run, service_fn};

use crate::CORS;

async fn articles(_: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new("three articles".into()))
}

pub async fn serve() -> Result<(), Error> {
    let service = ServiceBuilder::new()
        .layer(CorsLayer::new(CORS))
        .service(service_fn(articles));
    run(service).await
}
