//! The page whose script makes requests.

use http::HeaderValue;
use url::Url;

use super::blocked::Blocked;
use super::urls::{is_loaded, serialised};

#[derive(Clone, Debug)]
pub(super) struct Page {
    /// As a browser serialises it.
    pub(super) origin: String,
    /// The place of the page among all pages of the browser.
    pub(super) number: usize,
    /// Whether requests are made in the credentials mode `include`.
    pub(super) credentials: bool,
    pub(super) cookie: Option<HeaderValue>,
    pub(super) watches_uploads: bool,
    pub(super) private_network: bool,
}

impl Page {
    pub(super) fn at(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            number: 0,
            credentials: false,
            cookie: None,
            watches_uploads: false,
            private_network: false,
        }
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

    /// Whether simple requests need a preflight too.
    pub(super) fn always_preflights(&self) -> bool {
        self.watches_uploads || self.private_network
    }
}

/// Whether a browser can send a text as `Origin`.
fn is_serialised_origin(text: &str) -> bool {
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
