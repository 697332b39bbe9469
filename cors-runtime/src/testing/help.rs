//! What to change so that a request is not blocked.

mod lists;
mod modes;
mod origin;

use http::StatusCode;
use url::Url;

use super::access::Access;
use super::blocked::Blocked;
use super::modes::Initiator;
use super::urls::is_loopback;

const TWO_LAYERS: &str = "two layers write CORS headers, for example the service and the gateway in \
     front of it: remove one of them";

impl Blocked {
    /// What to change so that the script gets the response. Settings are those of the CORS section of
    /// `krakend.json`, unless the text says otherwise. If several settings can be the reason, it names all
    /// of them. If the service has [handled](Self::was_handled) a request that is not a mere read, it says
    /// so.
    ///
    /// It is `None` for a method that no script may use and for an error of the service.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let mut help = self.change()?;
        if let Some(access) = self.access().filter(|_| self.had_effect()) {
            help += &format!(
                ". The service has handled this {}: the browser withholds the response, but cannot undo the effect",
                access.method
            );
        }
        Some(help)
    }

    /// Whether a handler has probably changed something.
    fn had_effect(&self) -> bool {
        let has_effect = |access: &Access| {
            let is_error =
                |status: StatusCode| status.is_client_error() || status.is_server_error();
            !access.method.is_safe() && !access.status.is_some_and(is_error)
        };
        self.was_handled() && self.access().is_some_and(has_effect)
    }

    fn change(&self) -> Option<String> {
        Some(match self {
            Self::Origin { access, allowed } => access.origin_help(allowed.as_deref()),
            Self::SeveralOrigins { .. } => TWO_LAYERS.to_owned(),
            Self::Wildcard { access } if access.sent_origin == "null" => access.null_help(),
            Self::Wildcard { access } => {
                let origin = &access.sent_origin;
                let help = format!(
                    "write \"{origin}\" instead of \"*\" in `allow_origins`, and `\"allow_credentials\": true`; or make the request without credentials"
                );
                with_finding(help, finding(origin))
            }
            Self::Credentials {
                value: Some(value), ..
            } if value.contains(',') => TWO_LAYERS.to_owned(),
            Self::Credentials {
                value: Some(value), ..
            } if value.eq_ignore_ascii_case("true") => {
                format!("write the value in lower case: it must be exactly `true`, not `{value}`")
            }
            Self::Credentials { .. } => {
                "write `\"allow_credentials\": true`, or make the request without credentials"
                    .to_owned()
            }
            Self::Stored { freshness, .. } => format!(
                "send `Vary: Origin` with every response, including those to requests without `Origin`; this is not a setting in `krakend.json`, but up to the service or the proxy in front of it; the response was cached because of {freshness}"
            ),
            Self::Status { access } => {
                let instead = access
                    .status
                    .map(|status| format!(" instead of {}", status.as_str()));
                format!(
                    "the preflight must reach the CORS layer, so put the layer outside the router and authentication; if `options_passthrough` is on, turn it off or respond to OPTIONS with 204{}",
                    instead.unwrap_or_default()
                )
            }
            Self::PreflightRedirect { location, .. } => format!(
                "the preflight must reach the CORS layer, so put the layer outside the code that redirects; or call {location} itself"
            ),
            Self::MalformedMethods { .. } => {
                "write one method per entry of `allow_methods`, without spaces and commas".to_owned()
            }
            Self::MalformedHeaders { .. } => {
                "write one name per entry of `allow_headers`, without spaces and commas".to_owned()
            }
            Self::Method {
                method, allowed, ..
            } => lists::method(method, allowed.as_deref().unwrap_or_default()),
            Self::Header {
                access,
                names,
                allowed,
            } => lists::headers(names, allowed.as_deref().unwrap_or_default(), access.credentials),
            Self::PrivateNetwork { .. } => {
                "remove `with_private_network_access` from the test: no current browser sends this preflight, and `allow_private_network` has no effect"
                    .to_owned()
            }
            Self::Body { access } if access.initiator != Initiator::Fetch => {
                "redirect with 303 instead of 307 or 308, so that no body is repeated".to_owned()
            }
            Self::Body { .. } => {
                "pass the body to `Browser::fetch_with`, or redirect with 303 instead of 307 or 308"
                    .to_owned()
            }
            Self::Url { .. } => {
                "write an absolute URL, such as `https://api.example.com/articles`".to_owned()
            }
            Self::Page { .. } => {
                "write the origin as a browser sends it, such as `https://app.example.com` or `null`: the scheme, the host in lower case, and the port unless it is the default"
                    .to_owned()
            }
            Self::RedirectUser { location, .. } => {
                format!("redirect to the URL without its user name and password, not to {location}")
            }
            Self::Location { .. } | Self::RedirectScheme { .. } => {
                "redirect to a single http or https URL".to_owned()
            }
            Self::NoCorsMethod { .. } | Self::Form { .. } => {
                "only a script can make this request, with CORS: `Browser::fetch`".to_owned()
            }
            Self::Redirects { .. } => {
                "shorten the chain of redirects; two URLs may redirect to each other".to_owned()
            }
            Self::MixedContent { access } => access.mixed_content_help(),
            Self::RedirectError { location, .. } => {
                format!("{}, or make the request without `redirect: \"error\"`", modes::call_itself(location.as_deref()))
            }
            Self::OpaqueRedirect { location, .. } => {
                format!("{}, or make the request without `redirect: \"manual\"`", modes::call_itself(location.as_deref()))
            }
            Self::CrossOrigin { access } if access.redirected_from.is_some() => format!(
                "redirect to a URL on {}, or make the request without `mode: \"same-origin\"`",
                access.origin
            ),
            Self::CrossOrigin { .. } => {
                "make the request without `mode: \"same-origin\"`".to_owned()
            }
            Self::EventStream { .. } => {
                "respond with 200 and `Content-Type: text/event-stream`; browsers do not connect again after another response"
                    .to_owned()
            }
            Self::Handshake { access } => modes::handshake_help(access),
            Self::ForbiddenMethod { .. } | Self::Service { .. } => return None,
        })
    }
}

/// The finding that `cors_policy!` reports for an origin.
fn finding(origin: &str) -> Option<&'static str> {
    let url = Url::parse(origin).ok()?;
    match url.scheme() {
        "https" => None,
        "http" => (!is_loopback(&url)).then_some("insecure_origin_with_credentials"),
        _ => Some("app_scheme"),
    }
}

/// A suggestion, with the finding that `cors_policy!` must be told to allow.
fn with_finding(help: String, finding: Option<&str>) -> String {
    match finding {
        Some(name) if name.ends_with("with_credentials") => {
            format!("{help}; with credentials, `cors_policy!` needs `allow({name})`")
        }
        Some(name) => format!("{help}; `cors_policy!` needs `allow({name})`"),
        None => help,
    }
}
