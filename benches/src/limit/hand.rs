//! The responses.

use std::hint::black_box;

use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

use super::{names, origins};

/// What differs between policies. All of it is known at compile time.
pub trait Hand {
    /// What is sent to every allowed origin, if it is always the same.
    const ALLOWED: Option<HeaderValue> = None;
    /// Whether credentials are allowed.
    const CREDENTIALS: bool = true;
    /// `Access-Control-Allow-Headers`; absent if the names are echoed.
    const HEADERS: Option<HeaderValue> = Some(THREE);
    /// Whether an origin is listed.
    fn lists(origin: &[u8]) -> bool;
    /// Whether every request header in a line is listed.
    #[inline]
    fn lists_names(line: &[u8]) -> bool {
        names::all_of_three(line)
    }
}

macro_rules! value {
    ($name:ident, $text:literal) => {
        #[allow(
            clippy::declare_interior_mutable_const,
            reason = "a value from static text shares nothing"
        )]
        const $name: HeaderValue = HeaderValue::from_static($text);
    };
}

value!(STAR, "*");
value!(APP, "https://app.example.com");
value!(TRUE, "true");
value!(EXPOSED, "X-Request-Id");
value!(METHODS, "GET, HEAD, POST, PUT, DELETE, OPTIONS");
value!(THREE, "Authorization, Content-Type, X-Request-Id");
value!(
    THIRTY,
    "Accept-Version, Authorization, Baggage, Cache-Control, Content-Encoding, Content-Type, \
     If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Pragma, Prefer, Range, \
     Sentry-Trace, Traceparent, Tracestate, X-Api-Key, X-B3-Sampled, X-B3-SpanId, X-B3-TraceId, \
     X-Client-Id, X-Client-Version, X-Correlation-Id, X-CSRF-Token, X-Device-Id, X-Locale, \
     X-Request-Id, X-Requested-With, X-Session-Id, X-Tenant"
);
value!(TEN_MINUTES, "600");
value!(ORIGIN, "Origin");
value!(
    ALL,
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
);

const ALL_NAMES: [&str; 3] = [
    "Origin",
    "Access-Control-Request-Method",
    "Access-Control-Request-Headers",
];

macro_rules! hands {
    ($($hand:ident { $($body:tt)* })*) => {$(
        #[doc = "A policy."]
        #[derive(Clone, Debug)]
        pub struct $hand;
        impl Hand for $hand { $($body)* }
    )*};
}

macro_rules! lists {
    ($origin:ident => $listed:expr) => {
        #[inline]
        fn lists($origin: &[u8]) -> bool {
            $listed
        }
    };
}

hands! {
    Any {
        const ALLOWED: Option<HeaderValue> = Some(STAR);
        const CREDENTIALS: bool = false;
        lists!(_origin => true);
    }
    One {
        const ALLOWED: Option<HeaderValue> = Some(APP);
        lists!(origin => origin == b"https://app.example.com");
    }
    Five { lists!(origin => origins::five(origin)); }
    Hundred {
        lists!(origin => origins::table(
            origin, origins::HUNDRED_BITS, &origins::HUNDRED_SLOTS, &origins::HUNDRED));
    }
    Thousand {
        lists!(origin => origins::table(
            origin, origins::THOUSAND_BITS, &origins::THOUSAND_SLOTS, &origins::THOUSAND));
    }
    TenThousand {
        lists!(origin => origins::table(
            origin, origins::TEN_THOUSAND_BITS, &origins::TEN_THOUSAND_SLOTS,
            &origins::TEN_THOUSAND));
    }
    OnePattern { lists!(origin => origins::one_pattern(origin)); }
    TwentyPatterns { lists!(origin => origins::twenty_patterns(origin)); }
    ThirtyHeaders {
        const HEADERS: Option<HeaderValue> = Some(THIRTY);
        lists!(origin => origins::five(origin));
        #[inline]
        fn lists_names(line: &[u8]) -> bool {
            names::all_of_thirty(line)
        }
    }
    Echo {
        const HEADERS: Option<HeaderValue> = None;
        lists!(origin => origins::five(origin));
        #[inline]
        fn lists_names(line: &[u8]) -> bool {
            names::all_tokens(line)
        }
    }
}

