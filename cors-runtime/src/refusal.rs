//! Why a browser will not let a script have its way.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use http::{HeaderValue, Method};

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
///
/// It shares the request's bytes where they can be shared, so keeping one costs next to nothing.
#[derive(Clone)]
pub struct Value(Bytes);

#[derive(Clone)]
enum Bytes {
    /// A part of a line.
    Line(HeaderValue, usize, usize),
    Method(MethodName),
    /// Several lines of `Origin`, or one that is longer than any origin.
    NotAnOrigin,
}

/// Twice as long as any registered method.
const LONGEST_METHOD: usize = 39;

/// A method, kept without an allocation: what `Method` itself would need for a long one.
///
/// It is aligned like the lines that may be kept in its place, since the copies of both are.
#[derive(Clone, Copy, Debug)]
#[repr(align(8))]
pub(crate) struct MethodName {
    bytes: [u8; LONGEST_METHOD],
    len: u8,
}

impl MethodName {
    #[cold]
    pub(crate) fn new(method: &Method) -> Self {
        let mut bytes = [0; LONGEST_METHOD];
        let mut len = 0;
        for (to, from) in bytes.iter_mut().zip(method.as_str().as_bytes()) {
            *to = *from;
            len += 1;
        }
        Self { bytes, len }
    }
}

impl Value {
    /// The bytes of the value; of a method longer than any registered one, the first 39.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Line(line, start, end) => {
                let line = line.as_bytes();
                line.get(*start..*end).unwrap_or(line)
            }
            Bytes::Method(MethodName { bytes, len }) => {
                bytes.get(..usize::from(*len)).unwrap_or(bytes)
            }
            Bytes::NotAnOrigin => b"(not one origin)",
        }
    }

    pub(crate) const NOT_AN_ORIGIN: Self = Self(Bytes::NotAnOrigin);

    pub(crate) fn method(method: MethodName) -> Self {
        Self(Bytes::Method(method))
    }

    #[inline]
    pub(crate) fn line(line: &HeaderValue) -> Self {
        Self::part(line, 0, line.len())
    }

    #[inline]
    pub(crate) fn part(line: &HeaderValue, start: usize, end: usize) -> Self {
        Self(Bytes::Line(line.clone(), start, end))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Value {}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 100;
        let bytes = self.as_bytes();
        let shown = bytes.get(..MOST).unwrap_or(bytes);
        write!(f, "{}", shown.escape_ascii())?;
        match bytes.len() > MOST {
            true => f.write_str("…"),
            false => Ok(()),
        }
    }
}

/// A refusal while the request is at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refused<'r> {
    Origin(&'r HeaderValue),
    /// Several lines, or one that is longer than any origin: nothing is kept of them.
    NotAnOrigin,
    Method(&'r Method),
    AskedMethod(&'r HeaderValue),
    AskedHeader(Stretch<'r>),
    PrivateNetwork,
}

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch<'r> {
    pub(crate) line: &'r HeaderValue,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl<'r> Stretch<'r> {
    pub(crate) fn new(line: &'r HeaderValue, Range { start, end }: Range<usize>) -> Self {
        Self { line, start, end }
    }

    pub(crate) fn whole(line: &'r HeaderValue) -> Self {
        Self::new(line, 0..line.len())
    }
}

/// A refusal, kept until somebody asks for it.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Origin(HeaderValue),
    NotAnOrigin,
    Method(MethodName),
    AskedMethod(HeaderValue),
    AskedHeader {
        line: HeaderValue,
        start: usize,
        end: usize,
    },
    PrivateNetwork,
}

impl From<Refused<'_>> for Fault {
    #[inline(always)]
    fn from(refused: Refused<'_>) -> Self {
        match refused {
            Refused::Origin(origin) => Self::Origin(origin.clone()),
            Refused::NotAnOrigin => Self::NotAnOrigin,
            Refused::Method(method) => Self::Method(MethodName::new(method)),
            Refused::AskedMethod(method) => Self::AskedMethod(method.clone()),
            Refused::AskedHeader(Stretch { line, start, end }) => Self::AskedHeader {
                line: line.clone(),
                start,
                end,
            },
            Refused::PrivateNetwork => Self::PrivateNetwork,
        }
    }
}

impl From<&Fault> for Refusal {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Origin(origin) => Self::Origin(Value::line(origin)),
            Fault::NotAnOrigin => Self::Origin(Value::NOT_AN_ORIGIN),
            Fault::Method(method) => Self::Method(Value::method(*method)),
            Fault::AskedMethod(method) => Self::Method(Value::line(method)),
            Fault::AskedHeader { line, start, end } => {
                Self::Header(Value::part(line, *start, *end))
            }
            Fault::PrivateNetwork => Self::PrivateNetwork,
        }
    }
}
