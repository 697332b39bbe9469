//! What Chromium writes to its console when it blocks a request, word for word.

use std::fmt;

use http::StatusCode;
use url::Url;

use super::access::Access;
use super::blocked::Blocked;
use super::modes::Initiator;

impl fmt::Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin { access, allowed }
            | Self::Stored {
                access, allowed, ..
            } => {
                access.fails_check(f)?;
                not_allowed(f, allowed.as_deref())
            }
            Self::SeveralOrigins { access, allowed } => {
                access.fails_check(f)?;
                write!(
                    f,
                    "The 'Access-Control-Allow-Origin' header contains multiple values '{allowed}', but only one is allowed. {REMEDY}"
                )
            }
            Self::Wildcard { access } => {
                access.fails_check(f)?;
                f.write_str(
                    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
                )
            }
            Self::Credentials { access, value } => {
                access.fails_check(f)?;
                let value = value.as_deref().unwrap_or_default();
                write!(
                    f,
                    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'."
                )
            }
            Self::Status { access } => {
                access.fails_check(f)?;
                f.write_str("It does not have HTTP ok status.")
            }
            Self::PreflightRedirect { access, .. } => {
                access.fails_check(f)?;
                f.write_str("Redirect is not allowed for a preflight request.")
            }
            Self::MalformedMethods { access } => {
                access.blocked(f)?;
                f.write_str(
                    "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
                )
            }
            Self::MalformedHeaders { access } => {
                access.blocked(f)?;
                f.write_str(
                    "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
                )
            }
            Self::Method { access, method, .. } => {
                access.blocked(f)?;
                write!(
                    f,
                    "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."
                )
            }
            Self::Header { access, names, .. } => {
                access.blocked(f)?;
                // Chromium's own order is that of a hash table.
                let name = names.first().map_or("", String::as_str);
                write!(
                    f,
                    "Request header field {name} is not allowed by Access-Control-Allow-Headers in preflight response."
                )
            }
            Self::PrivateNetwork { access } => {
                access.blocked(f)?;
                f.write_str(
                    "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request.",
                )
            }
            Self::RedirectUser { access, .. } => {
                access.blocked(f)?;
                // Chromium leaves the place of the location empty.
                f.write_str(
                    "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.",
                )
            }
            Self::RedirectScheme { access } => {
                access.blocked(f)?;
                f.write_str(
                    "Cross origin requests are only supported for protocol schemes: chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app.",
                )
            }
            Self::Location { access, location } => write!(
                f,
                "{}: browsers do not follow the redirect to `{location}`",
                access.url
            ),
            Self::Redirects { access } => write!(f, "{}: more than 20 redirects", access.url),
            Self::Body { access } => write!(
                f,
                "{}: the redirect repeats the body of the request, which can be sent only once",
                access.url
            ),
            Self::Service { access, error } => {
                write!(f, "{}: the service failed: {error}", access.url)
            }
            Self::ForbiddenMethod { method } => write!(
                f,
                "Failed to execute 'fetch' on 'Window': '{method}' HTTP method is unsupported."
            ),
            Self::NoCorsMethod { method } => write!(
                f,
                "Failed to execute 'fetch' on 'Window': '{method}' is unsupported in no-cors mode."
            ),
            Self::Form { what } => write!(f, "a form cannot send {what}"),
            Self::Url { url } => write!(
                f,
                "`{url}` is not a URL that a page can fetch from a service"
            ),
            Self::Page { origin } => write!(f, "`{origin}` is not the origin of a page"),
            Self::MixedContent { access } => access.mixed_content(f),
            Self::RedirectError { access, .. } => write!(
                f,
                "{}: the response is a redirect, and the request has `redirect: \"error\"`",
                access.url
            ),
            Self::OpaqueRedirect { access, .. } => write!(
                f,
                "{}: the response is a redirect, of which the script reads nothing with `redirect: \"manual\"`",
                access.url
            ),
            Self::CrossOrigin { access } => access.cross_origin(f),
            Self::EventStream {
                access,
                content_type,
            } if access.status == Some(StatusCode::OK) => {
                event_stream(f, &access.url, content_type.as_deref())
            }
            Self::EventStream { access, .. } => write!(
                f,
                "{}: the response to the EventSource has the status {} instead of 200",
                access.url,
                access.status_code()
            ),
            Self::Handshake { access } => handshake(f, access),
        }
    }
}

