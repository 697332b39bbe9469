//! A browser for tests that have a request and a response, and ask what a page makes of them.

use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cors_runtime::testing::{Blocked, Browser};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri, header};
use tower::service_fn;

const SERVICE: &str = "https://service.test";

const ALLOW_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-allow-private-network");
const REQUEST_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");

/// A request to the service.
pub(crate) fn request(method: Method, headers: HeaderMap) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.uri_mut() = Uri::from_static(SERVICE);
    *request.headers_mut() = headers;
    request
}

/// What the script of a page gets: the headers that it may read.
pub(crate) fn fetch(
    page: &Browser,
    request: Request<()>,
    mut respond: impl FnMut(&Request<()>) -> Response<()>,
) -> Result<HeaderMap, Blocked> {
    let mut service = service_fn(|request| ready(Ok::<_, Infallible>(respond(&request))));
    let fetched = pin!(page.fetch(&mut service, request));
    match fetched.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(fetched) => fetched.map(|response| response.into_parts().0.headers),
        Poll::Pending => unreachable!("the service responds at once"),
    }
}

/// A response that allows what a request asks for, to any page.
pub(crate) fn grant(request: &Request<()>) -> Response<()> {
    use header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_HEADERS,
        ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    };

    let mut response = Response::new(());
    let headers = response.headers_mut();
    for (allows, asks) in [
        (ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN),
        (ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_REQUEST_METHOD),
        (ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS),
        (ALLOW_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK),
    ] {
        let asked = request.headers().get(asks).cloned();
        headers.extend(asked.map(|value| (allows, value)));
    }
    let credentials = HeaderValue::from_static("true");
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, credentials);
    response
}

/// What the script of a page gets whose browser sends `recorded`, receives `response` to that, and a
/// [`grant`] to whatever else it sends for the same fetch. `None` if no page makes a browser send `recorded`.
///
/// `include` tells whether the page makes its requests with credentials. Of the headers of `recorded`, only
/// `Origin` and `Access-Control-Request-*` count.
pub(crate) fn replay(
    recorded: &Request<()>,
    response: &Response<()>,
    include: bool,
) -> Option<Result<HeaderMap, Blocked>> {
    let origin = line(recorded, header::ORIGIN)?;
    if origin == SERVICE {
        return None;
    }
    let script = script(recorded)?;
    let page = || {
        let mut page = Browser::at(origin);
        if include {
            page = page.with_credentials();
        }
        if line(recorded, REQUEST_PRIVATE_NETWORK) == Some("true") {
            page = page.with_private_network_access();
        }
        page
    };
    let sent_by = |page: Browser| {
        let mut is_sent = false;
        let seen = fetch(&page, script.clone(), |request| {
            if !is_same(request, recorded) {
                return grant(request);
            }
            is_sent = true;
            response.clone()
        });
        is_sent.then_some(seen)
    };
    // The second asks before simple requests, too.
    sent_by(page()).or_else(|| sent_by(page().with_upload_listener()))
}

/// What a script fetches so that the browser sends `recorded`.
fn script(recorded: &Request<()>) -> Option<Request<()>> {
    let asks = recorded.headers();
    let method = if asks.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        line(recorded, header::ACCESS_CONTROL_REQUEST_METHOD)?
            .parse()
            .ok()?
    } else {
        recorded.method().clone()
    };
    let names = line(recorded, header::ACCESS_CONTROL_REQUEST_HEADERS);
    let mut headers = HeaderMap::new();
    for name in names.into_iter().flat_map(|names| names.split(',')) {
        // No header is safelisted with this value, so the preflight asks for each.
        let value = HeaderValue::from_static("@");
        let name: HeaderName = name.parse().ok()?;
        headers.try_insert(name, value).ok()?;
    }
    Some(request(method, headers))
}

fn is_same(request: &Request<()>, recorded: &Request<()>) -> bool {
    let names = [
        header::ORIGIN,
        header::ACCESS_CONTROL_REQUEST_METHOD,
        header::ACCESS_CONTROL_REQUEST_HEADERS,
    ];
    let lines = |name| {
        (
            request.headers().get_all(name),
            recorded.headers().get_all(name),
        )
    };
    request.method() == recorded.method()
        && names.iter().map(lines).all(|(one, other)| one == other)
}

/// The only line of a header.
fn line(request: &Request<()>, name: HeaderName) -> Option<&str> {
    let mut lines = request.headers().get_all(name).iter();
    let line = lines.next()?.to_str().ok()?;
    lines.next().is_none().then_some(line)
}
