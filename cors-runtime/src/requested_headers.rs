//! The names in `Access-Control-Request-Headers`.
//!
//! Browsers send one line of lower-case names, sorted, without spaces (Fetch, "CORS-preflight
//! fetch"); intermediaries may split the line, add spaces and leave empty elements behind.

use std::slice;

use http::{HeaderValue, header};

use crate::headers::Writer;
use crate::parts::Names;
use crate::refusal::Stretch;
use crate::request::{Asked, Line, is_token, is_token_byte};

/// How many elements may be empty, over all lines. Intermediaries leave a few behind; more are an
/// attempt to make work.
const MOST_EMPTY: usize = 16;

/// More bytes than this are not echoed. Servers mostly allow less for all headers together, so
/// this refuses nothing that a browser gets through to one.
const LONGEST_ECHO: usize = 64 * 1024;

/// Nor are more lines; browsers send one.
const MOST_LINES: usize = 16;

/// Whether every name is in a list.
pub(crate) fn all_listed<'r>(asked: &Asked<'r>, names: &Names) -> Result<(), Stretch<'r>> {
    all(asked, |name| names.contain(name))
}

/// Goes through all names until one is not `good`.
#[inline]
fn all<'r>(asked: &Asked<'r>, good: impl Fn(&[u8]) -> bool) -> Result<(), Stretch<'r>> {
    let mut empty = MOST_EMPTY;
    let mut read = |line| elements(line, &mut empty, &good);
    match asked.headers {
        Line::None => Ok(()),
        Line::One(line) => read(line),
        Line::Several => several(asked).try_for_each(read),
    }
}

fn several<'r>(asked: &Asked<'r>) -> impl Iterator<Item = &'r HeaderValue> {
    let lines = asked.all.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
    lines.into_iter()
}

/// Goes through the elements of a line (RFC 9110, section 5.6.1), and counts down the empty ones
/// that there may still be.
#[inline]
fn elements<'r>(
    line: &'r HeaderValue,
    empty: &mut usize,
    good: impl Fn(&[u8]) -> bool,
) -> Result<(), Stretch<'r>> {
    let mut start = 0;
    for element in line.as_bytes().split(|byte| *byte == b',') {
        let name = element.trim_ascii();
        if name.is_empty() {
            *empty = empty.checked_sub(1).ok_or(Stretch::whole(line))?;
        } else if !good(name) {
            let start = start + element.len() - element.trim_ascii_start().len();
            let end = start + name.len();
            return Err(Stretch { line, start, end });
        }
        start += element.len() + 1;
    }
    Ok(())
}

/// Lines of names that are sent back as they came.
#[derive(Clone, Debug)]
pub(crate) enum Echo {
    One(HeaderValue),
    Several(Box<[HeaderValue]>),
}

impl Echo {
    /// The lines of a request, if they are a list of names and not too long; `None` without any.
    pub(crate) fn of<'r>(asked: &Asked<'r>) -> Result<Option<Self>, Stretch<'r>> {
        match asked.headers {
            Line::None => Ok(None),
            Line::One(line) if line.len() > LONGEST_ECHO => Err(Stretch::whole(line)),
            Line::One(line) if is_plain_list(line.as_bytes()) => Ok(Some(Self::One(line.clone()))),
            Line::One(line) => {
                all(asked, is_token)?;
                Ok(Some(Self::One(line.clone())))
            }
            Line::Several => Self::of_several(asked),
        }
    }

    #[cold]
    fn of_several<'r>(asked: &Asked<'r>) -> Result<Option<Self>, Stretch<'r>> {
        let mut left = LONGEST_ECHO;
        for (nth, line) in several(asked).enumerate() {
            let rest = left.checked_sub(line.len()).filter(|_| nth < MOST_LINES);
            left = rest.ok_or(Stretch::whole(line))?;
        }
        all(asked, is_token)?;
        Ok(Some(Self::Several(several(asked).cloned().collect())))
    }

    pub(crate) fn write(&self, writer: &mut Writer<'_>) {
        let lines = match self {
            Self::One(line) => slice::from_ref(line),
            Self::Several(lines) => lines,
        };
        for line in lines {
            writer.set(header::ACCESS_CONTROL_ALLOW_HEADERS, line.clone());
        }
    }
}

/// Whether a line is a list as browsers write it, of names and nothing else. One look at each byte
/// tells, and spares a closer look.
fn is_plain_list(line: &[u8]) -> bool {
    let mut after_comma = true;
    line.iter().all(|byte| {
        let is_comma = *byte == b',';
        let good = if is_comma {
            !after_comma
        } else {
            is_token_byte(*byte)
        };
        after_comma = is_comma;
        good
    })
}