/// With the library's guarantees.
pub fn careful<H: Hand>(
    method: &Method,
    request: &HeaderMap,
    response: &mut HeaderMap,
) -> Option<Response<()>> {
    respond::<H, true>(method, request, response)
}

/// Without guarantees.
pub fn careless<H: Hand>(
    method: &Method,
    request: &HeaderMap,
    response: &mut HeaderMap,
) -> Option<Response<()>> {
    respond::<H, false>(method, request, response)
}

#[inline]
fn respond<H: Hand, const CAREFUL: bool>(
    method: &Method,
    request: &HeaderMap,
    response: &mut HeaderMap,
) -> Option<Response<()>> {
    if *method != Method::OPTIONS {
        actual::<H, CAREFUL, false>(method, request, response);
        return None;
    }
    match Asked::read(request) {
        Some(asked) => Some(preflight::<H, CAREFUL, ()>(&asked)),
        None => {
            actual::<H, CAREFUL, true>(method, request, response);
            None
        }
    }
}

#[inline]
fn actual<H: Hand, const CAREFUL: bool, const OPTIONS: bool>(
    method: &Method,
    request: &HeaderMap,
    response: &mut HeaderMap,
) {
    let varies = vary::<CAREFUL, OPTIONS>(response);
    if let Some(origin) = granted::<H, CAREFUL, OPTIONS>(method, request)
        && varies
    {
        grant::<H>(allowed::<H>(origin), response);
    }
}

/// Removes CORS headers, and writes `Vary`. False if the map is full.
#[inline]
pub(super) fn vary<const CAREFUL: bool, const OPTIONS: bool>(response: &mut HeaderMap) -> bool {
    let mut has_vary = false;
    if CAREFUL {
        let mut has_cors = false;
        for name in response.keys() {
            has_vary |= *name == header::VARY;
            has_cors |= is_cors(name);
        }
        if has_cors {
            remove_cors(response);
        }
    }
    if has_vary {
        merge_vary(response, if OPTIONS { &ALL_NAMES } else { &ALL_NAMES[..1] })
    } else {
        set(response, header::VARY, if OPTIONS { ALL } else { ORIGIN })
    }
}

/// The origin of an actual request, if it may read the response.
#[inline]
pub(super) fn granted<'r, H: Hand, const CAREFUL: bool, const OPTIONS: bool>(
    method: &Method,
    request: &'r HeaderMap,
) -> Option<&'r HeaderValue> {
    let origin = one_origin::<CAREFUL>(request)?;
    if !H::lists(origin.as_bytes()) {
        if CAREFUL {
            keep(origin);
        }
        return None;
    }
    (OPTIONS || is_listed(method.as_str())).then_some(origin)
}

/// The value for an origin. The request's own is the cheapest: it shares the server's buffer.
#[inline]
pub(super) fn allowed<H: Hand>(origin: &HeaderValue) -> HeaderValue {
    H::ALLOWED.unwrap_or_else(|| origin.clone())
}

