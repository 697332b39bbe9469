//! What an expansion of `cors_policy!` is made of: the contract between the two crates.
//!
//! Everything here is written by the macro after it has checked the configuration, so no value
//! needs checking again. It is public only for the expansion's sake and may change in any release.

use http::HeaderValue;

/// The settings of one policy, with every header value that never changes made ready.
#[derive(Debug)]
pub struct Parts {
    /// Who may read answers.
    pub allow_origins: Origins,
    /// The length of the longest exact origin in bytes, without a bound where all are allowed.
    pub longest_origin: u32,
    /// The methods as configured, or GET, HEAD and POST; upper case, in file order.
    pub allow_methods: &'static [&'static str],
    /// The same, of the usual ones.
    pub usual_methods: UsualMethods,
    /// The same as sent on preflights, with `OPTIONS`, which KrakenD always lets pass.
    pub allow_methods_value: &'static HeaderValue,
    /// Which request headers may be sent.
    pub allow_headers: Headers,
    /// The names as configured.
    pub expose_headers: &'static [&'static str],
    /// The same as sent; absent when there are none.
    pub expose_headers_value: Option<&'static HeaderValue>,
    /// How long a preflight's answer may be kept, in seconds; absent: no header is sent.
    pub max_age: Option<u64>,
    /// The same as sent.
    pub max_age_value: Option<&'static HeaderValue>,
    /// Whether requests with credentials may read answers.
    pub allow_credentials: bool,
    /// Whether `Access-Control-Request-Private-Network` is granted.
    pub allow_private_network: bool,
    /// Whether decisions are logged.
    pub debug: bool,
    /// Whether preflights go on to the handler.
    pub options_passthrough: bool,
    /// The status of an answered preflight: 200 to 299.
    pub options_success_status: u16,
    /// What a preflight's answer depends on.
    pub preflight_vary: Vary,
}

/// The request headers on which a preflight's answer depends, as `Vary` names them.
#[derive(Clone, Copy, Debug)]
pub enum Vary {
    /// None: it is always the same.
    Nothing,
    /// The origin, the method and the names that a preflight asks for.
    Asked,
    /// Others.
    Other(&'static HeaderValue),
}

/// Which of the usual methods are allowed, one bit each, to be told without a search.
#[derive(Clone, Copy, Debug)]
pub struct UsualMethods(pub u8);

#[allow(missing_docs, reason = "the names say all")]
impl UsualMethods {
    pub const OPTIONS: u8 = 0;
    pub const GET: u8 = 1;
    pub const POST: u8 = 2;
    pub const PUT: u8 = 3;
    pub const DELETE: u8 = 4;
    pub const HEAD: u8 = 5;
    pub const PATCH: u8 = 6;
    /// All others; this bit is never set.
    pub const NONE: u8 = 7;

    #[inline]
    pub(crate) const fn contain(self, bit: u8) -> bool {
        self.0 & (1 << bit) != 0
    }
}

/// Which origins are allowed.
#[derive(Debug)]
pub enum Origins {
    /// A few exact origins, compared one after the other, and patterns.
    Few(Listed<&'static [HeaderValue]>),
    /// Many exact origins, found by a hash, and patterns.
    Many(Listed<Table>),
    /// One value for everybody: one exact origin and no pattern, or any.
    Constant {
        /// As sent.
        value: &'static HeaderValue,
        /// Every origin is allowed, and `value` is `*`. Never together with credentials.
        any: bool,
    },
}

/// Origins of both kinds.
#[derive(Debug)]
pub struct Listed<E> {
    /// The exact origins, in file order.
    pub exact: E,
    /// The origins with a `*` inside.
    pub patterns: &'static [Group],
}

/// Which request headers are allowed.
#[derive(Debug)]
pub enum Headers {
    /// Every header, without credentials: `value` is sent (`*, authorization`).
    Any {
        /// As sent on every preflight.
        value: &'static HeaderValue,
    },
    /// Every header, with credentials: what was asked for is echoed.
    Echo,
    /// These alone.
    Listed {
        /// The names in lower case.
        names: Names,
        /// As sent on every preflight, in file order.
        value: &'static HeaderValue,
    },
}

/// Names of request headers, in lower case.
#[derive(Debug)]
pub struct Names {
    /// The names, sorted by byte.
    pub sorted: &'static [&'static str],
    /// The same, to be found by a hash where they are many.
    pub table: Option<Table>,
}

/// Patterns that end alike.
///
/// A tail is the last eight bytes of a text, read as a little-endian number, under a mask where the
/// text has fewer.
#[derive(Debug)]
pub struct Group {
    /// How many bytes they have in common at their ends.
    pub end: u32,
    /// The tail of every origin that one of them matches, and its mask.
    pub tail: (u64, u64),
    /// The mask of the tails of what stands before the end.
    pub mask: u64,
    /// The patterns; those with the same such tail stand together.
    pub patterns: &'static [Pattern],
    /// The first of the patterns that have a tail, and their number; where there are several.
    pub slots: Slots<8>,
}

/// An origin with a `*` inside, in lower case.
#[derive(Debug)]
pub struct Pattern {
    /// The pattern as a whole.
    pub text: &'static str,
    /// What stands before the `*`.
    pub prefix: &'static str,
    /// What stands behind it.
    pub suffix: &'static str,
    /// What the `*` may stand for.
    pub reach: Reach,
}

/// What the `*` of a pattern may stand for, given where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Part of a host name that goes on behind it: `https://*.example.com`.
    Host,
    /// All or the end of a port: `http://localhost:*`, `http://localhost:80*`.
    Port,
    /// It crosses a boundary (`http*`, `https://*`, `https://example.*`, `*.example.com`), or is
    /// in the scheme, so the whole origin is read to see that it is one.
    Across,
}

/// A set of strings, searched by a perfect hash.
#[derive(Debug)]
pub struct Table {
    /// All entries, each with a line feed behind it.
    pub text: &'static str,
    /// Where the entry of each slot begins in `text`.
    pub slots: Slots<4>,
    /// The first of the sixteen bytes that are hashed; of keys that are too short, all are.
    pub start: u32,
}

/// Where a perfect hash leads.
#[derive(Debug)]
pub struct Slots<const SIZE: usize> {
    /// One or two numbers for each slot.
    pub places: Packed<SIZE>,
    /// What is mixed into the hashes of each bucket.
    pub pilots: Packed<4>,
    /// The seed of the hash.
    pub seed: u64,
}

/// Little-endian `u32`s, or pairs of them, held as bytes because that is what compiles fastest.
pub type Packed<const SIZE: usize> = &'static [[u8; SIZE]];

/// The numbers in a byte string.
#[must_use]
pub const fn packed<const SIZE: usize>(bytes: &'static [u8]) -> Packed<SIZE> {
    bytes.as_chunks().0
}
