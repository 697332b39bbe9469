//! Writing a decision into the headers of a response.

use http::{HeaderMap, HeaderName, HeaderValue, Response, header};

use crate::header_names::ALLOW_PRIVATE_NETWORK;
use crate::parts::Headers;
use crate::policy::Policy;
use crate::request::Echo;

const TRUE: HeaderValue = HeaderValue::from_static("true");

/// The standard has `*` not cover `Authorization`.
const ANY_HEADER: HeaderValue = HeaderValue::from_static("*, authorization");

// What responses depend on, also those without CORS headers: `Origin` always, and what a preflight
// asks for on OPTIONS, preflight or not, so that a cache serves none of them for another. See
// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>.

static VARY: HeaderValue = HeaderValue::from_static("Origin");

static VARY_ON_OPTIONS: HeaderValue = HeaderValue::from_static(
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
);

static VARY_ON_OPTIONS_AND_NETWORK: HeaderValue = HeaderValue::from_static(
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, \
     Access-Control-Request-Private-Network",
);

fn vary_on_options(policy: &Policy) -> &'static HeaderValue {
    match policy.allow_private_network() {
        true => &VARY_ON_OPTIONS_AND_NETWORK,
        false => &VARY_ON_OPTIONS,
    }
}

/// What the response to a CORS-preflight request says to an allowed origin.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// Withheld where nothing else would make the preflight fail.
    pub(crate) allow_origin: Option<HeaderValue>,
    /// The names that are echoed, of a policy that does.
    pub(crate) echo: Echo,
    pub(crate) private_network: bool,
}

/// Writes what an origin may do with the response to an actual request; `None`: nothing.
pub(crate) fn write_actual(
    policy: &Policy,
    allow_origin: Option<&HeaderValue>,
    is_options: bool,
    headers: &mut HeaderMap,
) {
    let vary = match is_options {
        true => vary_on_options(policy),
        false => &VARY,
    };
    let parts = &policy.parts;
    let granted = match allow_origin {
        Some(_) => {
            1 + usize::from(parts.allow_credentials)
                + usize::from(parts.expose_headers_value.is_some())
        }
        None => 0,
    };
    write(headers, granted, vary, |headers| {
        let Some(allow_origin) = allow_origin else {
            return;
        };
        write_origin(policy, allow_origin, headers);
        if let Some(exposed) = parts.expose_headers_value {
            add(
                headers,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                exposed.clone(),
            );
        }
    });
}

/// Writes the answer to a CORS-preflight request.
pub(crate) fn write_preflight(policy: &Policy, grant: Option<&Grant>, headers: &mut HeaderMap) {
    let granted = grant.map_or(0, |grant| len(policy, grant));
    write(headers, granted, vary_on_options(policy), |headers| {
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
            Headers::Listed { value, .. } => add(headers, names, value.clone()),
            Headers::Any if policy.echoes() => {
                for line in grant.echo.lines() {
                    add(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, line.clone());
                }
            }
            Headers::Any => add(headers, names, ANY_HEADER),
        }
        if let Some((_, max_age)) = parts.max_age {
            add(headers, header::ACCESS_CONTROL_MAX_AGE, max_age.clone());
        }
        if grant.private_network {
            add(headers, ALLOW_PRIVATE_NETWORK, TRUE);
        }
    });
}

/// How many names are written to an allowed origin. The map of a new response is made for as many.
fn len(policy: &Policy, grant: &Grant) -> usize {
    let origin = match grant.allow_origin {
        Some(_) => 1 + usize::from(policy.allow_credentials()),
        None => 0,
    };
    let names = !policy.echoes() || !grant.echo.lines().is_empty();
    origin
        + 1
        + usize::from(names)
        + usize::from(policy.parts.max_age.is_some())
        + usize::from(grant.private_network)
}

/// The finished response to a CORS-preflight request; `None` where the handler is to give it.
pub(crate) fn preflight<B: Default>(policy: &Policy, grant: Option<&Grant>) -> Option<Response<B>> {
    if policy.options_passthrough() {
        return None;
    }
    let mut response = Response::new(B::default());
    *response.status_mut() = policy.options_success_status();
    write_preflight(policy, grant, response.headers_mut());
    Some(response)
}

fn write_origin(policy: &Policy, allow_origin: &HeaderValue, headers: &mut HeaderMap) {
    let name = header::ACCESS_CONTROL_ALLOW_ORIGIN;
    add(headers, name, allow_origin.clone());
    if policy.allow_credentials() {
        add(headers, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
    }
}

/// Replaces the CORS headers that are there, and adds to `Vary`.
///
/// A map that has no room, with some 30 000 names, gets nothing, and the browser refuses: never the
/// origin without `Vary`.
fn write(
    headers: &mut HeaderMap,
    granted: usize,
    vary: &'static HeaderValue,
    write_granted: impl FnOnce(&mut HeaderMap),
) {
    let has_vary = remove_cors(headers);
    if headers.try_reserve(granted + 1).is_err() {
        return;
    }
    write_granted(headers);
    match has_vary {
        true => merge_vary(headers, vary),
        false => add(headers, header::VARY, vary.clone()),
    }
}

/// Adds a line. What had the name is gone by now, so there is nothing to replace, and to append
/// costs less.
fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    // There is room.
    let _ = headers.try_append(name, value);
}

/// Removes the CORS headers of a response that may come from anywhere, and tells whether there is
/// `Vary`.
///
/// The names are read once, which costs less than looking for any of them; mostly there is nothing
/// to remove.
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

/// The headers that [responses to CORS requests](https://fetch.spec.whatwg.org/#http-responses) carry.
fn is_cors(name: &HeaderName) -> bool {
    *name == header::ACCESS_CONTROL_ALLOW_ORIGIN
        || *name == header::ACCESS_CONTROL_ALLOW_CREDENTIALS
        || *name == header::ACCESS_CONTROL_ALLOW_HEADERS
        || *name == header::ACCESS_CONTROL_ALLOW_METHODS
        || *name == header::ACCESS_CONTROL_EXPOSE_HEADERS
        || *name == header::ACCESS_CONTROL_MAX_AGE
        || *name == ALLOW_PRIVATE_NETWORK
}

#[cold]
fn remove_each(headers: &mut HeaderMap) {
    while let Some(name) = headers.keys().find(|name| is_cors(name)).cloned() {
        headers.remove(name);
    }
}

/// Adds names to a `Vary` that is there, each unless it is named already.
#[cold]
fn merge_vary(headers: &mut HeaderMap, names: &'static HeaderValue) {
    let named = |wanted: &[u8]| {
        headers
            .get_all(header::VARY)
            .into_iter()
            .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
            .any(|name| name.trim_ascii().eq_ignore_ascii_case(wanted))
    };
    if named(b"*") {
        return;
    }
    let text = names.to_str().unwrap_or_default();
    let all = text.split(", ").count();
    // Which names are missing, as bits: there are four at most.
    let missing = text
        .split(", ")
        .enumerate()
        .filter(|(_, name)| !named(name.as_bytes()))
        .fold(0_u32, |missing, (nth, _)| missing | 1 << nth);
    if missing.count_ones() as usize == all {
        add(headers, header::VARY, names.clone());
        return;
    }
    for (nth, name) in text.split(", ").enumerate() {
        if missing & (1 << nth) != 0 {
            add(headers, header::VARY, HeaderValue::from_static(name));
        }
    }
}
