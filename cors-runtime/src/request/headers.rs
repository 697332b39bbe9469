//! The names in `Access-Control-Request-Headers`.
//!
//! Browsers send one line of sorted lower-case names without spaces ([Fetch § CORS-preflight fetch]).
//! Intermediaries may split the line, add spaces and leave empty elements behind.
//!
//! [Fetch § CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch

use http::HeaderValue;

use super::{Lines, PreflightRequest};
use crate::matching::bytes::{is_token, same};
use crate::parts::Headers;
use crate::refusal::{Refusal, RefusedValue};

/// How many elements may be empty, in all lines together. Intermediaries leave a few behind. More are
/// meant to waste time.
const MOST_EMPTY: usize = 16;

/// How many more names may be requested than are listed. Browsers send each name once.
const MOST_REPEATED: usize = 16;

/// How many bytes are read name by name at most, in all lines together: those that no browser writes.
const LONGEST_READ: usize = 4 * 1024;

/// How many bytes are echoed at most. Most servers accept less for all headers together, so this
/// refuses nothing that a browser can send to one.
const LONGEST_ECHO: usize = 64 * 1024;

/// How many lines are echoed at most. Browsers send one.
const MOST_LINES: usize = 16;

/// Whether a policy allows every header that a preflight requests.
pub(crate) fn all_listed(
    request: &PreflightRequest<'_>,
    allowed: &Headers,
    sorted: &[&str],
) -> Result<(), Refusal> {
    let most = sorted.len() + MOST_REPEATED;
    let good = |name: &[u8]| allowed.allow(name);
    match request.names {
        Lines::None => Ok(()),
        Lines::One(line) => match first_unknown(line.as_bytes(), sorted) {
            None => Ok(()),
            Some(start) => {
                let known = line.as_bytes().get(..start).unwrap_or_default();
                let passed = known.iter().filter(|byte| **byte == b',').count();
                Reading::of_names(most.saturating_sub(passed)).read(line, start, good)
            }
        },
        Lines::Several => {
            let mut reading = Reading::of_names(most);
            let mut lines = request.lines_of_names();
            lines.try_for_each(|line| reading.read(line, 0, good))
        }
    }
}

/// Where the first element of a line begins that needs a closer look. All elements before it are allowed
/// names as a browser writes them: in lower case, sorted by byte, each once, with only a comma between
/// them.
///
/// Both lists have the same order, so one pass is enough. For a line of twelve names, that takes 2 000
/// instructions less than looking each of them up.
fn first_unknown(line: &[u8], sorted: &[&str]) -> Option<usize> {
    let mut rest = line;
    for name in sorted {
        let Some((head, tail)) = rest.split_at_checked(name.len()) else {
            continue;
        };
        let next = match tail {
            [] => tail,
            [b',', next @ ..] => next,
            // No element ends where this name would end.
            _ => continue,
        };
        if same(head, name.as_bytes()) {
            if tail.is_empty() {
                return None;
            }
            rest = next;
        }
    }
    Some(line.len() - rest.len())
}

/// How much may still be read name by name, so that no line costs more than that.
struct Reading {
    bytes: usize,
    names: usize,
    empty: usize,
}

impl Reading {
    fn of_names(names: usize) -> Self {
        Self {
            bytes: LONGEST_READ,
            names,
            empty: MOST_EMPTY,
        }
    }

    /// Checks the elements of a line ([RFC 9110, section 5.6.1]) from `start` on, until one is not `good`.
    ///
    /// [RFC 9110, section 5.6.1]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
    fn read(
        &mut self,
        line: &HeaderValue,
        mut start: usize,
        good: impl Fn(&[u8]) -> bool,
    ) -> Result<(), Refusal> {
        let text = line.as_bytes();
        let too_long = || Refusal::HeaderList(RefusedValue::of(text));
        self.bytes = self.bytes.checked_sub(text.len()).ok_or_else(too_long)?;
        while let Some(rest) = text.get(start..) {
            let comma = rest.iter().position(|byte| *byte == b',');
            let len = comma.unwrap_or(rest.len());
            let element = rest.get(..len).unwrap_or(rest);
            let name = element.trim_ascii();
            let left = match name {
                [] => &mut self.empty,
                _ => &mut self.names,
            };
            *left = left.checked_sub(1).ok_or_else(too_long)?;
            if !name.is_empty() && !good(name) {
                return Err(Refusal::Header(RefusedValue::of_name(name)));
            }
            start += len + 1;
        }
        Ok(())
    }
}

