//! Requests of a page on https to a service on http: [Mixed Content].
//!
//! [Mixed Content]: https://w3c.github.io/webappsec-mixed-content/

use url::Url;

use super::urls::is_loopback;

/// Whether a request is blocked before it is sent: "[Should fetching request be blocked as mixed content?]".
/// Services on this machine are potentially trustworthy.
///
/// By the standard, pages on `http://localhost` may not call http either. No engine blocks them, so only
/// pages on https count here.
///
/// [Should fetching request be blocked as mixed content?]: https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
pub(super) fn is_mixed_content(page: &str, url: &Url) -> bool {
    page.starts_with("https://") && url.scheme() == "http" && !is_loopback(url)
}
