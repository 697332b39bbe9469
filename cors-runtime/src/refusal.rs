//! Why a browser will refuse a request.

use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use http::{HeaderValue, Method};

use crate::matching::bytes::is_token;

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
    /// A request header is not in `allow_headers`, or is not a header name at all.
    Header(RefusedValue),
    /// The list of request headers is longer than any that a browser sends. It has more than 16 empty
    /// elements, or it would have to be echoed and has more than 16 lines or 64 KiB. The value is the
    /// line that exceeds the limit.
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
            Self::Header(value) if is_token(value.as_bytes()) => {
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

/// The value at fault, as it arrived with the request.
///
/// It shares the bytes of the request where possible, so it is cheap to keep.
///
/// Two values are equal, and have the same hash, if their bytes are equal.
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
#[derive(Clone)]
pub struct RefusedValue {
    line: HeaderValue,
    part: Range<usize>,
}

impl RefusedValue {
    /// The bytes of the value.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        let line = self.line.as_bytes();
        line.get(self.part.clone()).unwrap_or(line)
    }

    /// The value for several `Origin` lines.
    pub(crate) fn not_one_origin() -> Self {
        Self::line(&HeaderValue::from_static("(not one origin)"))
    }

    pub(crate) fn method(method: &Method) -> Self {
        const USUAL: [&str; 9] = [
            "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
        ];
        let name = method.as_str();
        let usual = USUAL.into_iter().find(|usual| *usual == name);
        let line = match usual {
            Some(usual) => HeaderValue::from_static(usual),
            // A method is a token, and every token is a header value.
            None => HeaderValue::from_str(name).unwrap_or(HeaderValue::from_static("")),
        };
        Self::line(&line)
    }

    #[inline]
    pub(crate) fn line(line: &HeaderValue) -> Self {
        Self::part(line, 0..line.len())
    }

    #[inline]
    pub(crate) fn part(line: &HeaderValue, part: Range<usize>) -> Self {
        let line = line.clone();
        Self { line, part }
    }
}

impl PartialEq for RefusedValue {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for RefusedValue {}

impl Hash for RefusedValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for RefusedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl fmt::Display for RefusedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 100;
        let bytes = self.as_bytes();
        let shown = bytes.get(..MOST).unwrap_or(bytes);
        write!(f, "{}", shown.escape_ascii())?;
        if bytes.len() > MOST {
            f.write_str("…")
        } else {
            Ok(())
        }
    }
}
