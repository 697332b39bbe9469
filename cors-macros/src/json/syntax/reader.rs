//! The first mistake of a text that is not JSON.
//!
//! `serde_json` reads the documents. Why it refuses one is found out here, since its messages are
//! no interface: they may be worded anew, and their columns counted anew, in every version.

use super::DEEPEST;
use crate::finding::Place;

/// What is wrong at the place where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// No value begins so.
    Value,
    /// A word that is not `true`, `false` or `null`.
    Word,
    Number,
    /// No key begins so.
    Key,
    /// A key without its colon.
    Colon,
    /// Neither a comma nor the closing bracket.
    Comma,
    /// Something follows the document.
    Trailing,
    /// A backslash that begins no escape.
    Escape,
    /// A control character in a string, or a line break.
    Control,
    /// The text ends too early.
    End,
    /// The same, inside a string.
    EndOfString,
}

/// What is read of a text, up to its end or its first mistake.
#[derive(Default)]
pub(super) struct Read {
    /// Where the text stops being JSON, and why. The place is that of the first wrong character; of
    /// a wrong escape, that of its backslash.
    pub(super) mistake: Option<(usize, Why)>,
    /// The brackets that are open there.
    pub(super) open: Vec<usize>,
    /// The last string, with its quotation marks; it ends with its line if it is not closed.
    pub(super) string: Option<Place>,
    /// The first bracket that nests deeper than Go reads.
    pub(super) too_deep: Option<usize>,
    /// The first number that is too large for a `float64`.
    pub(super) too_large: Option<Place>,
}

pub(super) fn read(text: &str) -> Read {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
        read: Read::default(),
    };
    let mistake = reader.document().err();
    let mut read = reader.read;
    read.mistake = mistake.map(|why| match why {
        Why::End | Why::EndOfString => (text.trim_end().len(), why),
        _ => (reader.at, why),
    });
    read
}

