//! Writing a decision into the headers of a response.

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

use crate::header_names::ALLOW_PRIVATE_NETWORK;
use crate::parts::{Headers, Origins};
use crate::policy::Policy;

const TRUE: HeaderValue = HeaderValue::from_static("true");

const STAR: HeaderValue = HeaderValue::from_static("*");

/// By the standard, `*` does not cover `Authorization`.
const ANY_HEADER: HeaderValue = HeaderValue::from_static("*, authorization");

// The request headers on which responses depend, those without CORS headers included. Every response
// depends on `Origin`. A response to OPTIONS, preflight or not, also depends on what a preflight
// requests, so that a cache serves none of them for another. See
// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>.

const VARY: HeaderValue = HeaderValue::from_static("Origin");

const VARY_ON_OPTIONS: HeaderValue = HeaderValue::from_static(
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
);

const VARY_ON_OPTIONS_AND_NETWORK: HeaderValue = HeaderValue::from_static(
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, \
     Access-Control-Request-Private-Network",
);

/// The value of `Vary`.
#[inline]
fn vary(policy: &Policy, is_options: bool) -> HeaderValue {
    match (is_options, policy.allow_private_network()) {
        (false, _) => VARY,
        (true, false) => VARY_ON_OPTIONS,
        (true, true) => VARY_ON_OPTIONS_AND_NETWORK,
    }
}

/// What the response to a CORS-preflight request tells an allowed origin.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// The request's origin; `None` if nothing else would make the preflight fail.
    pub(crate) allow_origin: Option<HeaderValue>,
    /// The names to echo, under a policy that does so.
    pub(crate) echo: Option<HeaderValue>,
    pub(crate) private_network: bool,
}

/// Writes the headers of the response to an actual request; without an origin, nothing is granted.
#[inline]
pub(crate) fn write_actual(
    policy: &Policy,
    allow_origin: Option<&HeaderValue>,
    is_options: bool,
    headers: &mut HeaderMap,
) {
    write(headers, vary(policy, is_options), |headers| {
        if let Some(allow_origin) = allow_origin {
            write_granted(policy, allow_origin, headers);
        }
    });
}

fn write_granted(policy: &Policy, allow_origin: &HeaderValue, headers: &mut HeaderMap) {
    write_origin(policy, allow_origin, headers);
    if let Some(exposed) = policy.parts.expose_headers_value {
        let name = header::ACCESS_CONTROL_EXPOSE_HEADERS;
        add(headers, name, exposed.clone());
    }
}

/// Writes the headers of a response to a CORS-preflight request.
pub(crate) fn write_preflight(policy: &Policy, grant: Option<&Grant>, headers: &mut HeaderMap) {
    write(headers, vary(policy, true), |headers| {
        let Some(grant) = grant else {
            return;
        };
        let parts = &policy.parts;
        if let Some(allow_origin) = &grant.allow_origin {
            write_origin(policy, allow_origin, headers);
        }
        let methods = parts.allow_methods_value.clone();
        add(headers, header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        let names = header::ACCESS_CONTROL_ALLOW_HEADERS;
        match parts.allow_headers {
            Headers::Listed { value, .. } => {
                add(headers, names, value.clone());
            }
            Headers::Any => {
                let value = if policy.allow_credentials() {
                    // With credentials, browsers take `*` for a name like any other.
                    grant.echo.clone()
                } else {
                    Some(ANY_HEADER)
                };
                if let Some(value) = value {
                    add(headers, names, value);
                }
            }
        }
        if let Some((_, max_age)) = parts.max_age {
            add(headers, header::ACCESS_CONTROL_MAX_AGE, max_age.clone());
        }
        if grant.private_network {
            add(headers, ALLOW_PRIVATE_NETWORK, TRUE);
        }
    });
}

/// The finished response to a CORS-preflight request.
pub(crate) fn preflight<B: Default>(
    policy: &Policy,
    grant: Option<&Grant>,
    status: StatusCode,
) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if grant.is_some_and(|grant| grant.private_network) {
        // One name more than a map has room for after the first insertion. If this fails, so does
        // writing the headers.
        let _ = headers.try_reserve(7);
    }
    write_preflight(policy, grant, headers);
    response
}

