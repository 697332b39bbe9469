//! The names in `Access-Control-Request-Headers`.
//!
//! Browsers send one line of lower-case names, sorted, without spaces (Fetch, "CORS-preflight
//! fetch"); intermediaries may split the line, add spaces and leave empty elements behind.

use http::{HeaderMap, HeaderValue, header};

use crate::headers::Writer;
use crate::parts::Table;
use crate::request::{Asked, Empty, Line, Malformed, elements, is_token};

/// More than this is not echoed. Servers mostly allow less for all headers together, so this
/// refuses nothing that a browser gets through to one.
const LONGEST_ECHO: usize = 64 * 1024;

/// A name that is not allowed, or a stretch that is no name.
#[derive(Debug)]
pub(crate) struct Unlisted<'r> {
    pub(crate) line: &'r HeaderValue,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Every line of names.
fn lines<'r>(asked: &Asked<'r>) -> impl Iterator<Item = &'r HeaderValue> {
    let (one, several) = match asked.headers {
        Line::None => (None, None),
        Line::One(line) => (Some(line), None),
        Line::Several => {
            let all: &HeaderMap = asked.all;
            (
                None,
                Some(all.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS)),
            )
        }
    };
    one.into_iter().chain(several.into_iter().flatten())
}

/// Goes through all names until one is not `good`.
fn all<'r>(asked: &Asked<'r>, good: impl Fn(&[u8]) -> bool) -> Result<(), Unlisted<'r>> {
    let mut empty = Empty::default();
    for line in lines(asked) {
        let (mut start, mut end) = (0, line.len());
        let read = elements(line.as_bytes(), &mut empty, |at, name| {
            (start, end) = (at, at + name.len());
            if good(name) { Ok(()) } else { Err(Malformed) }
        });
        if read.is_err() {
            return Err(Unlisted { line, start, end });
        }
    }
    Ok(())
}

/// Whether every name is in a list.
pub(crate) fn all_listed<'r>(asked: &Asked<'r>, names: &Table) -> Result<(), Unlisted<'r>> {
    all(asked, |name| names.find_ignore_case(name).is_some())
}

/// Names that are sent back as they came.
#[derive(Clone, Debug)]
pub(crate) struct Echo {
    first: HeaderValue,
    /// Mostly none, and then nothing is allocated.
    others: Vec<HeaderValue>,
}

impl Echo {
    /// The lines of a request, if they are a list of names and not too long; `None` without any.
    pub(crate) fn of<'r>(asked: &Asked<'r>) -> Result<Option<Self>, Unlisted<'r>> {
        let mut left = LONGEST_ECHO;
        for line in lines(asked) {
            left = left.checked_sub(line.len()).ok_or(Unlisted {
                line,
                start: 0,
                end: line.len(),
            })?;
        }
        all(asked, is_token)?;
        let mut lines = lines(asked);
        let Some(first) = lines.next() else {
            return Ok(None);
        };
        Ok(Some(Self {
            first: first.clone(),
            others: lines.cloned().collect(),
        }))
    }

    pub(crate) fn write(&self, writer: &mut Writer<'_>) {
        writer.set(header::ACCESS_CONTROL_ALLOW_HEADERS, self.first.clone());
        for line in &self.others {
            writer.add(header::ACCESS_CONTROL_ALLOW_HEADERS, line.clone());
        }
    }
}
