//! Requests as a server passes them on.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

/// A method and headers. CORS does not depend on the rest of a request.
#[derive(Debug)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The headers.
    pub headers: HeaderMap,
}

impl Request {
    /// An actual request with eight headers, `Origin` among them if there is one.
    pub fn actual(origin: Option<&str>) -> Self {
        let eighth = match origin {
            Some(origin) => ("origin", origin),
            None => ("sec-fetch-site", "same-origin"),
        };
        Self::new(
            Method::GET,
            &[
                ("host", "api.example.com"),
                ("user-agent", USER_AGENT),
                ("accept", "application/json"),
                ("accept-language", "en-GB,en;q=0.5"),
                ("accept-encoding", "gzip, deflate, br, zstd"),
                ("referer", "https://app.example.com/"),
                eighth,
                ("sec-fetch-mode", "cors"),
            ],
        )
    }

    /// A preflight with eight headers.
    pub fn preflight(origin: &str, method: &str, names: &str) -> Self {
        Self::new(
            Method::OPTIONS,
            &[
                ("host", "api.example.com"),
                ("user-agent", USER_AGENT),
                ("accept", "*/*"),
                ("access-control-request-method", method),
                ("access-control-request-headers", names),
                ("referer", "https://app.example.com/"),
                ("origin", origin),
                ("sec-fetch-mode", "cors"),
            ],
        )
    }

    /// All values are slices of one shared buffer, as in hyper.
    fn new(method: Method, lines: &[(&str, &str)]) -> Self {
        let mut text = String::new();
        for (name, value) in lines {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let buffer = Bytes::from(text.into_bytes());
        let mut headers = HeaderMap::with_capacity(lines.len());
        let mut start = 0;
        for (name, value) in lines {
            start += name.len() + 2;
            let value = buffer.slice(start..start + value.len());
            start += value.len() + 2;
            headers.insert(
                HeaderName::from_bytes(name.as_bytes()).expect("a name"),
                HeaderValue::from_maybe_shared(value).expect("a value"),
            );
        }
        Self { method, headers }
    }
}

const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
