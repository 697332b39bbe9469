//! Cookies, as browsers keep and send them: [RFC 6265bis].
//!
//! [RFC 6265bis]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis

mod blocked;
mod jar;
mod matching;
mod set_cookie;

use std::time::Duration;

use url::Url;

pub use blocked::{BlockedCookie, BlockedCookieReason};
pub(super) use jar::Jar;

/// A cookie that a browser keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cookie {
    /// The name.
    pub name: String,
    /// The value, with the quotation marks if it has any.
    pub value: String,
    /// The value of `Domain`, or the host that set it.
    pub domain: String,
    /// Whether there is no `Domain`, so that subdomains do not get it.
    pub host_only: bool,
    /// The value of `Path`, or the folder of the path that set it.
    pub path: String,
    /// Whether it is sent only over https, and to services on this machine.
    pub secure: bool,
    /// Whether scripts cannot read it.
    pub http_only: bool,
    /// Whether it is sent with requests from other sites.
    pub same_site: SameSite,
}

/// The [`SameSite`] attribute of a cookie: whether requests from pages on other sites carry it.
///
/// [`SameSite`]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-samesite-attribute-2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// `Strict`: they never carry it.
    Strict,
    /// `Lax`: only navigations with GET carry it.
    Lax,
    /// There is no attribute, or it has another value. As in Chromium it counts as `Lax`, except that POST
    /// navigations carry the cookie for two minutes after it was set.
    ///
    /// Firefox and Safari treat such cookies as `None`.
    Unset,
    /// `None`: they carry it.
    None,
}

/// Which cookies a request may carry. Each mode includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SameSiteMode {
    /// The page is on another site.
    None,
    /// The page is on another site, and the request is a navigation.
    UnsetOrLess,
    /// The page is on another site, and the request is a navigation with GET.
    LaxOrLess,
    /// The page is on the same site.
    StrictOrLess,
}

impl SameSite {
    fn mode(self) -> SameSiteMode {
        match self {
            Self::Strict => SameSiteMode::StrictOrLess,
            Self::Lax => SameSiteMode::LaxOrLess,
            Self::Unset => SameSiteMode::UnsetOrLess,
            Self::None => SameSiteMode::None,
        }
    }
}

/// What the cookies of a request and its response depend on.
#[derive(Debug)]
pub(super) struct Exchange<'f> {
    pub(super) url: &'f Url,
    /// Whether the request includes credentials.
    pub(super) credentials: bool,
    pub(super) mode: SameSiteMode,
    /// The browser's clock.
    pub(super) now: Duration,
}
