//! The URLs of pages and of their requests.

use http::{StatusCode, Uri, header, response};
use url::{Host, Url};

use super::blocked::Blocked;
use super::list::trim;
use super::modes::Initiator;

/// The URL to which a script sends its request, with http or https. A `WebSocket` also takes ws and wss.
pub(super) fn target(uri: &Uri, initiator: Initiator) -> Result<Url, Blocked> {
    let url = uri.to_string();
    let mut parsed = Url::parse(&url);
    if let (Ok(parsed), Initiator::WebSocket) = (&mut parsed, initiator) {
        let scheme = match parsed.scheme() {
            "ws" => "http",
            "wss" => "https",
            scheme => scheme,
        };
        let scheme = scheme.to_owned();
        // It fails only for schemes that no page can load.
        let _ = parsed.set_scheme(&scheme);
    }
    match parsed {
        Ok(parsed) if is_loaded(&parsed) && !has_user(&parsed) => Ok(parsed),
        _ => Err(Blocked::Url { url }),
    }
}

/// The [serialised origin] of an http or https URL.
///
/// [serialised origin]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
pub(super) fn serialised(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Whether browsers load a URL, over http or https.
pub(super) fn is_loaded(url: &Url) -> bool {
    is_http(url) && !is_unsafe(url)
}

pub(super) fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Whether browsers never load a URL: Fetch, "[port blocking]", and schemes to which Chromium follows no
/// redirect.
///
/// [port blocking]: https://fetch.spec.whatwg.org/#port-blocking
pub(super) fn is_unsafe(url: &Url) -> bool {
    match url.scheme() {
        "about" | "blob" | "chrome" | "data" | "file" | "filesystem" | "view-source" => true,
        _ => url.port().is_some_and(|port| BAD_PORTS.contains(&port)),
    }
}

/// Whether the host of a URL is this machine: Secure Contexts, "[Is origin potentially trustworthy?]", steps 4
/// and 5.
///
/// [Is origin potentially trustworthy?]: https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether a URL has a user name or a password.
pub(super) fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// A URL as it is sent and cached, without the fragment, the user name and the password.
pub(super) fn as_sent(mut url: Url) -> Url {
    url.set_fragment(None);
    // This fails only for URLs without a host.
    let _ = (url.set_username(""), url.set_password(None));
    url
}

/// Whether a status is a [redirect status].
///
/// [redirect status]: https://fetch.spec.whatwg.org/#redirect-status
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The value of `Location` if a response is a redirect. Browsers decode it as UTF-8.
pub(super) fn location(response: &response::Parts) -> Option<String> {
    if !is_redirect(response.status) {
        return None;
    }
    let lines = response.headers.get_all(header::LOCATION).iter();
    lines
        .map(|line| String::from_utf8_lossy(trim(line.as_bytes())).into_owned())
        .reduce(|all, line| all + ", " + &line)
}

const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];
