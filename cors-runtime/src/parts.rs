//! What an expansion of `cors_policy!` is made of: the contract between the two crates.
//!
//! Everything here is written by the macro after it has checked the configuration, so no value
//! needs checking again. It is public only for the expansion's sake and may change in any release.
//!
//! A constant may read what holds no `HeaderValue`, which counts references. So these stand behind
//! references, beside the plain data.

use http::{HeaderValue, StatusCode};

/// The settings of one policy, with every header value that never changes made ready.
#[derive(Debug)]
pub struct Parts {
    /// Who may read responses.
    pub allow_origins: Origins,
    /// The methods as configured, or GET, HEAD and POST; upper case, in file order.
    pub allow_methods: &'static [&'static str],
    /// The same as sent on preflights, with `OPTIONS`, which KrakenD always lets pass.
    pub allow_methods_value: &'static HeaderValue,
    /// Which request headers may be sent.
    pub allow_headers: Headers,
    /// The names as configured.
    pub expose_headers: &'static [&'static str],
    /// The same as sent; absent when there are none.
    pub expose_headers_value: Option<&'static HeaderValue>,
    /// How long the response to a preflight may be cached, in seconds, and the same as sent;
    /// absent: no header is sent.
    pub max_age: Option<(u64, &'static HeaderValue)>,
    /// Whether requests with credentials may read responses.
    pub allow_credentials: bool,
    /// Whether `Access-Control-Request-Private-Network` is granted.
    pub allow_private_network: bool,
    /// Whether granted requests are logged too.
    pub debug: bool,
    /// Whether preflights go on to the handler.
    pub options_passthrough: bool,
    /// The status of the response to a preflight: 200 to 299.
    pub options_success_status: StatusCode,
}

/// Which origins are allowed.
#[derive(Debug)]
pub enum Origins {
    /// Every origin. Never together with credentials.
    Any,
    /// These alone.
    Listed {
        /// The exact origins, in file order.
        exact: Set,
        /// The origins with a `*` inside.
        patterns: &'static [Group],
    },
}

/// Which request headers are allowed.
#[derive(Debug)]
pub enum Headers {
    /// Every header.
    Any,
    /// These alone.
    Listed {
        /// The names in lower case, sorted by byte.
        sorted: &'static [&'static str],
        /// The same, to be found by a hash where they are many.
        table: Option<Table>,
        /// As sent on every preflight, in file order.
        value: &'static HeaderValue,
    },
}

/// A set of strings.
#[derive(Debug)]
pub enum Set {
    /// A few, compared one after the other.
    Few(&'static [&'static str]),
    /// Many, found by a hash.
    Many(Table),
}

/// Patterns whose texts alone differ: their parts are equally long, and the `*` stands for the same
/// part of an origin.
#[derive(Debug)]
pub struct Group {
    /// How many bytes stand before the `*`.
    pub prefix: u32,
    /// How many bytes stand behind it.
    pub suffix: u32,
    /// The first of those, the same in all; 0 where there are none.
    pub first: u8,
    /// What the `*` may stand for.
    pub reach: Reach,
    /// The patterns as written, in lower case.
    pub texts: Set,
}

/// What the `*` of a pattern may stand for, given where it stands.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// Part of a host name that goes on behind it: `https://*.example.com`.
    Host,
    /// All or the end of a port: `http://localhost:*`, `http://localhost:80*`.
    Port,
    /// It crosses a boundary (`http*`, `https://*`, `https://example.*`, `*.example.com`), or is
    /// in the scheme, so the whole origin is read to see that it is one.
    Across,
}

/// A set of strings with a perfect hash, which leads to the one place where a key can be.
#[derive(Debug)]
pub struct Table {
    /// All entries, each with a line feed behind it.
    pub text: &'static str,
    /// Where the entry of each slot begins in `text`.
    pub places: Packed,
    /// What is mixed into the hashes of each bucket.
    pub pilots: Packed,
    /// The seed of the hash.
    pub seed: u64,
    /// Where the sixteen bytes end that are hashed; of keys that are too short, all are.
    pub window: u32,
}

/// Little-endian `u32`s, held as bytes because that is what compiles fastest.
pub type Packed = &'static [[u8; 4]];

/// The numbers in a byte string.
#[must_use]
pub const fn packed(bytes: &'static [u8]) -> Packed {
    bytes.as_chunks().0
}

/// A status that the macro has checked.
#[must_use]
pub const fn status(code: u16) -> StatusCode {
    match StatusCode::from_u16(code) {
        Ok(status) => status,
        Err(_) => StatusCode::NO_CONTENT,
    }
}