#[inline]
pub(super) fn grant<H: Hand>(allowed: HeaderValue, response: &mut HeaderMap) {
    set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    if H::CREDENTIALS {
        set(response, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
    }
    set(response, header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

/// Keeps the refused value until the response is written, to be able to say why.
#[inline]
fn keep(refused: &HeaderValue) {
    drop(black_box(refused.clone()));
}

/// The `Origin` of a request. Careful code does not choose between two.
#[inline]
fn one_origin<const CAREFUL: bool>(request: &HeaderMap) -> Option<&HeaderValue> {
    if !CAREFUL {
        return request.get(&header::ORIGIN);
    }
    let origin = request.get(&header::ORIGIN)?;
    let doubled = request.len() != request.keys_len()
        && request.get_all(header::ORIGIN).iter().nth(1).is_some();
    (!doubled).then_some(origin)
}

/// Adds a line if there is none with this name, which costs less than `insert`. False if the map is
/// full.
#[inline]
fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> bool {
    headers.try_append(name, value).is_ok()
}

#[inline]
fn is_cors(name: &HeaderName) -> bool {
    *name == header::ACCESS_CONTROL_ALLOW_ORIGIN
        || *name == header::ACCESS_CONTROL_ALLOW_CREDENTIALS
        || *name == header::ACCESS_CONTROL_ALLOW_HEADERS
        || *name == header::ACCESS_CONTROL_ALLOW_METHODS
        || *name == header::ACCESS_CONTROL_EXPOSE_HEADERS
        || *name == header::ACCESS_CONTROL_MAX_AGE
}

#[cold]
fn remove_cors(response: &mut HeaderMap) {
    while let Some(name) = response.keys().find(|name| is_cors(name)).cloned() {
        response.remove(name);
    }
}

/// Adds the names that `Vary` does not have yet. False if the map is full.
#[cold]
fn merge_vary(response: &mut HeaderMap, names: &[&'static str]) -> bool {
    names.iter().all(|wanted| {
        let mut lines = response.get_all(header::VARY).iter();
        let named = lines.any(|line| {
            let mut names = line.as_bytes().split(|byte| *byte == b',');
            names.any(|name| {
                let name = name.trim_ascii();
                name == b"*" || name.eq_ignore_ascii_case(wanted.as_bytes())
            })
        });
        named || set(response, header::VARY, HeaderValue::from_static(wanted))
    })
}

#[inline]
fn is_listed(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST" | "PUT" | "DELETE")
}

/// The requested method and headers. More than one line of either counts as none, which is safe.
pub(super) struct Asked<'r> {
    origin: Option<&'r HeaderValue>,
    method: &'r HeaderValue,
    names: Option<&'r HeaderValue>,
}

impl<'r> Asked<'r> {
    #[inline]
    pub(super) fn read(request: &'r HeaderMap) -> Option<Self> {
        let (mut origin, mut method, mut names) = (None, None, None);
        let mut doubled = false;
        for (name, value) in request {
            let line = if *name == header::ORIGIN {
                &mut origin
            } else if *name == header::ACCESS_CONTROL_REQUEST_METHOD {
                &mut method
            } else if *name == header::ACCESS_CONTROL_REQUEST_HEADERS {
                &mut names
            } else {
                continue;
            };
            doubled |= line.replace(value).is_some();
        }
        let origin = origin.filter(|_| !doubled);
        Some(Self {
            origin,
            method: method?,
            names,
        })
    }
}

#[inline]
pub(super) fn preflight<H: Hand, const CAREFUL: bool, B: Default>(
    asked: &Asked<'_>,
) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let origin = asked.origin.filter(|origin| {
        let listed = H::lists(origin.as_bytes());
        if CAREFUL && !listed {
            keep(origin);
        }
        listed
    });
    let Some(origin) = origin else {
        headers.reserve(1);
        set(headers, header::VARY, ALL);
        return response;
    };
    if CAREFUL
        && !matches!(
            asked.method.as_bytes(),
            b"GET" | b"HEAD" | b"POST" | b"PUT" | b"DELETE" | b"OPTIONS"
        )
    {
        keep(asked.method);
    }
    let echo = H::HEADERS.is_none();
    let good = (CAREFUL || echo)
        && asked.names.is_none_or(|line| {
            (!echo || line.len() <= 64 << 10) && H::lists_names(line.as_bytes())
        });
    if CAREFUL
        && !good
        && let Some(line) = asked.names
    {
        keep(line);
    }
    black_box(good);
    headers.reserve(6);
    set(headers, header::VARY, ALL);
    set(
        headers,
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        allowed::<H>(origin),
    );
    if H::CREDENTIALS {
        set(headers, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
    }
    set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    if let Some(names) = H::HEADERS.or_else(|| asked.names.filter(|_| good).cloned()) {
        set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    set(headers, header::ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    response
}
