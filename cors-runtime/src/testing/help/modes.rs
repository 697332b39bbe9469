//! Requests that fail by the options of `fetch`, as mixed content, or as a handshake.

use http::StatusCode;

use crate::testing::access::Access;
use crate::testing::modes::Initiator;

impl Access {
    pub(super) fn mixed_content_help(&self) -> String {
        if self.redirected_from.is_some() {
            return format!(
                "redirect to a URL with https instead of {}; behind a proxy that ends TLS, the service must learn that it is called over https, for example from `X-Forwarded-Proto`",
                self.url
            );
        }
        let (scheme, secure) = match self.initiator {
            Initiator::WebSocket => ("ws", "wss"),
            _ => ("http", "https"),
        };
        format!(
            "serve the service over https and call it with `{secure}`; only a service on this machine, such as `{scheme}://localhost`, may be called without"
        )
    }
}

/// What to do about a redirect that the script does not follow.
pub(super) fn call_itself(location: Option<&str>) -> String {
    match location {
        Some(location) => format!("call {location} itself"),
        None => "respond with a status that is not a redirect".to_owned(),
    }
}

pub(super) fn handshake_help(access: &Access) -> String {
    match access.status {
        Some(StatusCode::UNAUTHORIZED) => {
            "a script cannot send `Authorization` with a handshake: use a cookie, or send a token in the first message"
                .to_owned()
        }
        Some(StatusCode::FORBIDDEN) => format!(
            "the service decides itself whether pages on \"{}\" may connect; if it asks `Policy::allows_origin`, add the origin to `allow_origins`",
            access.origin
        ),
        Some(StatusCode::UPGRADE_REQUIRED) => {
            "the service may need a connection that it can upgrade: add `.extension(hyper::upgrade::on(http::Request::new(())))` to the request"
                .to_owned()
        }
        _ => "respond to the handshake with 101; browsers follow no redirect of it".to_owned(),
    }
}
