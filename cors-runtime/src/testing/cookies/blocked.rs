//! Why a browser does not keep or send a cookie.

use std::fmt;

use url::Url;

use super::SameSite;

/// A cookie that a browser did not keep, or did not send, and why: the answer to "the login works, but the
/// next call gets 401".
///
/// [`Display`](fmt::Display) says it in a sentence, and [`help`](Self::help) what to change.
///
/// ```
/// use cors_runtime::testing::{BlockedCookieReason, Browser, SameSite};
/// use cors_runtime::{CorsLayer, Policy, cors_policy};
/// use http::Request;
/// # use axum::{Router, body::Body, routing::get};
///
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://app.example"],
///     "allow_headers": ["Content-Type"],
///     "allow_credentials": true,
/// });
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let login = get(async || ([("set-cookie", "session=42; Secure; HttpOnly")], "welcome"));
/// let mut app = Router::new().route("/login", login).layer(CorsLayer::new(CORS));
///
/// let page = Browser::at("https://app.example").with_credentials();
/// let login = Request::get("https://api.example/login").body(Body::empty())?;
/// page.fetch(&mut app, login).await?;
///
/// // `app.example` and `api.example` are two sites.
/// let [blocked] = &page.blocked_cookies()[..] else { panic!("one cookie") };
/// assert_eq!(blocked.reason, BlockedCookieReason::SameSite(SameSite::Unset));
/// assert_eq!(
///     blocked.to_string(),
///     "the cookie `session` from https://api.example/login was not kept: \
///      the page is on another site, and there is no `SameSite`, which counts as `Lax`",
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockedCookie {
    /// The name.
    pub name: String,
    /// The URL of the request.
    pub url: String,
    /// Whether the response set the cookie, and the browser did not keep it. Otherwise the browser has the
    /// cookie, and did not send it with the request.
    pub set: bool,
    /// Why.
    pub reason: BlockedCookieReason,
}

/// Why a browser did not keep or send a cookie: a step of [RFC 6265bis] fails, or the credentials mode of
/// the request excludes cookies.
///
/// [RFC 6265bis]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockedCookieReason {
    /// The request is made without credentials.
    Credentials,
    /// The page is on another site, and the cookie is not `SameSite=None`.
    SameSite(SameSite),
    /// It is `SameSite=None` without `Secure`.
    NoneWithoutSecure,
    /// It is `Secure`, and the URL is neither https nor on this machine.
    Secure,
    /// `Domain` is not the host or a parent of it, or is a public suffix such as `github.io`.
    Domain,
    /// The name begins with `__Secure-` or `__Host-`, and the cookie does not have what that promises.
    Prefix,
    /// It would replace or hide a `Secure` cookie, and the URL is http.
    OverwritesSecure,
    /// Name and value have more than 4,096 bytes.
    TooLong,
    /// There is no name, or no `=`.
    Syntax,
}

impl BlockedCookie {
    pub(super) fn new(name: &str, url: &Url, set: bool, reason: BlockedCookieReason) -> Self {
        Self {
            name: name.to_owned(),
            url: url.to_string(),
            set,
            reason,
        }
    }

    /// What to change so that the browser keeps or sends the cookie.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.reason {
            BlockedCookieReason::Credentials => {
                "make the request with credentials: `credentials: \"include\"` in the script, and `Browser::with_credentials` in the test"
            }
            BlockedCookieReason::SameSite(_) => {
                "set it with `SameSite=None; Secure`, or serve the page and the service on one site and with one scheme"
            }
            BlockedCookieReason::NoneWithoutSecure => "add `Secure`",
            BlockedCookieReason::Secure | BlockedCookieReason::OverwritesSecure => "use https",
            BlockedCookieReason::Domain => {
                "leave out `Domain`, or write the host or a domain above it that is your own"
            }
            BlockedCookieReason::Prefix => {
                "add `Secure`; with `__Host-` also write `Path=/`, and leave out `Domain`"
            }
            BlockedCookieReason::TooLong => {
                "keep the data on the server, and only its key in the cookie"
            }
            BlockedCookieReason::Syntax => "write `Set-Cookie: name=value`",
        }
    }
}

impl fmt::Display for BlockedCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            url,
            set,
            reason,
        } = self;
        if *set {
            write!(f, "the cookie `{name}` from {url} was not kept: {reason}")
        } else {
            write!(f, "the cookie `{name}` was not sent to {url}: {reason}")
        }
    }
}

impl fmt::Display for BlockedCookieReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Credentials => "the request is made without credentials",
            Self::SameSite(SameSite::Strict) => {
                "the page is on another site, and the cookie is `SameSite=Strict`"
            }
            Self::SameSite(SameSite::Lax) => {
                "the page is on another site, and the cookie is `SameSite=Lax`"
            }
            Self::SameSite(SameSite::Unset | SameSite::None) => {
                "the page is on another site, and there is no `SameSite`, which counts as `Lax`"
            }
            Self::NoneWithoutSecure => "it is `SameSite=None` without `Secure`",
            Self::Secure => "it is `Secure`, and the URL is not https",
            Self::Domain => "`Domain` is not a domain for which this host may set cookies",
            Self::Prefix => {
                "its name begins with `__Secure-` or `__Host-`, without the attributes for that"
            }
            Self::OverwritesSecure => {
                "it would replace or hide a cookie that is `Secure`, and the URL is not https"
            }
            Self::TooLong => "name and value have more than 4096 bytes",
            Self::Syntax => "it has no name and value",
        })
    }
}

impl fmt::Debug for BlockedCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}\nhelp: {}", self.help())
    }
}
