//! The headers of a CORS request.

mod headers;

use http::{HeaderMap, HeaderValue, header};

use crate::header_names::REQUEST_PRIVATE_NETWORK;

pub(crate) use headers::{all_listed, echo};

/// The lines of a header that should occur only once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lines<'r> {
    None,
    One(&'r HeaderValue),
    Several,
}

impl<'r> Lines<'r> {
    /// The lines of [`Origin`](https://fetch.spec.whatwg.org/#origin-header).
    #[inline]
    pub(crate) fn of_origin(headers: &'r HeaderMap) -> Self {
        let Some(line) = headers.get(&header::ORIGIN) else {
            return Self::None;
        };
        // If there are as many lines as names, no name has several lines.
        if headers.len() != headers.keys_len() && has_several_origins(headers) {
            Self::Several
        } else {
            Self::One(line)
        }
    }

    fn add(&mut self, line: &'r HeaderValue) {
        *self = match self {
            Self::None => Self::One(line),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

fn has_several_origins(headers: &HeaderMap) -> bool {
    headers.get_all(header::ORIGIN).iter().nth(1).is_some()
}

/// A [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request).
#[derive(Debug)]
pub(crate) struct PreflightRequest<'r> {
    pub(crate) origin: Lines<'r>,
    /// The method of the actual request.
    pub(crate) method: &'r HeaderValue,
    /// The names of the actual request's headers.
    names: Lines<'r>,
    /// Whether the actual request goes to a private network.
    pub(crate) private_network: bool,
    /// All headers of the preflight, for names on several lines.
    all: &'r HeaderMap,
}

impl<'r> PreflightRequest<'r> {
    /// Reads an OPTIONS request. It is `None` if the request is not a CORS-preflight request, because it
    /// does not name exactly one method.
    ///
    /// One pass over the headers costs less than four look-ups.
    #[inline]
    pub(crate) fn read(headers: &'r HeaderMap) -> Option<Self> {
        let mut origin = Lines::None;
        let mut method = Lines::None;
        let mut names = Lines::None;
        let mut private_network = Lines::None;
        for (name, value) in headers {
            if *name == header::ORIGIN {
                origin.add(value);
            } else if *name == header::ACCESS_CONTROL_REQUEST_METHOD {
                method.add(value);
            } else if *name == header::ACCESS_CONTROL_REQUEST_HEADERS {
                names.add(value);
            } else if *name == REQUEST_PRIVATE_NETWORK {
                private_network.add(value);
            }
        }
        match method {
            Lines::One(method) if !method.is_empty() => Some(Self {
                origin,
                method,
                names,
                private_network: matches!(private_network, Lines::One(value) if value == "true"),
                all: headers,
            }),
            _ => None,
        }
    }

    /// The lines of names, if there are several.
    fn lines_of_names(&self) -> impl Iterator<Item = &'r HeaderValue> + use<'r> {
        let lines = self.all.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
        lines.into_iter()
    }
}
