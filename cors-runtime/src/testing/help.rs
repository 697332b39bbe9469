//! What to change so that a request is not blocked.

use http::Method;
use url::Url;

use super::blocked::{Access, Blocked};
use super::request_headers::{is_safelisted_method, normalised};
use super::urls::is_loopback;

const TWO_LAYERS: &str = "two layers write CORS headers, for example the service and the gateway in \
     front of it: remove one of them";

impl Blocked {
    /// What to change so that the script gets the response. Settings are those of the CORS section of
    /// `krakend.json`, unless the text says otherwise. If several settings can be the reason, it names all
    /// of them.
    ///
    /// It is `None` for a method that no script may use and for an error of the service.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Origin { access, .. } => access.origin_help(),
            Self::SeveralOrigins { .. } => TWO_LAYERS.to_owned(),
            Self::Wildcard { access } if access.sent_origin == "null" => access.origin_help(),
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
            Self::Credentials { .. } => {
                "write `\"allow_credentials\": true`, or make the request without credentials"
                    .to_owned()
            }
            Self::Stored { freshness, .. } => format!(
                "send `Vary: Origin` with every response, including those to requests without `Origin`; this is not a setting in `krakend.json`, but up to the service or the proxy in front of it; the response was cached because of {freshness}"
            ),
            Self::Status { status, .. } => format!(
                "the preflight must reach the CORS layer, so put the layer outside the router and authentication; if `options_passthrough` is on, turn it off or respond to OPTIONS with 204 instead of {}",
                status.as_u16()
            ),
            Self::PreflightRedirect { location, .. } => format!(
                "the preflight must reach the CORS layer, so put the layer outside the code that redirects; or call {location} itself"
            ),
            Self::MalformedMethods { .. } => {
                "write one method per entry of `allow_methods`, without spaces and commas".to_owned()
            }
            Self::MalformedHeaders { .. } => {
                "write one name per entry of `allow_headers`, without spaces and commas".to_owned()
            }
            Self::Method { method, .. } => method_help(method),
            Self::Header { name, .. } if name.starts_with("access-control-") => {
                format!("do not set `{name}` in the script: browsers and services set it")
            }
            Self::Header { name, .. } => format!("add \"{name}\" to `allow_headers`"),
            Self::PrivateNetwork { .. } => "write `\"allow_private_network\": true`".to_owned(),
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
            Self::Redirects { .. } => {
                "shorten the chain of redirects; two URLs may redirect to each other".to_owned()
            }
            Self::ForbiddenMethod { .. } | Self::Service { .. } => return None,
        })
    }
}

impl Access {
    fn origin_help(&self) -> String {
        if self.sent_origin == "null" && self.origin != "null" {
            return format!(
                "browsers send `Origin: null` after a redirect from another origin: call {} itself",
                self.url
            );
        }
        if self.sent_origin == "null" {
            return "serve the page from an origin of its own; \"null\" in `allow_origins` would allow every site"
                .to_owned();
        }
        let mut help = format!("\"{}\" must be in `allow_origins`", self.sent_origin);
        // If one of these is not allowed, the layer withholds the origin.
        let is_withheld = !self.preflight || is_safelisted_method(&self.method);
        if is_withheld && self.method != Method::OPTIONS {
            help += &format!(", \"{}\" in `allow_methods`", self.method);
        }
        help += ", and the response must come through the CORS layer";
        with_finding(help, finding(&self.sent_origin))
    }
}

fn method_help(method: &Method) -> String {
    let upper = method.as_str().to_ascii_uppercase();
    if method.as_str() != upper && normalised(method.clone()) == *method {
        return format!(
            "write `{upper}` in the request: browsers send `{method}` as the script spells it"
        );
    }
    let help = format!("add \"{method}\" to `allow_methods`");
    let is_usual = matches!(
        *method,
        Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS
    );
    with_finding(help, (!is_usual).then_some("unusual_method"))
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
