//! `Access-Control-Allow-Origin` is missing, or has another value than the page's origin.

use http::StatusCode;

use super::{finding, with_finding};
use crate::testing::access::Access;
use crate::testing::page::is_serialised_origin;
use crate::testing::request_headers::is_safelisted_method;

impl Access {
    /// `allowed` is the value of the header.
    pub(super) fn origin_help(&self, allowed: Option<&str>) -> String {
        match (allowed, self.error()) {
            // The CORS layer responds to every preflight itself, so it has not seen this one.
            (None, Some(status)) if self.preflight => preflight_help(status),
            _ if self.sent_origin == "null" => self.null_help(),
            (None, status) => self.missing_help(status),
            (Some(allowed), _) => self.value_help(allowed),
        }
    }

    /// The request's `Origin` is `null`.
    pub(super) fn null_help(&self) -> String {
        if self.origin == "null" {
            "serve the page from an origin of its own; \"null\" in `allow_origins` would allow every site"
                .to_owned()
        } else {
            format!(
                "browsers send `Origin: null` after a redirect from another origin: call {} itself",
                self.url
            )
        }
    }

    /// The header is missing. If an origin or a method is not allowed, the layer withholds it, except in
    /// the response to a preflight of an unsafe method.
    fn missing_help(&self, error: Option<StatusCode>) -> String {
        let with = error.map_or(String::new(), |status| format!(" with {}", status.as_str()));
        let place = error.map_or(String::new(), |status| {
            format!(": put the layer {}", outside_of(status))
        });
        let is_simple = is_safelisted_method(&self.method);
        if !self.preflight && !is_simple {
            return format!(
                "the preflight was allowed, but the response{with} did not come through the CORS layer{place}"
            );
        }
        let mut help = format!("\"{}\" must be in `allow_origins`, ", self.sent_origin);
        if is_simple {
            help += &format!("\"{}\" in `allow_methods`, ", self.method);
        }
        help += &format!("and the response{with} must come through the CORS layer{place}");
        with_finding(help, finding(&self.sent_origin))
    }

    /// The header has another value.
    fn value_help(&self, value: &str) -> String {
        let origin = &self.sent_origin;
        if value.trim_end_matches('/') == origin {
            format!("write \"{origin}\", without the slash at the end")
        } else if value.eq_ignore_ascii_case(origin) {
            format!("write \"{origin}\" in lower case, as browsers send it")
        } else if value != "null" && is_serialised_origin(value) {
            format!(
                "\"{value}\" is the origin of another page. If it is a constant, list all origins in `allow_origins`: the CORS layer sends that of the request. If a cache stored the response for that page, send `Vary: Origin` with every response"
            )
        } else {
            format!(
                "the CORS layer must send \"{origin}\" instead of \"{value}\": browsers compare the value byte for byte"
            )
        }
    }

    /// The status of the response, if it is not one of success.
    fn error(&self) -> Option<StatusCode> {
        self.status
            .filter(|status| !status.is_success() && !status.is_redirection())
    }
}

/// A preflight with an error and without CORS headers.
fn preflight_help(status: StatusCode) -> String {
    let (who, why) = match status.as_u16() {
        401 | 403 => (
            "authentication or a firewall",
            "a preflight has no token and no cookie, so it must reach the layer first",
        ),
        404 => (
            "the router",
            "the path has no route, or one that the layer does not cover",
        ),
        405 => ("the router", "the route has no method OPTIONS"),
        _ if status.is_server_error() => (
            "the service or a proxy",
            "the error response is made outside of the layer",
        ),
        _ => ("the service or a proxy", "the layer must respond first"),
    };
    let mut help = format!(
        "{who} responded to the preflight with {} before the CORS layer: {why}. Put the layer {}",
        status.as_str(),
        outside_of(status)
    );
    if status == StatusCode::FORBIDDEN {
        help += ". Some CORS layers also respond with 403 to an origin that is not in their list";
    }
    help
}

/// Where the CORS layer belongs, so that a response with an error has CORS headers.
fn outside_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 | 403 => "outside authentication",
        404 => "outside the router",
        405 => "outside the router, not on a single route",
        _ if status.is_server_error() => "outermost, outside timeouts and panic handlers",
        _ => "outermost",
    }
}
