//! The [CORS check], which every response to a CORS request must pass.
//!
//! [CORS check]: https://fetch.spec.whatwg.org/#concept-cors-check

use http::{HeaderMap, header};

use super::access::Access;
use super::blocked::Blocked;
use super::list::combined;

/// Whether the page may read the response. `origin` is the value of `Origin` in the request, and
/// `include` says whether the request is made with credentials.
pub(super) fn cors_check(
    headers: &HeaderMap,
    origin: &str,
    include: bool,
    access: impl FnOnce() -> Box<Access>,
) -> Result<(), Blocked> {
    let allowed = combined(headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN);
    match allowed {
        Some(allowed) if allowed == "*" && !include => return Ok(()),
        Some(allowed) if allowed == origin => {}
        Some(allowed) if allowed == "*" => {
            let access = access();
            return Err(Blocked::Wildcard { access });
        }
        Some(allowed) if allowed.contains([',', ' ']) => {
            let access = access();
            return Err(Blocked::SeveralOrigins { access, allowed });
        }
        allowed => {
            let access = access();
            return Err(Blocked::Origin { access, allowed });
        }
    }
    let value = combined(headers, &header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    if include && value.as_deref() != Some("true") {
        let access = access();
        return Err(Blocked::Credentials { access, value });
    }
    Ok(())
}
