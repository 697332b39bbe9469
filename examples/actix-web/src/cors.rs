//! The policy as actix-web middleware. actix-web uses `http` 0.2 and the policy `http` 1, so names and
//! values are converted as bytes.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::{StatusCode, header as theirs};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use cors_runtime::{Decision, Policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

/// Applies the policy to the services inside. Wrap it last, so that it is outermost:
/// `App::new().wrap(from_fn(async |request, next| guard(CORS, request, next).await))`.
pub(crate) async fn guard(
    policy: &'static Policy,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // Both versions of `http` accept the same methods.
    let method = Method::from_bytes(request.method().as_str().as_bytes()).unwrap_or_default();
    let decision = policy.decide(&method, &ours(request.headers()));
    if let Decision::Preflight(preflight) = &decision
        && let Some(status) = preflight.status()
    {
        let status = StatusCode::from_u16(status.as_u16()).unwrap_or_default();
        let mut finished = HttpResponse::new(status);
        apply(&decision, finished.headers_mut());
        return Ok(request.into_response(finished));
    }
    match next.call(request).await {
        Ok(response) => {
            let mut response = response.map_into_boxed_body();
            apply(&decision, response.headers_mut());
            Ok(response)
        }
        // actix-web turns the error of an inner middleware into a response later. It needs the headers
        // too.
        Err(error) => {
            let mut response = error.error_response();
            apply(&decision, response.headers_mut());
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn apply(decision: &Decision, headers: &mut theirs::HeaderMap) {
    let mut changed = ours(headers);
    decision.apply(&mut changed);
    headers.clear();
    write(&changed, headers);
}

fn ours(headers: &theirs::HeaderMap) -> HeaderMap {
    let pairs = headers.iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_str().as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        map.append(name, value);
    }
    map
}

fn write(headers: &HeaderMap, to: &mut theirs::HeaderMap) {
    for (name, value) in headers {
        let name = theirs::HeaderName::from_bytes(name.as_str().as_bytes());
        let value = theirs::HeaderValue::from_bytes(value.as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            to.append(name, value);
        }
    }
}
