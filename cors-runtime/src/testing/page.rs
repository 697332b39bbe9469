//! The page whose script makes requests.

use http::HeaderValue;
use url::Url;

use super::blocked::Blocked;
use super::cookies::{Exchange, Jar};
use super::modes::Modes;
use super::urls::{is_loaded, serialised};

#[derive(Clone, Debug)]
pub(super) struct Page {
    /// As a browser serialises it.
    pub(super) origin: String,
    pub(super) modes: Modes,
    pub(super) cookie: Option<HeaderValue>,
    pub(super) watches_uploads: bool,
    pub(super) private_network: bool,
}

impl Page {
    pub(super) fn at(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            modes: Modes::default(),
            cookie: None,
            watches_uploads: false,
            private_network: false,
        }
    }

    /// The value of `Cookie`: the cookie that the test sets for the page, and those that the browser keeps.
    pub(super) fn cookie(&self, jar: &Jar, exchange: &Exchange<'_>) -> Option<HeaderValue> {
        let own = self.cookie.as_ref().filter(|_| exchange.credentials);
        let Some(kept) = jar.sent(exchange) else {
            return own.cloned();
        };
        let value = match own {
            Some(own) => [own.as_bytes(), b"; ", kept.as_bytes()].concat(),
            None => kept.into_bytes(),
        };
        HeaderValue::from_bytes(&value).ok()
    }

    pub(super) fn check(&self) -> Result<(), Blocked> {
        let origin = &self.origin;
        if is_serialised_origin(origin) {
            Ok(())
        } else {
            Err(Blocked::Page {
                origin: origin.clone(),
            })
        }
    }
}

/// Whether a browser can send a text as `Origin`.
pub(super) fn is_serialised_origin(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return text == "null";
    };
    match url.scheme() {
        "http" | "https" => serialised(&url) == text && is_loaded(&url),
        // Origins of app shells and extensions have no path. Engines convert their hosts to lower case.
        scheme => {
            let host = url.host_str().unwrap_or_default();
            let port = url.port().map(|port| format!(":{port}"));
            let origin = format!("{scheme}://{host}{}", port.unwrap_or_default());
            !host.is_empty() && url.path().is_empty() && text == origin.to_ascii_lowercase()
        }
    }
}
