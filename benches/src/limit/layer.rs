//! The careful code in two steps, as a layer needs it.

use http::{HeaderMap, HeaderValue, Method, Response};

use super::hand::{Asked, Hand, allowed, grant, granted, preflight, vary};

/// What a layer keeps of an actual request until its response is there.
#[derive(Debug)]
pub struct Kept {
    is_options: bool,
    allowed: Option<HeaderValue>,
}

/// The response to a preflight, or what is kept of an actual request.
#[inline]
pub fn begin<H: Hand, B: Default>(
    method: &Method,
    request: &HeaderMap,
) -> Result<Response<B>, Kept> {
    let is_options = *method == Method::OPTIONS;
    if is_options && let Some(asked) = Asked::read(request) {
        return Ok(preflight::<H, true, B>(&asked));
    }
    let origin = if is_options {
        granted::<H, true, true>(method, request)
    } else {
        granted::<H, true, false>(method, request)
    };
    let allowed = origin.map(allowed::<H>);
    Err(Kept {
        is_options,
        allowed,
    })
}

/// Writes what was kept into the headers of the response.
#[inline]
pub fn finish<H: Hand>(kept: &mut Kept, response: &mut HeaderMap) {
    let varies = if kept.is_options {
        vary::<true, true>(response)
    } else {
        vary::<true, false>(response)
    };
    if let Some(allowed) = kept.allowed.take()
        && varies
    {
        grant::<H>(allowed, response);
    }
}
