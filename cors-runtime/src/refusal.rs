//! Why a browser will refuse a request.

use std::error::Error;
use std::fmt;

use crate::matching::bytes::is_token;

/// How many bytes of a value are kept and shown.
pub(crate) const MOST_SHOWN: usize = 100;

/// Why a browser will refuse a request, with the value at fault.
///
/// The service does not refuse it: an actual request still reaches its handler.
///
/// It is safe to log a refusal. Values are printed as they arrived, but everything except visible ASCII
/// is escaped, and long values are cut.
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// # use http::{HeaderMap, HeaderValue, Method, header};
/// # static CORS: &Policy = cors_policy!({
/// #     "allow_origins": ["https://app.example.com"],
/// #     "allow_headers": ["Content-Type"],
/// # });
/// let mut request = HeaderMap::new();
/// request.insert(header::ORIGIN, HeaderValue::from_static("https://evil.example"));
/// let refusal = CORS.decide(&Method::GET, &request).refusal();
/// assert_eq!(
///     refusal.map(|refusal| refusal.to_string()).as_deref(),
///     Some("the origin `https://evil.example` is not allowed"),
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The origin is not in `allow_origins`. If a request has several `Origin` lines, which are not an
    /// origin, the value is `(not one origin)`.
    Origin(RefusedValue),
    /// The method is not in `allow_methods`.
    Method(RefusedValue),
    /// A request header is not in `allow_headers`, or is not a header name at all. Under `*` without
    /// credentials, no name is checked, so there is no such refusal.
    Header(RefusedValue),
    /// The list of request headers is longer than any that a browser sends. The value is the line that
    /// exceeds a limit. There may be 16 empty elements, and 16 names more than `allow_headers` has: browsers
    /// send each name once ([Fetch § CORS-unsafe request-header names]). A list that would have to be echoed
    /// may have 16 lines and 64 KiB.
    ///
    /// All lines that a browser would not write may have 4 KiB together. It writes lower-case names with
    /// only a comma between them, and those of `allow_headers` on one line, sorted.
    ///
    /// [Fetch § CORS-unsafe request-header names]: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
    HeaderList(RefusedValue),
    /// The preflight requests access to a private network, and `allow_private_network` is off. Only
    /// browsers that follow the draft of [Private Network Access] refuse a request for this reason.
    ///
    /// [Private Network Access]: https://wicg.github.io/private-network-access/
    PrivateNetwork,
}

impl Refusal {
    /// A label for metrics: `origin`, `method`, `header`, `header_list` or `private_network`.
    ///
    /// The labels are stable: none of them changes, and a new variant gets a new label.
    ///
    /// ```
    /// # use cors_runtime::{Policy, cors_policy};
    /// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
    /// let request = http::Request::get("/").header("Origin", "https://evil.example").body(())?;
    /// let refusal = CORS.decide(request.method(), request.headers()).refusal();
    /// assert_eq!(refusal.map(|refusal| refusal.kind()), Some("origin"));
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Origin(_) => "origin",
            Self::Method(_) => "method",
            Self::Header(_) => "header",
            Self::HeaderList(_) => "header_list",
            Self::PrivateNetwork => "private_network",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin(value) => write!(f, "the origin `{value}` is not allowed"),
            Self::Method(value) => write!(f, "the method `{value}` is not in `allow_methods`"),
            Self::Header(value) if value.is_token() => {
                write!(f, "the request header `{value}` is not in `allow_headers`")
            }
            Self::Header(value) => write!(f, "`{value}` is not the name of a request header"),
            Self::HeaderList(value) => {
                write!(f, "the list of request headers is too long at `{value}`")
            }
            Self::PrivateNetwork => f.write_str("`allow_private_network` is off"),
        }
    }
}

impl Error for Refusal {}

/// The value at fault, as it arrived with the request. Of a value of more than 100 bytes, only the first
/// 100 are kept.
///
/// Two values are equal, and have the same hash, if what is kept of them is equal.
///
/// ```
/// # use cors_runtime::{Policy, Refusal, cors_policy};
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] });
/// let request = http::Request::get("/").header("Origin", "https://evil.example").body(())?;
/// if let Some(Refusal::Origin(origin)) = CORS.decide(request.method(), request.headers()).refusal() {
///     assert_eq!(origin.as_bytes(), b"https://evil.example");
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RefusedValue {
    /// What is not used is zero.
    room: [u8; MOST_SHOWN],
    len: u8,
    is_cut: bool,
    /// Whether a name is a token as far as it is cut off.
    goes_on_as_token: bool,
}

impl RefusedValue {
    /// The bytes of the value: at most the first 100.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.room.get(..self.len.into()).unwrap_or(&self.room)
    }

    /// The value for several `Origin` lines.
    pub(crate) fn not_one_origin() -> Self {
        Self::of(b"(not one origin)")
    }

    pub(crate) fn of(value: &[u8]) -> Self {
        let (kept, rest) = value.split_at_checked(MOST_SHOWN).unwrap_or((value, &[]));
        let mut room = [0; MOST_SHOWN];
        if let Some(start) = room.get_mut(..kept.len()) {
            start.copy_from_slice(kept);
        }
        Self {
            room,
            len: kept.len() as u8,
            is_cut: !rest.is_empty(),
            goes_on_as_token: true,
        }
    }

    /// A value that may be the name of a header.
    pub(crate) fn of_name(value: &[u8]) -> Self {
        let mut name = Self::of(value);
        if let Some(rest @ [_, ..]) = value.get(MOST_SHOWN..) {
            name.goes_on_as_token = is_token(rest);
        }
        name
    }

    fn is_token(&self) -> bool {
        is_token(self.as_bytes()) && self.goes_on_as_token
    }
}

impl fmt::Debug for RefusedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl fmt::Display for RefusedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_bytes().escape_ascii())?;
        if self.is_cut {
            f.write_str("…")
        } else {
            Ok(())
        }
    }
}