/// Whether a line is a list as browsers write it: names in lower case with only a comma between them. In
/// a long line this takes less than two instructions per byte, where a closer look takes twelve.
fn is_tidy(line: &[u8]) -> bool {
    let ([first, rest @ ..], [start @ .., last]) = (line, line) else {
        return false;
    };
    if *first == b',' || *last == b',' {
        return false;
    }
    let usual = line.iter().fold(true, |usual, byte| {
        usual & matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b',')
    });
    let gap = start.iter().zip(rest).fold(false, |gap, (byte, next)| {
        gap | (*byte == b',') & (*next == b',')
    });
    usual & !gap
}

/// The requested headers as they are echoed, if they are a list of names and not too long.
pub(crate) fn echo(request: &PreflightRequest<'_>) -> Result<Option<HeaderValue>, Refusal> {
    match request.names {
        Lines::None => Ok(None),
        Lines::One(line) if line.len() > LONGEST_ECHO => {
            Err(Refusal::HeaderList(RefusedValue::of(line.as_bytes())))
        }
        Lines::One(line) => {
            if !is_tidy(line.as_bytes()) {
                Reading::of_names(usize::MAX).read(line, 0, is_token)?;
            }
            Ok(Some(line.clone()))
        }
        Lines::Several => echo_several(request),
    }
}

/// Joins the lines into one, which has the same meaning.
// Measured: without `cold`, a preflight with one line of echoed names takes 5 instructions more.
#[cold]
fn echo_several(request: &PreflightRequest<'_>) -> Result<Option<HeaderValue>, Refusal> {
    let mut left = LONGEST_ECHO;
    let mut reading = Reading::of_names(usize::MAX);
    for (nth, line) in request.lines_of_names().enumerate() {
        let rest = left.checked_sub(line.len()).filter(|_| nth < MOST_LINES);
        left = rest.ok_or_else(|| Refusal::HeaderList(RefusedValue::of(line.as_bytes())))?;
        if !is_tidy(line.as_bytes()) {
            reading.read(line, 0, is_token)?;
        }
    }
    let lengths = request.lines_of_names().map(|line| line.len() + 2);
    let mut joined = Vec::with_capacity(lengths.sum::<usize>().saturating_sub(2));
    for (nth, line) in request.lines_of_names().enumerate() {
        if nth > 0 {
            joined.extend_from_slice(b", ");
        }
        joined.extend_from_slice(line.as_bytes());
    }
    // Each line is a list of names, so all of them together are one.
    Ok(HeaderValue::try_from(joined).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_tells_what_browsers_write() {
        const NAMES: &[&str] = &[
            "a",
            "if-match",
            "x-a",
            "x-a-b",
            "x-request-id-of-the-customer",
        ];
        // The bar is before the first unknown element.
        for line in [
            "a",
            "a,if-match,x-a,x-a-b,x-request-id-of-the-customer",
            "x-a",
            "x-a-b",
            "x-a,x-request-id-of-the-customer",
            "x-request-id-of-the-customer",
            "|",
            "|,",
            "a,|",
            "a,|,x-a",
            "|,a",
            "a,| x-a",
            "x-a,|a",
            "a,|a",
            "|A",
            "|b",
            "|x-",
            "|x-a-b-c",
            "a,|b,x-a",
            "|x-request-id-of-the-customes",
            "x-a,|x-request-id-of-the-customer-",
        ] {
            let unknown = line.find('|');
            let text = line.replace('|', "");
            assert_eq!(first_unknown(text.as_bytes(), NAMES), unknown, "{line}");
        }
    }

    #[test]
    fn tidy_lines_are_lists_of_tokens() {
        for byte in 0..=255 {
            let line = [b'a', byte, b'b'];
            let usual = byte == b',' || is_token(&[byte]) && !byte.is_ascii_uppercase();
            assert!(!is_tidy(&line) || usual, "{byte}");
        }
        for (line, expected) in [
            ("a", true),
            ("a,b-1", true),
            ("", false),
            (",", false),
            (",a", false),
            ("a,", false),
            ("a,,b", false),
            ("a,,b,,c", false),
            ("a, b", false),
            ("A", false),
        ] {
            assert_eq!(is_tidy(line.as_bytes()), expected, "{line}");
        }
    }
}
