//! What a browser makes of a response, written from the Fetch standard alone: the CORS check, the
//! CORS-preflight fetch, and which headers a script may read then.

use std::collections::BTreeSet;

use super::vectors::{RecordedResponse, Request};

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The preflight lets the actual request go.
    PreflightPasses,
    /// The script reads the response, and these headers of it besides the safelisted ones.
    Readable(Exposed),
    FailsCorsCheck,
    FailsStatusCheck,
    FailsListSyntax,
    FailsMethodCheck,
    FailsHeaderCheck(String),
}

impl Outcome {
    /// The outcome as far as a script can tell.
    pub(crate) fn verdict(&self) -> Result<Option<&Exposed>, ()> {
        match self {
            Self::PreflightPasses => Ok(None),
            Self::Readable(exposed) => Ok(Some(exposed)),
            _ => Err(()),
        }
    }
}

/// Response headers that a script can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exposed {
    All,
    Named(BTreeSet<String>),
}

/// Whether a request is made in the credentials mode `include`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    Include,
    Omit,
}

/// What a browser makes of a response to one of the requests that it can send.
pub(crate) fn outcome(
    request: &Sendable,
    response: &RecordedResponse,
    credentials: Credentials,
) -> Outcome {
    if !cors_check(&request.origin, response, credentials) {
        return Outcome::FailsCorsCheck;
    }
    match &request.asks {
        Some(asks) => preflight(asks, response, credentials),
        None => Outcome::Readable(exposed(response, credentials)),
    }
}

/// <https://fetch.spec.whatwg.org/#concept-cors-check>
fn cors_check(origin: &str, response: &RecordedResponse, credentials: Credentials) -> bool {
    let allowed = match response.lines("Access-Control-Allow-Origin") {
        [] => return false,
        lines => lines.join(", "),
    };
    if credentials == Credentials::Omit && allowed == "*" {
        return true;
    }
    if allowed != origin {
        return false;
    }
    credentials == Credentials::Omit
        || response
            .lines("Access-Control-Allow-Credentials")
            .join(", ")
            == "true"
}

/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch>, from step 7 on.
fn preflight(asks: &Asks, response: &RecordedResponse, credentials: Credentials) -> Outcome {
    if !(200..300).contains(&response.status) {
        return Outcome::FailsStatusCheck;
    }
    let (Some(methods), Some(names)) = (
        list(response.lines("Access-Control-Allow-Methods")),
        list(response.lines("Access-Control-Allow-Headers")),
    ) else {
        return Outcome::FailsListSyntax;
    };
    let wildcard = |list: &[String]| {
        credentials == Credentials::Omit && list.iter().any(|element| element == "*")
    };
    let safelisted = ["GET", "HEAD", "POST"].contains(&asks.method.as_str());
    if !methods.contains(&asks.method) && !safelisted && !wildcard(&methods) {
        return Outcome::FailsMethodCheck;
    }
    for name in &asks.headers {
        let listed = names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        // `Authorization` is the one name that a wildcard does not cover.
        if !listed && (name == "authorization" || !wildcard(&names)) {
            return Outcome::FailsHeaderCheck(name.clone());
        }
    }
    Outcome::PreflightPasses
}

/// <https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list>
fn exposed(response: &RecordedResponse, credentials: Credentials) -> Exposed {
    let names = list(response.lines("Access-Control-Expose-Headers")).unwrap_or_default();
    if credentials == Credentials::Omit && names.iter().any(|name| name == "*") {
        return Exposed::All;
    }
    Exposed::Named(names.iter().map(|name| name.to_ascii_lowercase()).collect())
}

/// The elements of a list of tokens over several lines; `None` where one is no token.
fn list(lines: &[String]) -> Option<Vec<String>> {
    lines
        .iter()
        .flat_map(|line| line.split(','))
        .map(|element| element.trim_matches([' ', '\t']))
        .filter(|element| !element.is_empty())
        .map(|element| is_token(element).then(|| element.to_owned()))
        .collect()
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// A request that a browser can send, read as it would have meant it.
#[derive(Debug)]
pub(crate) struct Sendable {
    pub(crate) origin: String,
    /// What a CORS-preflight request asks for.
    pub(crate) asks: Option<Asks>,
}

/// The method and the header names of the request to come.
#[derive(Debug)]
pub(crate) struct Asks {
    pub(crate) method: String,
    pub(crate) headers: Vec<String>,
}

impl Sendable {
    /// The request, if a browser can send it as a CORS request.
    pub(crate) fn read(request: &Request) -> Option<Self> {
        let origin = match request.lines("Origin").as_slice() {
            [origin] if is_serialised_origin(origin) => (*origin).to_owned(),
            _ => return None,
        };
        let methods = request.lines("Access-Control-Request-Method");
        let names = request.lines("Access-Control-Request-Headers");
        if methods.is_empty() && names.is_empty() {
            let asks = None;
            return is_sent_method(&request.method).then_some(Self { origin, asks });
        }
        let [method] = methods.as_slice() else {
            return None;
        };
        let headers: Vec<String> = match names.as_slice() {
            [] => Vec::new(),
            [line] => line.split(',').map(str::to_owned).collect(),
            _ => return None,
        };
        let in_order = headers.windows(2).all(|pair| pair[0] < pair[1]);
        let sound = request.method == "OPTIONS"
            && is_sent_method(method)
            && in_order
            && headers.iter().all(|name| is_unsafe_request_header(name));
        let method = (*method).to_owned();
        sound.then_some(Self {
            origin,
            asks: Some(Asks { method, headers }),
        })
    }
}

/// <https://fetch.spec.whatwg.org/#concept-method>: a token, not forbidden, normalised.
fn is_sent_method(method: &str) -> bool {
    let upper = method.to_ascii_uppercase();
    let normalised = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&upper.as_str());
    let forbidden = ["CONNECT", "TRACE", "TRACK"].contains(&upper.as_str());
    is_token(method) && !forbidden && (!normalised || method == upper)
}

