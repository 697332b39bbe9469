use std::net::SocketAddr;

use cors_runtime::CorsLayer;
use tonic::{
    service::Routes,
    transport::{Error, Server},
};
use tonic_web::GrpcWebLayer;

use crate::CORS;

pub async fn serve(services: Routes, address: SocketAddr) -> Result<(), Error> {
    Server::builder()
        .accept_http1(true)
        .layer(CorsLayer::new(CORS))
        .layer(GrpcWebLayer::new())
        .add_routes(services)
        .serve(address)
        .await
}
