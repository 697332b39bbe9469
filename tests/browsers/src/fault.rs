//! An API that is wrong on purpose, each path in its own way.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
    HOST, ORIGIN,
};
use http::{HeaderName, HeaderValue, Method};

use crate::broken::faults;
use crate::browser::Browser;
use crate::case::Page::Allowed;
use crate::case::{Call, Case, call, case};

/// The origin of the calling page, with the port of all hosts.
pub(crate) const APP: &str = "http://app.site.test:{port}";

/// A path with one wrong response.
pub(crate) struct Fault {
    /// The host and the path.
    pub(crate) case: Case,
    in_preflight: bool,
    status: Option<u16>,
    /// The header lines in place of the right ones.
    headers: Vec<(HeaderName, &'static [&'static str])>,
}

impl Fault {
    /// In the response to the actual request.
    pub(crate) fn actual(at: &'static str, options: &'static str) -> Self {
        let arrives = [format!("GET {}", path(at))];
        Self {
            case: case(at, [call(Allowed, at).with(options).arrives(&arrives)]),
            in_preflight: false,
            status: None,
            headers: Vec::new(),
        }
    }

    pub(crate) fn preflight(at: &'static str, options: &'static str) -> Self {
        let arrives = [format!("OPTIONS {}", path(at))];
        let fault = Self {
            in_preflight: true,
            ..Self::actual(at, options)
        };
        fault.expects(|call| call.arrives(&arrives))
    }

    pub(crate) fn has(mut self, name: HeaderName, lines: &'static [&'static str]) -> Self {
        self.headers.push((name, lines));
        self
    }

    pub(crate) fn status(self, status: u16) -> Self {
        let status = Some(status);
        Self { status, ..self }
    }

    pub(crate) fn fails(self, firefox: &'static str) -> Self {
        self.expects(|call| call.fails(firefox))
    }

    /// Only looks like a fault.
    pub(crate) fn passes(self) -> Self {
        let path = path(self.case.name);
        let arrives = [format!("OPTIONS {path}"), format!("PUT {path}")];
        self.expects(|call| call.arrives(&arrives).reads(""))
    }

    pub(crate) fn then(mut self, call: Call) -> Self {
        self.case.calls.push(call);
        self
    }

    /// If the other browser does not do what the model does.
    pub(crate) fn only(mut self, browser: Browser) -> Self {
        self.case.only = Some(browser);
        self
    }

    pub(crate) fn expects(mut self, change: impl FnMut(Call) -> Call) -> Self {
        self.case.calls = self.case.calls.into_iter().map(change).collect();
        self
    }
}

fn path(at: &str) -> &str {
    at.trim_start_matches("broken")
}

/// The right response, except for the fault of the path.
pub(crate) async fn respond(request: Request) -> Response {
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let mut right = vec![
        (ACCESS_CONTROL_ALLOW_ORIGIN, APP),
        (ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
    ];
    if is_preflight {
        right.push((ACCESS_CONTROL_ALLOW_METHODS, "PUT"));
        right.push((ACCESS_CONTROL_ALLOW_HEADERS, "X-Request-Id"));
    }
    for (name, line) in right {
        headers.insert(name, value(&request, line));
    }
    let mut faults = faults().into_iter();
    let fault = faults.find(|fault| path(fault.case.name) == request.uri().path());
    if let Some(fault) = fault.filter(|fault| fault.in_preflight == is_preflight) {
        for (name, lines) in fault.headers {
            headers.remove(&name);
            for line in lines {
                headers.append(&name, value(&request, line));
            }
        }
        if let Some(status) = fault.status.and_then(|status| status.try_into().ok()) {
            *response.status_mut() = status;
        }
    }
    response
}

/// With the port that the request went to, the origin of the page that sent it, and what a preflight requests.
fn value(request: &Request, text: &str) -> HeaderValue {
    let header = |name| {
        let value = request.headers().get(name).map(HeaderValue::as_bytes);
        String::from_utf8_lossy(value.unwrap_or_default())
    };
    let host = header(HOST);
    let port = host.rsplit(':').next().unwrap_or_default();
    let text = text
        .replace("{port}", port)
        .replace("{origin}", &header(ORIGIN))
        .replace("{method}", &header(ACCESS_CONTROL_REQUEST_METHOD))
        .replace("{names}", &header(ACCESS_CONTROL_REQUEST_HEADERS));
    // A letter in Latin-1, which is not UTF-8.
    let parts: Vec<&[u8]> = text.split("{é}").map(str::as_bytes).collect();
    let bytes = parts.join(&0xe9);
    HeaderValue::from_bytes(&bytes).unwrap_or(HeaderValue::from_static(""))
}
