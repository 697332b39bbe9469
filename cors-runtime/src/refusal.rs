//! Why a browser will not let a script have its way.

use std::error::Error;
use std::fmt;

use http::{HeaderValue, Method};

use crate::origin::LONGEST;

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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The origin is not in `allow_origins`, or `Origin` stands there several times.
    Origin(Value),
    /// The method is not in `allow_methods`.
    Method(Value),
    /// A request header is not in `allow_headers`, or what was asked for is no list of names.
    Header(Value),
    /// Access to a private network was asked for and `allow_private_network` is off. Only
    /// browsers that still follow the draft of Private Network Access refuse for this.
    PrivateNetwork,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin(value) => write!(f, "the origin `{value}` is not allowed"),
            Self::Method(value) => write!(f, "the method `{value}` is not in `allow_methods`"),
            Self::Header(value) => {
                write!(f, "the request header `{value}` is not in `allow_headers`")
            }
            Self::PrivateNetwork => f.write_str("`allow_private_network` is off"),
        }
    }
}

impl Error for Refusal {}

/// The value that is at fault, as it came with the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value(Box<[u8]>);

impl Value {
    /// The bytes of the value. Where several lines were sent, they are joined by commas.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 100;
        let shown = self.0.get(..MOST).unwrap_or(&self.0);
        write!(f, "{}", shown.escape_ascii())?;
        match self.0.len() > MOST {
            true => f.write_str("…"),
            false => Ok(()),
        }
    }
}

/// A refusal while it is cheap to keep: what it names is shared with the request.
#[derive(Clone, Debug)]
pub(crate) enum Refused {
    Origin(HeaderValue),
    /// Several lines, or one that is longer than any origin.
    NotAnOrigin,
    Method(Method),
    AskedMethod(HeaderValue),
    /// A line of names, and which of its bytes are at fault.
    AskedHeader(HeaderValue, usize, usize),
    PrivateNetwork,
}

impl Refused {
    pub(crate) fn origin(origin: &HeaderValue) -> Self {
        match origin.len() > LONGEST {
            true => Self::NotAnOrigin,
            false => Self::Origin(origin.clone()),
        }
    }

    pub(crate) fn to_refusal(&self) -> Refusal {
        let value = |bytes: &[u8]| Value(bytes.into());
        match self {
            Self::Origin(origin) => Refusal::Origin(value(origin.as_bytes())),
            Self::NotAnOrigin => Refusal::Origin(value(b"(not one origin)")),
            Self::Method(method) => Refusal::Method(value(method.as_str().as_bytes())),
            Self::AskedMethod(method) => Refusal::Method(value(method.as_bytes())),
            Self::AskedHeader(line, start, end) => {
                let line = line.as_bytes();
                Refusal::Header(value(line.get(*start..*end).unwrap_or(line)))
            }
            Self::PrivateNetwork => Refusal::PrivateNetwork,
        }
    }
}
