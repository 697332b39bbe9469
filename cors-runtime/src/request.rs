//! The headers of a CORS request.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::names::REQUEST_PRIVATE_NETWORK;

/// The lines of a header that should stand once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Line<'r> {
    None,
    One(&'r HeaderValue),
    Several,
}

impl<'r> Line<'r> {
    pub(crate) fn of(headers: &'r HeaderMap, name: HeaderName) -> Self {
        let mut lines = headers.get_all(name).into_iter();
        match (lines.next(), lines.next()) {
            (None, _) => Self::None,
            (Some(line), None) => Self::One(line),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    fn add(&mut self, line: &'r HeaderValue) {
        *self = match self {
            Self::None => Self::One(line),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
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

/// How many elements of a list may be empty, over all its lines. Intermediaries leave a few
/// behind; more are an attempt to make work.
const MOST_EMPTY: usize = 16;

/// A list that is not one: its elements are read no further.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Malformed;

/// Calls `each` with the place of every element of a line (RFC 9110, section 5.6.1), and counts
/// down the empty ones.
pub(crate) fn elements(
    line: &[u8],
    empty: &mut Empty,
    mut each: impl FnMut(usize, &[u8]) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut start = 0;
    loop {
        let rest = line.get(start..).unwrap_or_default();
        let len = rest
            .iter()
            .position(|byte| *byte == b',')
            .unwrap_or(rest.len());
        let element = rest.get(..len).unwrap_or_default();
        let blank = element
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let name = element.trim_ascii();
        match name.is_empty() {
            true => empty.one()?,
            false => each(start + blank, name)?,
        }
        if len == rest.len() {
            return Ok(());
        }
        start += len + 1;
    }
}

/// The empty elements that a list may still have.
#[derive(Debug)]
pub(crate) struct Empty(usize);

impl Default for Empty {
    fn default() -> Self {
        Self(MOST_EMPTY)
    }
}

impl Empty {
    fn one(&mut self) -> Result<(), Malformed> {
        self.0 = self.0.checked_sub(1).ok_or(Malformed)?;
        Ok(())
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
