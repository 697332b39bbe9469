//! The responses recorded from KrakenD; see `tests/oracle/README.md`.

#![allow(clippy::expect_used, reason = "tests may fail")]

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use serde::Deserialize;

/// One configuration with its requests.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) parsed: Option<Parsed>,
    pub(crate) requests: Vec<Request>,
}

/// What krakend-cors read out of a configuration, before its defaults.
#[derive(Debug, Deserialize)]
pub(crate) struct Parsed {
    pub(crate) allow_headers: Option<Vec<String>>,
}

/// A request and KrakenD's response.
#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) expect: Expect,
}

/// KrakenD's handler panics on some requests.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Expect {
    Response(RecordedResponse),
    #[allow(dead_code, reason = "what it panics with is not compared")]
    Panic {
        panic: String,
    },
}

/// A response, ours or KrakenD's: `Vary` and the CORS headers, by name.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct RecordedResponse {
    pub(crate) status: u16,
    /// Whether the handler ran.
    pub(crate) reached: bool,
    pub(crate) headers: BTreeMap<String, Vec<String>>,
}

impl RecordedResponse {
    /// The lines of a header, by its name as Go writes it.
    pub(crate) fn lines(&self, name: &str) -> &[String] {
        self.headers.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    pub(crate) fn response(&self) -> Response<()> {
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::from_u16(self.status).expect("a status");
        let lines = self.headers.iter();
        *response.headers_mut() = lines
            .flat_map(|(name, values)| values.iter().map(move |value| header(name, value)))
            .collect();
        response
    }
}

impl Request {
    pub(crate) fn method(&self) -> Method {
        Method::from_bytes(self.method.as_bytes()).expect("a method that `http` knows")
    }

    pub(crate) fn header_map(&self) -> HeaderMap {
        let lines = self.headers.iter();
        lines.map(|(name, value)| header(name, value)).collect()
    }

    /// Whether `http` can carry the request at all; what it cannot, no policy ever sees.
    pub(crate) fn fits_http(&self) -> bool {
        Method::from_bytes(self.method.as_bytes()).is_ok()
            && self.headers.iter().all(|(name, value)| {
                HeaderName::from_bytes(name.as_bytes()).is_ok()
                    && HeaderValue::from_bytes(value.as_bytes()).is_ok()
            })
    }

    /// The lines of a header.
    pub(crate) fn lines(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

fn header(name: &str, value: &str) -> (HeaderName, HeaderValue) {
    let name = HeaderName::from_bytes(name.as_bytes()).expect("a header name");
    let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header value");
    (name, value)
}

/// All recorded cases.
pub(crate) fn all() -> Vec<Case> {
    let text = include_str!("../oracle/krakend-vectors.json");
    serde_json::from_str(text).expect("the vectors are JSON")
}