/// A lower-case name that a script can set.
fn is_unsafe_request_header(name: &str) -> bool {
    const FORBIDDEN: [&str; 21] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ];
    is_token(name)
        && !name.bytes().any(|b| b.is_ascii_uppercase())
        && !FORBIDDEN.contains(&name)
        && !name.starts_with("proxy-")
        && !name.starts_with("sec-")
}

/// <https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>
pub(crate) fn is_serialised_origin(text: &str) -> bool {
    if text == "null" {
        return true;
    }
    let Some((scheme, authority)) = text.split_once("://") else {
        return false;
    };
    // A closing bracket ends an address, whose own colons begin no port.
    let (host, port) = match authority.rsplit_once(']') {
        Some((address, rest)) => (format!("{address}]"), rest.strip_prefix(':')),
        None => match authority.split_once(':') {
            Some((host, port)) => (host.to_owned(), Some(port)),
            None => (authority.to_owned(), None),
        },
    };
    let scheme_is_sound = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.".contains(&b))
        && ![
            "ws",
            "wss",
            "ftp",
            "file",
            "data",
            "blob",
            "about",
            "javascript",
        ]
        .contains(&scheme);
    let default = match scheme {
        "http" => 80,
        "https" => 443,
        _ => 0,
    };
    let port_is_sound = match port {
        None => !authority.ends_with(':'),
        Some(port) => port
            .parse::<u16>()
            .is_ok_and(|number| number.to_string() == port && number != default && number != 0),
    };
    scheme_is_sound && port_is_sound && is_host(&host)
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        let parsed = address.parse::<std::net::Ipv6Addr>();
        return parsed.is_ok_and(|parsed| parsed.to_string() == address);
    }
    let last = host
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .unwrap_or_default();
    if !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()) {
        return host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|parsed| parsed.to_string() == host);
    }
    !host.is_empty()
        && host.len() <= 253
        && host.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._~!$&'()*+,;=".contains(&b)
        })
}

#[test]
fn origins_that_browsers_send() {
    let cases = [
        ("https://example.com", true),
        ("null", true),
        ("http://[::1]:3000", true),
        ("http://127.0.0.1:8080", true),
        ("capacitor://localhost", true),
        ("https://example.com:443", false),
        ("https://example.com:08443", false),
        ("https://example.com:", false),
        ("https://example.com/", false),
        ("https://Example.com", false),
        ("https://user@example.com", false),
        ("http://[0:0:0:0:0:0:0:1]", false),
        ("http://127.1", false),
        ("wss://example.com", false),
        ("NULL", false),
        ("", false),
    ];
    for (origin, expected) in cases {
        assert_eq!(is_serialised_origin(origin), expected, "{origin}");
    }
}

#[test]
fn outcomes_of_the_standard() {
    use Credentials::{Include, Omit};

    let response = |headers: &[(&str, &str)]| RecordedResponse {
        status: 204,
        reached: false,
        headers: headers
            .iter()
            .map(|(name, value)| (format!("Access-Control-{name}"), vec![(*value).to_owned()]))
            .collect(),
    };
    let asks = |method: &str, headers: &[&str]| Sendable {
        origin: "https://a.test".to_owned(),
        asks: Some(Asks {
            method: method.to_owned(),
            headers: headers.iter().map(|name| (*name).to_owned()).collect(),
        }),
    };
    let star = &response(&[
        ("Allow-Origin", "*"),
        ("Allow-Methods", "*"),
        ("Allow-Headers", "*"),
    ]);
    let named = &response(&[
        ("Allow-Origin", "https://a.test"),
        ("Allow-Credentials", "true"),
        ("Allow-Methods", "*, PUT"),
        ("Allow-Headers", "*, X-A"),
    ]);
    let broken = &response(&[("Allow-Origin", "*"), ("Allow-Methods", "PUT, b ad")]);
    let header = |name: &str| Outcome::FailsHeaderCheck(name.to_owned());
    let cases = [
        (asks("PUT", &["x-a"]), star, Omit, Outcome::PreflightPasses),
        (
            asks("PUT", &["authorization"]),
            star,
            Omit,
            header("authorization"),
        ),
        (asks("PUT", &[]), star, Include, Outcome::FailsCorsCheck),
        (
            asks("PUT", &["x-a"]),
            named,
            Include,
            Outcome::PreflightPasses,
        ),
        (
            asks("PATCH", &[]),
            named,
            Include,
            Outcome::FailsMethodCheck,
        ),
        (asks("PATCH", &[]), named, Omit, Outcome::PreflightPasses),
        (asks("POST", &["x-b"]), named, Include, header("x-b")),
        (asks("put", &[]), named, Include, Outcome::FailsMethodCheck),
        (asks("PUT", &[]), broken, Omit, Outcome::FailsListSyntax),
    ];
    for (request, response, credentials, expected) in cases {
        let outcome = outcome(&request, response, credentials);
        assert_eq!(outcome, expected, "{request:?} {credentials:?}");
    }
}
