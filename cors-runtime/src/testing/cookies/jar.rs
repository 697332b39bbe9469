//! The cookies that a browser keeps.

use std::time::Duration;

use http::HeaderValue;

use super::matching::{is_for, is_secure, is_subdomain, matches_path};
use super::set_cookie::{Received, read};
use super::{
    BlockedCookie, BlockedCookieReason as Reason, Cookie, Exchange, SameSite, SameSiteMode,
};

/// All cookies of a browser, in the order in which they were first set.
#[derive(Debug, Default)]
pub(in crate::testing) struct Jar {
    kept: Vec<Kept>,
    pub(in crate::testing) blocked: Vec<BlockedCookie>,
}

#[derive(Debug)]
struct Kept {
    cookie: Cookie,
    /// When it was first set.
    created: Duration,
    /// When it expires; `None` if it lives as long as the browser.
    until: Option<Duration>,
}

impl Jar {
    pub(in crate::testing) fn cookies(&self, now: Duration) -> Vec<Cookie> {
        let live = self.kept.iter().filter(|kept| kept.is_live(now));
        live.map(|kept| kept.cookie.clone()).collect()
    }

    /// The cookies that a request carries, as the value of `Cookie`: RFC 6265bis, "[retrieval algorithm]".
    ///
    /// [retrieval algorithm]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-retrieval-algorithm
    pub(in crate::testing) fn sent(&self, exchange: &Exchange<'_>) -> Option<String> {
        let matching = self.matching(exchange);
        let sent = matching.filter(|kept| kept.withheld(exchange).is_none());
        let mut sent: Vec<&Cookie> = sent.map(|kept| &kept.cookie).collect();
        sent.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs = sent
            .iter()
            .map(|cookie| format!("{}={}", cookie.name, cookie.value));
        pairs.reduce(|all, pair| all + "; " + &pair)
    }

    /// Notes the cookies for the URL that a request does not carry.
    pub(in crate::testing) fn note_withheld(&mut self, exchange: &Exchange<'_>) {
        let withheld = self.matching(exchange).filter_map(|kept| {
            let reason = kept.withheld(exchange)?;
            let name = &kept.cookie.name;
            Some(BlockedCookie::new(name, exchange.url, false, reason))
        });
        let withheld: Vec<BlockedCookie> = withheld.collect();
        self.blocked.extend(withheld);
    }

    fn matching(&self, exchange: &Exchange<'_>) -> impl Iterator<Item = &Kept> {
        let is_sent =
            |kept: &&Kept| kept.is_live(exchange.now) && is_for(&kept.cookie, exchange.url);
        self.kept.iter().filter(is_sent)
    }

    /// Keeps the cookie of a line of `Set-Cookie`, or notes why not.
    pub(in crate::testing) fn receive(&mut self, line: &HeaderValue, exchange: &Exchange<'_>) {
        let line = String::from_utf8_lossy(line.as_bytes());
        let received = read(&line, exchange).and_then(|received| self.keep(received, exchange));
        if let Err(reason) = received {
            let name = line.split(['=', ';']).next().unwrap_or_default().trim();
            let blocked = BlockedCookie::new(name, exchange.url, true, reason);
            self.blocked.push(blocked);
        }
    }

    fn keep(&mut self, received: Received, exchange: &Exchange<'_>) -> Result<(), Reason> {
        let now = exchange.now;
        self.kept.retain(|kept| kept.is_live(now));
        let Received { cookie, lifetime } = received;
        let is_kept_safe = |kept: &Kept| kept.cookie.secure && kept.cookie.is_shadowed_by(&cookie);
        if !is_secure(exchange.url) && self.kept.iter().any(is_kept_safe) {
            return Err(Reason::OverwritesSecure);
        }
        let until = lifetime.map(|lifetime| now.saturating_add(lifetime));
        let mut same = self.kept.iter_mut();
        match same.find(|kept| kept.cookie.is_replaced_by(&cookie)) {
            Some(kept) => {
                kept.cookie = cookie;
                kept.until = until;
            }
            None => self.kept.push(Kept {
                cookie,
                created: now,
                until,
            }),
        }
        Ok(())
    }
}

impl Kept {
    fn is_live(&self, now: Duration) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// Why a request to its URL does not carry it.
    fn withheld(&self, exchange: &Exchange<'_>) -> Option<Reason> {
        /// How long an unsafe navigation carries a cookie without `SameSite`.
        const LAX_ALLOWING_UNSAFE: Duration = Duration::from_secs(120);

        let same_site = self.cookie.same_site;
        let age = exchange.now.saturating_sub(self.created);
        let is_too_old = same_site == SameSite::Unset
            && exchange.mode == SameSiteMode::UnsetOrLess
            && age >= LAX_ALLOWING_UNSAFE;
        match () {
            () if !exchange.credentials => Some(Reason::Credentials),
            () if self.cookie.secure && !is_secure(exchange.url) => Some(Reason::Secure),
            () if is_too_old || same_site.mode() > exchange.mode => {
                Some(Reason::SameSite(same_site))
            }
            () => None,
        }
    }
}

impl Cookie {
    /// Whether another cookie takes its place.
    fn is_replaced_by(&self, other: &Self) -> bool {
        let identity = |cookie: &Self| {
            let Self { name, path, .. } = cookie;
            (
                name.clone(),
                path.clone(),
                cookie.domain.clone(),
                cookie.host_only,
            )
        };
        identity(self) == identity(other)
    }

    /// Whether a service could take another cookie for this one.
    fn is_shadowed_by(&self, other: &Self) -> bool {
        let is_near = self.domain == other.domain
            || is_subdomain(&self.domain, &other.domain)
            || is_subdomain(&other.domain, &self.domain);
        self.name == other.name && is_near && matches_path(&other.path, &self.path)
    }
}
