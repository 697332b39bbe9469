//! Policies, and requests and responses as text.

use cors_runtime::{Policy, cors_policy};
use http::{HeaderName, Request, Response};

/// Several origins.
pub(crate) static LISTED: &Policy = cors_policy!({
    "allow_origins": ["https://app.test", "https://admin.test"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Content-Type"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
});

/// The same, with preflights that go on to the handler.
pub(crate) static PASSTHROUGH: &Policy = cors_policy!({
    "allow_origins": ["https://app.test", "https://admin.test"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Content-Type"],
    "expose_headers": ["X-Request-Id"],
    "allow_credentials": true,
    "max_age": "10m",
    "options_passthrough": true,
});

/// Every origin.
pub(crate) static STAR: &Policy = cors_policy!({
    "allow_origins": ["*"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["*"],
});

/// One origin.
pub(crate) static ONE: &Policy = cors_policy!({
    "allow_origins": ["https://app.test"],
    "allow_methods": ["GET", "HEAD", "POST"],
    "allow_headers": ["Content-Type"],
    "allow_credentials": true,
    "options_success_status": 200,
});

/// What was asked for is sent back, and browsers pass GET whatever the list says.
pub(crate) static ECHO: &Policy = cors_policy!({
    "allow_origins": ["https://app.test", "https://*.app.test"],
    "allow_methods": ["PUT"],
    "allow_headers": ["*"],
    "allow_credentials": true,
    "allow_private_network": true,
}, allow(warnings));

/// A request from its method, and a header a line.
pub(crate) fn request<B: Default>(text: &str) -> Request<B> {
    let (method, headers) = text.split_once('\n').unwrap_or((text, ""));
    let mut request = Request::new(B::default());
    *request.method_mut() = method.parse().unwrap();
    request.headers_mut().extend(lines(headers));
    request
}

/// A response from its status, and a header a line.
pub(crate) fn response<B: Default>(text: &str) -> Response<B> {
    let (status, headers) = text.split_once('\n').unwrap_or((text, ""));
    let mut response = Response::new(B::default());
    *response.status_mut() = status.parse().unwrap();
    response.headers_mut().extend(lines(headers));
    response
}

fn lines(text: &str) -> http::HeaderMap {
    text.lines()
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            let name: HeaderName = name.parse().unwrap();
            (name, value.trim().parse().unwrap())
        })
        .collect()
}

/// The status and the headers, in the order of their names.
pub(crate) fn text<B>(response: &Response<B>) -> String {
    let status = response.status().as_u16().to_string();
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
    sorted(status, headers.collect())
}

/// The same of what is expected.
pub(crate) fn expected(blocks: &[&str]) -> String {
    let mut lines = blocks.iter().flat_map(|block| block.lines());
    let status = lines.next().unwrap().to_owned();
    sorted(status, lines.map(str::to_owned).collect())
}

/// The order of lines counts only among those of one name.
fn sorted(status: String, mut lines: Vec<String>) -> String {
    lines.sort_by(|one, other| one.split(':').next().cmp(&other.split(':').next()));
    lines.insert(0, status);
    lines.join("\n")
}
