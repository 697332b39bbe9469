use http::{Request, Response};

use crate::CORS;

pub fn guarded(request: Request<String>) -> Response<String> {
    let decision = CORS.decide(request.method(), request.headers());
    decision.response().unwrap_or_else(|| {
        let mut response = articles(request);
        decision.apply(response.headers_mut());
        response
    })
}

fn articles(_: Request<String>) -> Response<String> {
    Response::new("three articles".to_owned())
}
