//! Sites: HTML, "[obtain a site]" and "[same site]", with the [Public Suffix List].
//!
//! [obtain a site]: https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site
//! [same site]: https://html.spec.whatwg.org/multipage/browsers.html#same-site
//! [Public Suffix List]: https://publicsuffix.org/

use psl::{List, Psl};
use url::{Host, Url};

/// The site of a URL. The scheme belongs to it, the port does not.
#[derive(Debug, PartialEq, Eq)]
struct Site {
    scheme: String,
    host: String,
}

impl Site {
    fn of(url: &Url) -> Self {
        let host = match url.host() {
            Some(Host::Domain(name)) => registrable_domain(name),
            _ => None,
        };
        Self {
            scheme: url.scheme().to_owned(),
            host: host.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned()),
        }
    }

    /// The site of a page; `None` for an opaque origin, which is the same site as no other.
    fn of_page(origin: &str) -> Option<Self> {
        Url::parse(origin).ok().map(|url| Self::of(&url))
    }
}

/// Whether a page is on the site of all of these URLs.
pub(super) fn is_same_site<'u>(page: &str, mut urls: impl Iterator<Item = &'u Url>) -> bool {
    Site::of_page(page).is_some_and(|page| urls.all(|url| Site::of(url) == page))
}

/// A host's [registrable domain], such as `example.co.uk` for `app.example.co.uk`.
///
/// [registrable domain]: https://url.spec.whatwg.org/#host-registrable-domain
fn registrable_domain(host: &str) -> Option<String> {
    let dot = if host.ends_with('.') { "." } else { "" };
    let domain = List.domain(host.as_bytes())?;
    let domain = str::from_utf8(domain.trim().as_bytes()).ok()?;
    Some(format!("{domain}{dot}"))
}

/// Whether a domain is a [public suffix], such as `co.uk` or `github.io`, or a single label, such as
/// `localhost`.
///
/// [public suffix]: https://url.spec.whatwg.org/#host-public-suffix
pub(super) fn is_public_suffix(domain: &str) -> bool {
    List.suffix(domain.as_bytes())
        .is_some_and(|suffix| suffix == domain.as_bytes())
}
