use std::io;

use cors_runtime::CorsLayer;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::net::TcpListener;
use tower::ServiceBuilder;
use warp::Filter;

use crate::CORS;

pub async fn serve(listener: TcpListener) -> io::Result<()> {
    let routes = warp::path("articles").map(|| "three articles");
    let service = ServiceBuilder::new()
        .layer(CorsLayer::new(CORS))
        .service(warp::service(routes));
    let service = TowerToHyperService::new(service);
    // `warp::serve` takes only filters.
    loop {
        let stream = TokioIo::new(listener.accept().await?.0);
        tokio::spawn(http1::Builder::new().serve_connection(stream, service.clone()));
    }
}
