//! Writing into the headers of a response.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::names::ALLOW_PRIVATE_NETWORK;
use crate::parts::Vary;

/// Sets CORS headers in place of those that were there, and adds to `Vary`.
#[derive(Debug)]
pub(crate) struct Writer<'h> {
    headers: &'h mut HeaderMap,
    has_vary: bool,
}

impl<'h> Writer<'h> {
    /// Over a response that may come from anywhere.
    ///
    /// Its names are read once, which costs less than looking for any of them; mostly there is
    /// nothing to remove.
    #[inline]
    pub(crate) fn over(headers: &'h mut HeaderMap) -> Self {
        let (mut has_cors, mut has_vary) = (false, false);
        for name in headers.keys() {
            has_vary |= *name == header::VARY;
            has_cors |= is_cors(name);
        }
        if has_cors {
            remove_cors(headers);
        }
        Self { headers, has_vary }
    }

    /// Over a map that was just made.
    pub(crate) fn empty(headers: &'h mut HeaderMap) -> Self {
        Self {
            headers,
            has_vary: false,
        }
    }

    /// Adds a line. What had the name is gone by now, so there is nothing to replace, and to
    /// append costs less. A map that is full, with 32 768 names, stays as it is: without the
    /// header the browser refuses.
    #[inline]
    pub(crate) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        let _ = self.headers.try_append(name, value);
    }

    /// Names request headers on which a preflight's answer depends, each unless it is named already.
    #[inline(always)]
    pub(crate) fn vary(&mut self, on: Vary) {
        static SHARED: HeaderValue = ASKED;
        match on {
            Vary::Nothing => {}
            Vary::Asked if self.has_vary => merge_vary(self.headers, &SHARED),
            Vary::Asked => self.set(header::VARY, ASKED),
            Vary::Other(names) if self.has_vary => merge_vary(self.headers, names),
            Vary::Other(names) => {
                let names = names.clone();
                self.set(header::VARY, names);
            }
        }
    }

    /// The same with `Origin` alone.
    #[inline(always)]
    pub(crate) fn vary_by_origin(&mut self) {
        static SHARED: HeaderValue = ORIGIN;
        match self.has_vary {
            true => merge_vary(self.headers, &SHARED),
            false => self.set(header::VARY, ORIGIN),
        }
    }
}

#[allow(
    clippy::declare_interior_mutable_const,
    reason = "a value from static text shares nothing"
)]
const ORIGIN: HeaderValue = HeaderValue::from_static("Origin");

#[allow(
    clippy::declare_interior_mutable_const,
    reason = "a value from static text shares nothing"
)]
const ASKED: HeaderValue = HeaderValue::from_static(
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
);

/// The headers that answers to CORS requests carry.
#[inline]
fn is_cors(name: &HeaderName) -> bool {
    *name == header::ACCESS_CONTROL_ALLOW_ORIGIN
        || *name == header::ACCESS_CONTROL_ALLOW_CREDENTIALS
        || *name == header::ACCESS_CONTROL_ALLOW_HEADERS
        || *name == header::ACCESS_CONTROL_ALLOW_METHODS
        || *name == header::ACCESS_CONTROL_EXPOSE_HEADERS
        || *name == header::ACCESS_CONTROL_MAX_AGE
        || *name == ALLOW_PRIVATE_NETWORK
}

#[cold]
fn remove_cors(headers: &mut HeaderMap) {
    while let Some(name) = headers.keys().find(|name| is_cors(name)).cloned() {
        headers.remove(name);
    }
}

#[cold]
fn merge_vary(headers: &mut HeaderMap, names: &'static HeaderValue) {
    let named = |wanted: &[u8]| {
        headers
            .get_all(header::VARY)
            .into_iter()
            .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
            .any(|name| name.trim_ascii().eq_ignore_ascii_case(wanted))
    };
    if named(b"*") {
        return;
    }
    let text = names.to_str().unwrap_or_default();
    let all = text.split(", ").count();
    // Which names are missing, as bits: there are four at most.
    let missing = text
        .split(", ")
        .enumerate()
        .filter(|(_, name)| !named(name.as_bytes()))
        .fold(0_u32, |missing, (nth, _)| missing | 1 << nth);
    if missing.count_ones() as usize == all {
        let _ = headers.try_append(header::VARY, names.clone());
        return;
    }
    for (nth, name) in text.split(", ").enumerate() {
        if missing & (1 << nth) != 0 {
            let _ = headers.try_append(header::VARY, HeaderValue::from_static(name));
        }
    }
}
