//! [HTTP-redirect fetch].
//!
//! [HTTP-redirect fetch]: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch

use http::{Method, StatusCode, header, response};

use super::Fetch;
use crate::testing::blocked::Blocked;
use crate::testing::modes::Redirect;
use crate::testing::urls::{
    as_sent, has_user, is_http, is_redirect, is_unsafe, location, serialised,
};

impl Fetch<'_> {
    /// Whether the redirect mode lets the script have a response: the end of [HTTP fetch].
    ///
    /// [HTTP fetch]: https://fetch.spec.whatwg.org/#concept-http-fetch
    pub(super) fn check_redirect_mode(&self, response: &response::Parts) -> Result<(), Blocked> {
        if !is_redirect(response.status) {
            return Ok(());
        }
        let (access, location) = (self.access(), location(response));
        match self.modes.redirect {
            Redirect::Follow => Ok(()),
            Redirect::Error => Err(Blocked::RedirectError { access, location }),
            Redirect::Manual => Err(Blocked::OpaqueRedirect { access, location }),
        }
    }

    /// Continues at another URL, or says why browsers do not.
    pub(super) fn redirect(
        &mut self,
        response: &response::Parts,
        location: String,
    ) -> Result<(), Blocked> {
        const MOST: usize = 20;

        let access = self.access();
        let is_one = response.headers.get_all(header::LOCATION).iter().count() == 1;
        let Some(url) = self.url.join(&location).ok().filter(|_| is_one) else {
            return Err(Blocked::Location { access, location });
        };
        if self.redirected.len() >= MOST {
            return Err(Blocked::Redirects { access });
        }
        if is_unsafe(&url) {
            return Err(Blocked::Location { access, location });
        }
        if !is_http(&url) && !self.initiator.is_cors() {
            return Err(Blocked::Location { access, location });
        }
        if !is_http(&url) {
            self.redirected.push(std::mem::replace(&mut self.url, url));
            let access = self.access();
            return Err(Blocked::RedirectScheme { access });
        }
        let is_foreign = self.is_cors || serialised(&url) != self.page.origin;
        if self.initiator.is_cors() && is_foreign && has_user(&url) {
            return Err(Blocked::RedirectUser { access, location });
        }
        let becomes_get = match self.request.method {
            Method::GET | Method::HEAD => false,
            Method::POST => matches!(response.status.as_u16(), 301..=303),
            _ => response.status == StatusCode::SEE_OTHER,
        };
        if becomes_get {
            self.request.method = Method::GET;
            for name in [
                header::CONTENT_ENCODING,
                header::CONTENT_LANGUAGE,
                header::CONTENT_LOCATION,
                header::CONTENT_TYPE,
            ] {
                self.request.headers.remove(name);
            }
        }
        if serialised(&url) != serialised(&self.url) {
            self.request.headers.remove(header::AUTHORIZATION);
        }
        self.redirected
            .push(std::mem::replace(&mut self.url, as_sent(url)));
        self.begin()
    }
}
