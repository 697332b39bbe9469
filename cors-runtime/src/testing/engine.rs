//! The engines of browsers, where they send another number of preflights than the Fetch standard.

use std::time::Duration;

use http::{HeaderMap, Method};

use super::request_headers::is_conditional;

/// Whose number of preflights a browser sends: that of the Fetch standard, or that of an engine.
///
/// It changes nothing else: not what a preflight must allow, and not what a script may read.
///
/// | after a preflight that may be cached, the browser sends another for | `Standard` | `Chromium` | `Firefox` | `WebKit` |
/// | --- | --- | --- | --- | --- |
/// | the same request with `If-Match`, `If-None-Match`, `If-Modified-Since`, `If-Unmodified-Since` or `If-Range` | no | yes | yes | no |
/// | the same request with [`cache: "no-store"`](super::Browser::with_no_store) | no | yes | yes | no |
/// | the same request, if only the first was with `cache: "no-store"` | no | yes | no | no |
/// | PUT, after the preflight of a DELETE of the same URL that allowed only DELETE (also for request headers) | no | yes | no | yes |
/// | PUT, if the preflight allowed `*` and did not name PUT (also for request headers) | no | no | yes | no |
/// | the same request of a page with an opaque origin | no | yes | no | no |
/// | the same request without credentials, if the first was with credentials | no | no | yes | no |
/// | POST with an upload listener, if the preflight did not name POST | yes | no | no | no |
///
/// With an [upload listener](super::Browser::with_upload_listener), Chromium sends no preflight for a request
/// without a body. [`Engine::Chromium`] takes GET and HEAD for requests without a body, and all others for
/// requests with one.
///
/// The default of [`Browser::with_preflight_limit`](super::Browser::with_preflight_limit) is the engine's
/// limit. `Standard`, which has none, uses Chromium's.
///
/// The tests of this project compare it with Chromium 156 and Firefox 153. For WebKit, it has what was measured
/// in WebKitGTK 2.50.
///
/// ```
/// # use cors_runtime::testing::{Browser, Engine};
/// # use cors_runtime::{Policy, cors_policy};
/// # static CORS: &Policy = cors_policy!({
/// #     "allow_origins": ["https://shop.example.com"], "allow_methods": ["GET", "HEAD", "POST", "PUT"],
/// #     "allow_headers": ["If-Match"], "max_age": "10m",
/// # });
/// let save = http::Request::put("https://api.example.com/articles/1").header("If-Match", "\"7\"").body(())?;
/// for (engine, preflights) in [(Engine::Standard, 1), (Engine::Chromium, 2), (Engine::Firefox, 2)] {
///     let shop = Browser::at("https://shop.example.com").with_engine(engine);
///     shop.ask(CORS, &save)?;
///     shop.ask(CORS, &save)?;
///     assert_eq!(shop.preflights_sent(), preflights, "{engine:?}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Engine {
    /// The [CORS-preflight cache] of the Fetch standard. It is the default.
    ///
    /// [CORS-preflight cache]: https://fetch.spec.whatwg.org/#cors-preflight-cache
    #[default]
    Standard,
    /// Chrome, Edge and others. A preflight is kept for at most two hours.
    Chromium,
    /// Firefox. A preflight is kept for at most 24 hours.
    Firefox,
    /// Safari, and all browsers on iOS. A preflight is kept for at most ten minutes.
    WebKit,
}

impl Engine {
    /// How long a preflight is kept at most.
    pub(super) fn limit(self) -> Duration {
        Duration::from_secs(match self {
            Self::Standard | Self::Chromium => 7_200,
            Self::Firefox => 86_400,
            Self::WebKit => 600,
        })
    }

    /// Whether a request ignores the preflight cache. To these engines, a conditional request has the
    /// [cache mode] `no-store`, which counts for this cache too.
    ///
    /// [cache mode]: https://fetch.spec.whatwg.org/#concept-request-cache-mode
    pub(super) fn always_asks(self, request: &HeaderMap, no_store: bool) -> bool {
        matches!(self, Self::Chromium | Self::Firefox) && (no_store || is_conditional(request))
    }

    /// Whether the preflight of a request with the cache mode `no-store` is kept for others.
    pub(super) fn keeps_no_store(self) -> bool {
        self != Self::Chromium
    }

    /// Whether there is one preflight for a URL and a page's origin, so that a later one replaces it.
    pub(super) fn keeps_one(self) -> bool {
        matches!(self, Self::Chromium | Self::WebKit)
    }

    pub(super) fn keeps_wildcards(self) -> bool {
        self != Self::Firefox
    }

    /// Whether a preflight for requests with credentials is not for those without.
    pub(super) fn separates_credentials(self) -> bool {
        self == Self::Firefox
    }

    /// Whether preflights of pages with opaque origins are kept at all.
    pub(super) fn keeps_opaque(self) -> bool {
        self != Self::Chromium
    }

    /// Whether any kept preflight is enough for a method that no response has to name. In the standard, the
    /// response must have named it, if the request needs a preflight for another reason.
    pub(super) fn needs_no_entry(self, method: &Method) -> bool {
        match self {
            Self::Standard => false,
            Self::Chromium | Self::WebKit => {
                matches!(*method, Method::GET | Method::HEAD | Method::POST)
            }
            Self::Firefox => matches!(*method, Method::GET | Method::POST),
        }
    }

    /// Whether a listener to the progress of the upload matters where nothing is uploaded.
    pub(super) fn listens_without_body(self) -> bool {
        self != Self::Chromium
    }
}
