//! The headers of a CORS request.

use http::{HeaderMap, HeaderValue, header};

use crate::names::REQUEST_PRIVATE_NETWORK;

/// The lines of a header that should stand once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Line<'r> {
    None,
    One(&'r HeaderValue),
    Several,
}

impl<'r> Line<'r> {
    /// The lines of `Origin`.
    #[inline(always)]
    pub(crate) fn origin(headers: &'r HeaderMap) -> Self {
        let Some(line) = headers.get(&header::ORIGIN) else {
            return Self::None;
        };
        // With as many lines as names, no name has several.
        match headers.len() != headers.keys_len() && has_several_origins(headers) {
            true => Self::Several,
            false => Self::One(line),
        }
    }

    fn add(&mut self, line: &'r HeaderValue) {
        *self = match self {
            Self::None => Self::One(line),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

#[cold]
fn has_several_origins(headers: &HeaderMap) -> bool {
    headers.get_all(header::ORIGIN).iter().nth(1).is_some()
}

/// What a CORS-preflight request asks for.
#[derive(Debug)]
pub(crate) struct Asked<'r> {
    pub(crate) origin: Line<'r>,
    pub(crate) method: &'r HeaderValue,
    pub(crate) headers: Line<'r>,
    pub(crate) private_network: bool,
    /// The whole request, for headers of several lines.
    pub(crate) all: &'r HeaderMap,
}

impl<'r> Asked<'r> {
    /// Reads an OPTIONS request; `None` where it is no CORS-preflight request, since it does not
    /// name one method.
    ///
    /// One pass finds the four headers for less than the four look-ups would cost.
    #[inline(always)]
    pub(crate) fn read(headers: &'r HeaderMap) -> Option<Self> {
        let mut origin = Line::None;
        let mut method = Line::None;
        let mut names = Line::None;
        let mut private_network = Line::None;
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
            Line::One(method) if !method.is_empty() => Some(Self {
                origin,
                method,
                headers: names,
                private_network: matches!(private_network, Line::One(value) if value == "true"),
                all: headers,
            }),
            _ => None,
        }
    }
}

/// Whether a text is a token (RFC 9110, section 5.6.2): a method or a header name.
pub(crate) fn is_token(text: &[u8]) -> bool {
    const TOKEN: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0x21;
        while byte < 0x7F {
            table[byte as usize] = !matches!(
                byte,
                b'"' | b'(' | b')' | b',' | b'/' | b':'..=b'@' | b'[' | b'\\' | b']' | b'{' | b'}'
            );
            byte += 1;
        }
        table
    };
    !text.is_empty() && text.iter().all(|byte| TOKEN[*byte as usize])
}
