use std::error::Error;

use http::{Request, Response};
use reqwest::{Body, Client, redirect::Policy};
use tower::{Service, service_fn};

type Failed = Box<dyn Error + Send + Sync>;

/// The client as a service of `http` types. It follows no redirects, since `Browser` does.
pub fn client()
-> reqwest::Result<impl Service<Request<Body>, Response = Response<Body>, Error = Failed>> {
    let client = Client::builder().redirect(Policy::none()).build()?;
    Ok(service_fn(move |request: Request<Body>| {
        let client = client.clone();
        async move {
            let response = client.execute(request.try_into()?).await?;
            Ok(response.into())
        }
    }))
}
