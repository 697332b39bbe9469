//! What Chromium writes to its console when it blocks a request, word for word.

use std::fmt;

use url::Url;

use super::blocked::{Access, Blocked};

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
            Self::Status { access, .. } => {
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
            Self::Method { access, method } => {
                access.blocked(f)?;
                write!(
                    f,
                    "Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."
                )
            }
            Self::Header { access, name } => {
                access.blocked(f)?;
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
            Self::Url { url } => write!(
                f,
                "`{url}` is not a URL that a page can fetch from a service"
            ),
            Self::Page { origin } => write!(f, "`{origin}` is not the origin of a page"),
        }
    }
}

impl Access {
    fn blocked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Access to fetch at '{}'", self.url)?;
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
}

const REMEDY: &str = "Have the server send the header with a valid value.";

fn not_allowed(f: &mut fmt::Formatter<'_>, allowed: Option<&str>) -> fmt::Result {
    match allowed {
        None => f.write_str(
            "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        ),
        Some(allowed) if allowed != "null" && Url::parse(allowed).is_err() => write!(
            f,
            "The 'Access-Control-Allow-Origin' header contains the invalid value '{allowed}'. {REMEDY}"
        ),
        Some(allowed) => write!(
            f,
            "The 'Access-Control-Allow-Origin' header has a value '{allowed}' that is not equal to the supplied origin. {REMEDY}"
        ),
    }
}