#[inline]
fn write_origin(policy: &Policy, origin: &HeaderValue, headers: &mut HeaderMap) {
    let value = match policy.parts.allow_origins {
        Origins::Any => STAR,
        // The request's own line. The header values of a server share a buffer, so no byte is
        // copied.
        Origins::Listed { .. } => origin.clone(),
    };
    add(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
    if policy.allow_credentials() {
        add(headers, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
    }
}

/// Replaces the CORS headers of a response, and adds names to its `Vary`.
///
/// If the map has no room left, which takes some 30 000 names, `Vary` is the last to fail. Then all CORS
/// headers are removed: a response never names an origin without `Vary`, and the browser refuses.
#[inline]
fn write(headers: &mut HeaderMap, vary: HeaderValue, write_granted: impl FnOnce(&mut HeaderMap)) {
    let has_vary = remove_cors(headers);
    write_granted(headers);
    let written = if has_vary {
        merge_vary(headers, &vary)
    } else {
        add(headers, header::VARY, vary)
    };
    if !written {
        remove_cors(headers);
    }
}

/// Adds a line, if there is room. No line with this name is left, so there is nothing to replace, and
/// appending costs less than inserting.
#[inline]
fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> bool {
    headers.try_append(name, value).is_ok()
}

/// Removes the CORS headers of a response, wherever they come from. Returns whether it has `Vary`.
///
/// Usually there is neither, and one pass over the names finds that out. Looking `Vary` up instead takes
/// 65 to 94 instructions more, up to a sixth of a request.
#[inline]
fn remove_cors(headers: &mut HeaderMap) -> bool {
    let (mut has_cors, mut has_vary) = (false, false);
    for name in headers.keys() {
        has_vary |= *name == header::VARY;
        has_cors |= is_cors(name);
    }
    if has_cors {
        remove_each(headers);
    }
    has_vary
}

/// Whether it is a header of [responses to CORS requests](https://fetch.spec.whatwg.org/#http-responses).
#[inline]
fn is_cors(name: &HeaderName) -> bool {
    *name == header::ACCESS_CONTROL_ALLOW_ORIGIN
        || *name == header::ACCESS_CONTROL_ALLOW_CREDENTIALS
        || *name == header::ACCESS_CONTROL_ALLOW_HEADERS
        || *name == header::ACCESS_CONTROL_ALLOW_METHODS
        || *name == header::ACCESS_CONTROL_EXPOSE_HEADERS
        || *name == header::ACCESS_CONTROL_MAX_AGE
        || *name == ALLOW_PRIVATE_NETWORK
}

fn remove_each(headers: &mut HeaderMap) {
    while let Some(name) = headers.keys().find(|name| is_cors(name)).cloned() {
        headers.remove(name);
    }
}

/// Adds the names that an existing `Vary` lacks.
// Measured: without `cold`, a response without `Vary` takes up to 2 instructions more.
#[cold]
fn merge_vary(headers: &mut HeaderMap, names: &HeaderValue) -> bool {
    let named = |wanted: &[u8]| {
        headers
            .get_all(header::VARY)
            .into_iter()
            .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
            .any(|name| name.trim_ascii().eq_ignore_ascii_case(wanted))
    };
    if named(b"*") {
        return true;
    }
    let text = names.to_str().unwrap_or_default();
    let missing = || text.split(", ").filter(|name| !named(name.as_bytes()));
    if missing().count() == text.split(", ").count() {
        return add(headers, header::VARY, names.clone());
    }
    let missing: Vec<HeaderValue> = missing()
        .filter_map(|name| HeaderValue::from_str(name).ok())
        .collect();
    let mut missing = missing.into_iter();
    missing.all(|name| add(headers, header::VARY, name))
}
