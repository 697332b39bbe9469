//! A look at everything before the place where the parser stopped.

use std::ops::Range;

use super::DEEPEST;

/// What stands before some place of a text.
#[derive(Default)]
pub(super) struct Scan {
    /// The first `{{` outside of strings.
    pub(super) template: Option<usize>,
    /// The first `//`, `/*` or `#` outside of strings.
    pub(super) comment: Option<usize>,
    /// The brackets that are open at the end.
    pub(super) open: Vec<usize>,
    /// The first bracket that nests too deep; what follows is not looked at.
    pub(super) too_deep: Option<usize>,
    /// The last string, with its quotation marks; it goes on to the end if it is not closed.
    pub(super) string: Option<Range<usize>>,
}

impl Scan {
    pub(super) fn over(text: &str, end: usize) -> Self {
        let bytes = text.as_bytes();
        let mut scan = Self::default();
        let mut at = 0;
        // Nobody reads on where the parser of KrakenD gives up.
        while at < end && scan.too_deep.is_none() {
            at = scan.step(bytes, at);
        }
        // The parser stops at the first character of a comment, or at either brace of a template.
        if let Some(b"{{" | b"//" | b"/*") = bytes.get(end..end + 2) {
            scan.sign(bytes, end);
        } else if bytes.get(end) == Some(&b'#') {
            scan.comment.get_or_insert(end);
        }
        scan
    }

    fn step(&mut self, bytes: &[u8], at: usize) -> usize {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at + 1);
                self.string = Some(at..end);
                return end;
            }
            byte @ (b'{' | b'[') => {
                if byte == b'{' {
                    self.sign(bytes, at);
                }
                self.open.push(at);
                if self.open.len() > DEEPEST {
                    self.too_deep = Some(at);
                }
            }
            b'}' | b']' => {
                self.open.pop();
            }
            b'#' => {
                self.comment.get_or_insert(at);
            }
            b'/' => self.sign(bytes, at),
            _ => {}
        }
        at + 1
    }

    /// A sign of two characters.
    fn sign(&mut self, bytes: &[u8], at: usize) {
        match bytes.get(at..at + 2) {
            Some(b"{{") => _ = self.template.get_or_insert(at),
            Some(b"//" | b"/*") => _ = self.comment.get_or_insert(at),
            _ => {}
        }
    }
}

/// The end of a string whose inside begins at `at`, behind its quotation mark.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            // An unclosed string must not swallow the rest of the file.
            b'\n' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}