impl Access {
    fn status_code(&self) -> &str {
        self.status.as_ref().map_or("", StatusCode::as_str)
    }

    fn blocked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.initiator {
            Initiator::Fetch => "fetch",
            _ => "resource",
        };
        write!(f, "Access to {what} at '{}'", self.url)?;
        if let Some(first) = &self.redirected_from {
            write!(f, " (redirected from '{first}')")?;
        }
        write!(
            f,
            " from origin '{}' has been blocked by CORS policy: ",
            self.origin
        )
    }

    fn fails_check(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.blocked(f)?;
        if self.preflight {
            f.write_str("Response to preflight request doesn't pass access control check: ")
        } else {
            Ok(())
        }
    }

    /// Chromium writes the URL of the page. Here the page is the root of its origin.
    fn mixed_content(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (insecure, remedy) = match self.initiator {
            Initiator::Fetch | Initiator::Element | Initiator::Form => (
                "requested an insecure resource",
                "the content must be served over HTTPS.",
            ),
            Initiator::EventSource => (
                "requested an insecure EventSource endpoint",
                "the content must be served over HTTPS.",
            ),
            Initiator::WebSocket => (
                "attempted to connect to the insecure WebSocket endpoint",
                "this endpoint must be available over WSS.",
            ),
        };
        write!(
            f,
            "Mixed Content: The page at '{}/' was loaded over HTTPS, but {insecure} '{}'. This request has been blocked; {remedy}",
            self.origin, self.url
        )
    }

    fn cross_origin(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (url, origin) = (&self.url, &self.origin);
        if self.redirected_from.is_some() {
            write!(
                f,
                "Unsafe attempt to load URL {url} from frame with URL {origin}/. Domains, protocols and ports must match."
            )
        } else {
            write!(
                f,
                "Fetch API cannot load {url}. Request mode is \"same-origin\" but the URL's origin is not same as the request origin {origin}."
            )
        }
    }
}

/// Chromium guesses the type if the header is missing.
fn event_stream(f: &mut fmt::Formatter<'_>, url: &str, content_type: Option<&str>) -> fmt::Result {
    let Some(content_type) = content_type else {
        return write!(
            f,
            "{url}: the response to the EventSource has no 'Content-Type' header"
        );
    };
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    write!(
        f,
        "EventSource's response has a MIME type (\"{}\") that is not \"text/event-stream\". Aborting the connection.",
        essence.to_ascii_lowercase()
    )
}

fn handshake(f: &mut fmt::Formatter<'_>, access: &Access) -> fmt::Result {
    write!(f, "WebSocket connection to '{}' failed: ", access.url)?;
    if access.status == Some(StatusCode::UNAUTHORIZED) {
        f.write_str("HTTP Authentication failed; no valid credentials available")
    } else {
        write!(
            f,
            "Error during WebSocket handshake: Unexpected response code: {}",
            access.status_code()
        )
    }
}

const REMEDY: &str = "Have the server send the header with a valid value.";

fn not_allowed(f: &mut fmt::Formatter<'_>, allowed: Option<&str>) -> fmt::Result {
    match allowed {
        None => f.write_str(
            "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        ),
        Some(allowed) if allowed != "null" && !is_url(allowed) => write!(
            f,
            "The 'Access-Control-Allow-Origin' header contains the invalid value '{allowed}'. {REMEDY}"
        ),
        Some(allowed) => write!(
            f,
            "The 'Access-Control-Allow-Origin' header has a value '{allowed}' that is not equal to the supplied origin. {REMEDY}"
        ),
    }
}

/// Chromium reads the value as UTF-8 to see whether it is a URL, although it prints each byte as a character.
fn is_url(value: &str) -> bool {
    let bytes = value.chars().filter_map(|char| u8::try_from(char).ok());
    let bytes: Vec<u8> = bytes.collect();
    Url::parse(&String::from_utf8_lossy(&bytes)).is_ok()
}
