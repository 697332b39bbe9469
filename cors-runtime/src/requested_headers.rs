//! The names in `Access-Control-Request-Headers`.
//!
//! Browsers send one line of lower-case names, sorted, without spaces (Fetch, "CORS-preflight
//! fetch"); intermediaries may split the line, add spaces and leave empty elements behind.

use http::{HeaderMap, HeaderValue, header};

use crate::bytes::SHORT;
use crate::parts::Names;
use crate::refusal::Stretch;
use crate::request::{Asked, Line, is_token};

/// How many elements may be empty, over all lines. Intermediaries leave a few behind; more are an
/// attempt to make work.
const MOST_EMPTY: usize = 16;

/// More bytes than this are not echoed. Servers mostly allow less for all headers together, so
/// this refuses nothing that a browser gets through to one.
const LONGEST_ECHO: usize = 64 * 1024;

/// Nor are more lines; browsers send one.
const MOST_LINES: usize = 16;

/// Whether every name is in a list.
#[inline(always)]
pub(crate) fn all_listed<'r>(asked: &Asked<'r>, names: &Names) -> Result<(), Stretch<'r>> {
    let known = match asked.headers {
        Line::One(line) => match names.behind(line.as_bytes()) {
            [] => return Ok(()),
            rest => {
                let known = line.len() - rest.len();
                if let Some(len) = plain_stranger(rest, names) {
                    return Err(Stretch::new(line, known..known + len));
                }
                known
            }
        },
        Line::None => return Ok(()),
        Line::Several => 0,
    };
    all(asked.headers, asked.all, known, |name| names.contain(name))
}

/// The length of a name at the start that is not in a list, where it is written as a browser
/// writes it: in lower case, with a bare comma behind it or nothing.
#[inline]
fn plain_stranger(line: &[u8], names: &Names) -> Option<usize> {
    let len = line
        .iter()
        .position(|byte| !is_plain(*byte))
        .unwrap_or(line.len());
    let (name, behind) = line.split_at_checked(len)?;
    let plain = matches!(name.len(), 1..=SHORT) && matches!(behind, [] | [b',', ..]);
    (plain && !names.contain_exactly(name)).then_some(len)
}

#[inline(always)]
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

/// Goes through all names until one is not `good`; the first bytes of a single line may be known.
#[inline(never)]
fn all<'r>(
    lines: Line<'r>,
    request: &'r HeaderMap,
    known: usize,
    good: impl Fn(&[u8]) -> bool,
) -> Result<(), Stretch<'r>> {
    let mut empty = MOST_EMPTY;
    let mut read = |line, known| elements(line, known, &mut empty, &good);
    match lines {
        Line::None => Ok(()),
        Line::One(line) => read(line, known),
        Line::Several => several(request).try_for_each(|line| read(line, 0)),
    }
}

fn several(request: &HeaderMap) -> impl Iterator<Item = &HeaderValue> {
    let lines = request.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
    lines.into_iter()
}

/// Goes through the elements of a line (RFC 9110, section 5.6.1) behind its known bytes, and counts
/// down the empty ones that there may still be.
fn elements<'r>(
    line: &'r HeaderValue,
    known: usize,
    empty: &mut usize,
    good: impl Fn(&[u8]) -> bool,
) -> Result<(), Stretch<'r>> {
    let text = line.as_bytes();
    let mut start = known;
    while let Some(rest) = text.get(start..) {
        let len = match rest {
            [b',', ..] => 0,
            _ => rest
                .iter()
                .position(|byte| *byte == b',')
                .unwrap_or(rest.len()),
        };
        let element = rest.get(..len).unwrap_or(rest);
        let name = element.trim_ascii();
        if name.is_empty() {
            *empty = empty.checked_sub(1).ok_or(Stretch::whole(line))?;
        } else if !good(name) {
            start += len - element.trim_ascii_start().len();
            return Err(Stretch::new(line, start..start + name.len()));
        }
        start += len + 1;
    }
    Ok(())
}

/// Whether a line is a list as browsers write it, of names in lower case with bare commas between
/// them. This takes few instructions a byte, and spares a closer look.
fn is_tidy(line: &[u8]) -> bool {
    let ([first, rest @ ..], [start @ .., last]) = (line, line) else {
        return false;
    };
    if *first == b',' || *last == b',' {
        return false;
    }
    let usual = line.iter().fold(true, |usual, byte| {
        usual & (is_plain(*byte) | (*byte == b','))
    });
    let gap = start.iter().zip(rest).fold(false, |gap, (byte, next)| {
        gap | (*byte == b',') & (*next == b',')
    });
    usual & !gap
}

/// Lines of names that are sent back as they came.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Echo<'r> {
    None,
    One(&'r HeaderValue),
    /// All lines of a request.
    Several(&'r HeaderMap),
    /// Lines that were kept.
    Kept(&'r [HeaderValue]),
}

/// The same, kept until the answer is written.
#[derive(Clone, Debug)]
pub(crate) enum KeptEcho {
    None,
    One(HeaderValue),
    Several(Vec<HeaderValue>),
}

impl<'r> Echo<'r> {
    /// The lines of a request, if they are a list of names and not too long.
    #[inline]
    pub(crate) fn of(lines: Line<'r>, request: &'r HeaderMap) -> Result<Self, Stretch<'r>> {
        match lines {
            Line::None => Ok(Self::None),
            Line::One(line) if line.len() > LONGEST_ECHO => Err(Stretch::whole(line)),
            Line::One(line) if is_tidy(line.as_bytes()) => Ok(Self::One(line)),
            Line::One(line) => {
                all(lines, request, 0, is_token)?;
                Ok(Self::One(line))
            }
            Line::Several => Self::of_several(request),
        }
    }

    #[cold]
    fn of_several(request: &'r HeaderMap) -> Result<Self, Stretch<'r>> {
        let mut left = LONGEST_ECHO;
        for (nth, line) in several(request).enumerate() {
            let rest = left.checked_sub(line.len()).filter(|_| nth < MOST_LINES);
            left = rest.ok_or(Stretch::whole(line))?;
        }
        all(Line::Several, request, 0, is_token)?;
        Ok(Self::Several(request))
    }

    #[inline(always)]
    pub(crate) fn keep(self) -> KeptEcho {
        match self {
            Self::None => KeptEcho::None,
            Self::One(line) => KeptEcho::One(line.clone()),
            Self::Several(request) => KeptEcho::Several(several(request).cloned().collect()),
            Self::Kept(lines) => KeptEcho::Several(lines.into()),
        }
    }

    #[inline]
    pub(crate) fn for_each(self, mut write: impl FnMut(&HeaderValue)) {
        match self {
            Self::None => {}
            Self::One(line) => write(line),
            Self::Several(request) => several(request).for_each(write),
            Self::Kept(lines) => lines.iter().for_each(write),
        }
    }
}

impl KeptEcho {
    #[inline]
    pub(crate) fn borrow(&self) -> Echo<'_> {
        match self {
            Self::None => Echo::None,
            Self::One(line) => Echo::One(line),
            Self::Several(lines) => Echo::Kept(lines),
        }
    }
}
