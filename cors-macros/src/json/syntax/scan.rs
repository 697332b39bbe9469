//! A look at everything before the place where the parser stopped.

use super::DEEPEST;
use crate::finding::Place;

/// What stands before some place of a text.
#[derive(Default)]
pub(super) struct Scan {
    /// The first `{{`, `{%` or `{#` outside of strings.
    pub(super) template: Option<usize>,
    /// The first `//`, `/*` or `#` outside of strings.
    pub(super) comment: Option<usize>,
    /// The brackets that are open at the end.
    pub(super) open: Vec<usize>,
    /// The first bracket that nests too deep; what follows is not looked at.
    pub(super) too_deep: Option<usize>,
    /// The first number that is too large for a `float64`.
    pub(super) too_large: Option<Place>,
    /// The last string, with its quotation marks; it goes on to the end if it is not closed.
    pub(super) string: Option<Place>,
}

impl Scan {
    pub(super) fn over(text: &str, end: usize) -> Self {
        let bytes = text.as_bytes();
        let mut scan = Self::default();
        let mut at = 0;
        // Nobody reads on where the parser of KrakenD gives up.
        while at < end && scan.too_deep.is_none() {
            at = scan.step(text, at);
        }
        // The parser stops at the first character of a comment, and at either of a template.
        if at == end && matches!(bytes.get(end), Some(b'{' | b'/' | b'#')) {
            scan.sign(bytes, end);
        }
        scan
    }

    /// Looks at one token, and says where it ends.
    fn step(&mut self, text: &str, at: usize) -> usize {
        let bytes = text.as_bytes();
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at + 1);
                self.string = Some(Place::new(at, end));
                return end;
            }
            b'-' | b'0'..=b'9' => {
                let end = number_end(bytes, at);
                let number = text.get(at..end).and_then(|number| number.parse().ok());
                if number.is_some_and(f64::is_infinite) {
                    self.too_large.get_or_insert(Place::new(at, end));
                }
                return end;
            }
            b'{' | b'[' => {
                self.sign(bytes, at);
                self.open.push(at);
                if self.open.len() > DEEPEST {
                    self.too_deep = Some(at);
                }
            }
            b'}' | b']' => {
                self.open.pop();
            }
            b'#' | b'/' => self.sign(bytes, at),
            _ => {}
        }
        at + 1
    }

    /// What a template or a comment begins with.
    fn sign(&mut self, bytes: &[u8], at: usize) {
        match bytes[at..] {
            [b'{', b'{', ..] if begins_with_key(&bytes[at + 2..]) => {}
            [b'{', b'{' | b'%', ..] => _ = self.template.get_or_insert(at),
            [b'{', b'#', ..] if closes_on_line(&bytes[at..]) => {
                self.template.get_or_insert(at);
            }
            [b'#', ..] | [b'/', b'/' | b'*', ..] => _ = self.comment.get_or_insert(at),
            _ => {}
        }
    }
}

/// Whether a `{{` is one bracket too many, and not the start of a template: `{{ "key": …`.
fn begins_with_key(bytes: &[u8]) -> bool {
    let key = bytes.trim_ascii_start();
    key.starts_with(b"\"")
        && key[string_end(key, 1)..]
            .trim_ascii_start()
            .starts_with(b":")
}

/// Whether a `{#` is Jinja's comment: `{# … #}`.
fn closes_on_line(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next();
    line.is_some_and(|line| line.windows(2).any(|pair| pair == b"#}"))
}

/// The end of a number that begins at `at`.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
    at + bytes[at..].iter().take_while(|byte| is_part(byte)).count()
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
