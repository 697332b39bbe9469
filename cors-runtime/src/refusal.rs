//! Why a browser will not let a script have its way.

use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use http::{HeaderValue, Method};

use crate::matching::bytes::is_token;

/// Why a browser will refuse what was asked for, with the value at fault.
///
/// The request itself is not refused: an actual request still reaches its handler. Values are
/// printed as they came, with everything but visible ASCII escaped and the end cut off where they
/// are long, so a refusal can be logged.
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
    /// The origin is not in `allow_origins`. Where a request has several `Origin` lines, which are
    /// no origin, the value is `(not one origin)`.
    Origin(RefusedValue),
    /// The method is not in `allow_methods`.
    Method(RefusedValue),
    /// A request header is not in `allow_headers`, or is no header name at all.
    Header(RefusedValue),
    /// The list of request headers is longer than any that a browser sends: it has more than 16
    /// empty elements or, where it would be echoed, more than 16 lines or 64 KiB. The value is
    /// the line that was too much.
    HeaderList(RefusedValue),
    /// Access to a private network was asked for and `allow_private_network` is off. Only
    /// browsers that still follow the draft of [Private Network Access] refuse for this.
    ///
    /// [Private Network Access]: https://wicg.github.io/private-network-access/
    PrivateNetwork,
}

impl Refusal {
    /// A label for metrics: `origin`, `method`, `header`, `header_list` or `private_network`.
    ///
    /// A label never changes. A new variant brings a new one.
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

/// The value that is at fault, as it came with the request.
///
/// It shares the request's bytes where they can be shared, so keeping one costs next to nothing.
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

    /// Stands for several lines of `Origin`.
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
            // A method is a token, so it always is a value too.
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