/// The end of a string whose inside begins at `at`, behind its quotation mark.
pub(in crate::json) fn string_end(bytes: &[u8], mut at: usize) -> usize {
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

/// Reads JSON for its structure and its first mistake; `at` is there when one is found.
struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
    read: Read,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Why> {
        loop {
            // The head of a list or an object is followed by its first element, if it has one.
            if let Some(closing) = self.value()? {
                if self.token()? == closing {
                    self.close();
                } else {
                    if closing == b'}' {
                        self.key()?;
                    }
                    continue;
                }
            }
            // Behind a value: the next one, or the end of what it is in.
            loop {
                let Some(closing) = self.closing() else {
                    return match self.token() {
                        Ok(_) => Err(Why::Trailing),
                        Err(_) => Ok(()),
                    };
                };
                match self.token()? {
                    b',' => break,
                    found if found == closing => self.close(),
                    _ => return Err(Why::Comma),
                }
            }
            self.at += 1;
            if self.closing() == Some(b'}') {
                self.key()?;
            }
        }
    }

    /// What closes the last bracket that is open.
    fn closing(&self) -> Option<u8> {
        let open = self.read.open.last()?;
        Some(match self.bytes.get(*open) {
            Some(b'{') => b'}',
            _ => b']',
        })
    }

    /// Reads an opening bracket.
    fn open(&mut self) {
        self.read.open.push(self.at);
        if self.read.open.len() > DEEPEST {
            self.read.too_deep.get_or_insert(self.at);
        }
        self.at += 1;
    }

    fn close(&mut self) {
        self.read.open.pop();
        self.at += 1;
    }

    /// The first byte behind white space, where there must be one.
    fn token(&mut self) -> Result<u8, Why> {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        self.peek().ok_or(Why::End)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether the next byte is one of these; if so, it is read.
    fn next_is(&mut self, bytes: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| bytes.contains(&byte));
        self.at += usize::from(found);
        found
    }

    /// How many bytes of a kind follow; they are read.
    fn skip(&mut self, of_kind: impl Fn(u8) -> bool) -> usize {
        let rest = &self.bytes[self.at..];
        let count = rest.iter().take_while(|byte| of_kind(**byte)).count();
        self.at += count;
        count
    }

    /// One value; of a list or an object only the opening bracket, and what closes it.
    fn value(&mut self) -> Result<Option<u8>, Why> {
        match self.token()? {
            b'{' | b'[' => {
                self.open();
                return Ok(self.closing());
            }
            b'"' => self.string()?,
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word(b"true")?,
            b'f' => self.word(b"false")?,
            b'n' => self.word(b"null")?,
            _ => return Err(Why::Value),
        }
        Ok(None)
    }

    /// A key and its colon.
    fn key(&mut self) -> Result<(), Why> {
        if self.token()? != b'"' {
            return Err(Why::Key);
        }
        self.string()?;
        if self.token()? != b':' {
            return Err(Why::Colon);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Why> {
        for expected in word {
            match self.peek() {
                Some(byte) if byte == *expected => self.at += 1,
                Some(_) => return Err(Why::Word),
                None => return Err(Why::End),
            }
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Why> {
        let start = self.at;
        self.next_is(b"-");
        if self.next_is(b"0") {
            // No number has more zeros in front.
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(Why::Number);
            }
        } else {
            self.digits()?;
        }
        if self.next_is(b".") {
            self.digits()?;
        }
        if self.next_is(b"eE") {
            self.next_is(b"+-");
            self.digits()?;
        }
        let number = str::from_utf8(&self.bytes[start..self.at]);
        if number.is_ok_and(|number| number.parse().is_ok_and(f64::is_infinite)) {
            let place = Place::new(start, self.at);
            self.read.too_large.get_or_insert(place);
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Why> {
        match self.skip(|byte| byte.is_ascii_digit()) {
            0 => Err(Why::Number),
            _ => Ok(()),
        }
    }

    fn string(&mut self) -> Result<(), Why> {
        let start = self.at;
        let inside = self.string_inside();
        let end = match inside {
            Ok(()) => self.at,
            Err(_) => string_end(self.bytes, start + 1),
        };
        self.read.string = Some(Place::new(start, end));
        inside
    }

    /// A string to its closing quotation mark.
    fn string_inside(&mut self) -> Result<(), Why> {
        self.at += 1;
        loop {
            self.skip(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(_) => return Err(Why::Control),
                None => return Err(Why::EndOfString),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Why> {
        let escape = self.bytes.get(self.at + 1..).unwrap_or_default();
        let len = match escape {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            // Half a surrogate pair is none of the mistakes that are looked for here.
            [b'u', digits @ ..] => match digits.iter().take(4).position(|b| !b.is_ascii_hexdigit())
            {
                None if digits.len() >= 4 => 6,
                None => return Err(Why::EndOfString),
                Some(_) => return Err(Why::Escape),
            },
            [] => return Err(Why::EndOfString),
            _ => return Err(Why::Escape),
        };
        self.at += len;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::{Why, read};

    #[test]
    fn the_place_and_the_reason() {
        let cases = [
            ("", 0, Why::End),
            (" { \n", 2, Why::End),
            ("[1, ", 3, Why::End),
            ("tru", 3, Why::End),
            ("\"a", 2, Why::EndOfString),
            ("\"\\", 2, Why::EndOfString),
            ("\"\\u12", 5, Why::EndOfString),
            ("[x]", 1, Why::Value),
            ("[1,]", 3, Why::Value),
            ("{\"a\":,}", 5, Why::Value),
            ("nul]", 3, Why::Word),
            ("[falsé]", 5, Why::Word),
            ("{a: 1}", 1, Why::Key),
            ("{\"a\": 1,}", 8, Why::Key),
            ("{\"a\" 1}", 5, Why::Colon),
            ("[1 2]", 3, Why::Comma),
            ("[1}", 2, Why::Comma),
            ("{\"a\": [] \"b\": 1}", 9, Why::Comma),
            ("{} {}", 3, Why::Trailing),
            ("1]", 1, Why::Trailing),
            ("[-]", 2, Why::Number),
            ("-", 1, Why::Number),
            ("01", 1, Why::Number),
            ("[1.]", 3, Why::Number),
            ("[1e+]", 4, Why::Number),
            ("\"\\q\"", 1, Why::Escape),
            ("\"a\\u12x4\"", 2, Why::Escape),
            ("\"a\nb\"", 2, Why::Control),
        ];
        for (text, at, why) in cases {
            assert_eq!(read(text).mistake, Some((at, why)), "{text:?}");
        }
    }

    /// Every text of up to four of these pieces.
    #[test]
    fn what_is_json_is_what_serde_json_reads() {
        const PIECES: [&str; 19] = [
            "{", "}", "[", "]", "\"", "\"k\"", ":", ",", "0", "1", "-", ".", "e", "\\", "\\u00e9",
            "null", "t", "\n", " ",
        ];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer: Vec<String> = texts
                .iter()
                .flat_map(|text| PIECES.map(|piece| format!("{text}{piece}")))
                .collect();
            for text in &longer {
                let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
                assert_eq!(read(text).mistake.is_none(), is_json, "{text:?}");
            }
            texts = longer;
        }
    }
}
