//! What `cors_policy!` expands to: the contract between the two crates.
//!
//! The macro writes these values after it has checked the configuration, so they are not checked
//! again. They are public only for the expansion, and may change in any release.
//!
//! A constant cannot read a static with a `HeaderValue` in it, which counts references. So header
//! values are behind references, and everything that a `const fn` reads is beside them.

use http::{HeaderValue, StatusCode};

/// The settings of a policy, with all header values that do not depend on the request.
#[derive(Debug)]
pub struct Parts {
    /// The origins that may read responses.
    pub allow_origins: Origins,
    /// The methods as configured, or GET, HEAD and POST. They are in upper case and in file order.
    pub allow_methods: &'static [&'static str],
    /// The same as sent on preflights, with `OPTIONS`, which KrakenD always allows.
    pub allow_methods_value: &'static HeaderValue,
    /// The request headers that may be sent.
    pub allow_headers: Headers,
    /// The names of the exposed headers, as configured.
    pub expose_headers: &'static [&'static str],
    /// The same as sent; `None` if there are none.
    pub expose_headers_value: Option<&'static HeaderValue>,
    /// How long the response to a preflight may be cached, in seconds, and the same as sent; `None` if
    /// no header is sent.
    pub max_age: Option<(u64, &'static HeaderValue)>,
    /// Whether requests with credentials may read responses.
    pub allow_credentials: bool,
    /// Whether `Access-Control-Request-Private-Network` is granted.
    pub allow_private_network: bool,
    /// Whether granted requests are logged too.
    pub debug: bool,
    /// Whether preflights are passed to the handler.
    pub options_passthrough: bool,
    /// The status of the response to a preflight: 200 to 299.
    pub options_success_status: StatusCode,
}

/// Which origins are allowed.
#[derive(Debug)]
pub enum Origins {
    /// Every origin. Never together with credentials.
    Any,
    /// Only these.
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
    /// Only these.
    Listed {
        /// The names in lower case, sorted by byte.
        sorted: &'static [&'static str],
        /// The same as a hash table, if there are many.
        table: Option<Table>,
        /// As sent on every preflight, in file order.
        value: &'static HeaderValue,
    },
}

/// A set of strings.
#[derive(Debug)]
pub enum Set {
    /// A few, compared one after another.
    Few(&'static [&'static str]),
    /// Many, looked up by a hash.
    Many(Table),
}

/// Patterns with equally long prefixes, whose `*` matches the same part of an origin.
#[derive(Debug)]
pub struct Group {
    /// The number of bytes before the `*`.
    pub prefix: u32,
    /// What follows the `*`.
    pub suffix: Suffix,
    /// What the `*` may match.
    pub reach: Reach,
    /// The patterns as written, in lower case.
    pub texts: Set,
}

/// Where the suffixes of a group may begin in an origin.
#[derive(Clone, Copy, Debug)]
pub enum Suffix {
    /// At one place: the number of bytes, and the first of them, or 0 if there are none.
    Length(u32, u8),
    /// At each of the last dots. All suffixes begin with a dot, and none has more of them.
    Labels(u32),
}

/// What the `*` of a pattern may match, which depends on its place.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// Part of a host name that continues after it: `https://*.example.com`.
    Host,
    /// A port or its end: `http://localhost:*`, `http://localhost:80*`.
    Port,
    /// It crosses a boundary (`http*`, `https://*`, `https://example.*`, `*.example.com`) or is in the
    /// scheme. Then the whole text is read to make sure that it is an origin.
    Across,
}

/// A set of strings with a perfect hash, which gives the only place where a key can be.
#[derive(Debug)]
pub struct Table {
    /// All entries, each followed by a line feed.
    pub text: &'static str,
    /// For each slot, where its entry begins in `text`.
    pub places: Packed,
    /// For each bucket, what is mixed into its hashes.
    pub pilots: Packed,
    /// The seed of the hash.
    pub seed: u64,
    /// Where the sixteen bytes begin that are hashed. Shorter keys are hashed as a whole.
    pub window: u32,
}

/// Little-endian `u32`s, stored as bytes because rustc compiles a byte string fastest.
pub type Packed = &'static [[u8; 4]];

/// The numbers of a byte string.
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
