//! The first mistake of a text that is not JSON.
//!
//! `serde_json` reads the documents. Why it refuses one is found out here, since its messages are
//! no interface: they may be worded anew, and their columns counted anew, in every version.

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

/// Where a text stops being JSON, and why; none if it is JSON.
///
/// The place is that of the first wrong character; of a wrong escape, that of its backslash.
pub(super) fn first_mistake(text: &str) -> Option<(usize, Why)> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
    };
    let why = reader.document().err()?;
    let at = match why {
        Why::End | Why::EndOfString => text.trim_end().len(),
        _ => reader.at,
    };
    Some((at, why))
}

/// Reads JSON for nothing but its first mistake; `at` is there when one is found.
struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Why> {
        // What closes each bracket.
        let mut open: Vec<u8> = Vec::new();
        loop {
            // The head of a list or an object is followed by its first element, if it has one.
            if let Some(closing) = self.value()? {
                if self.token()? == closing {
                    self.at += 1;
                } else {
                    open.push(closing);
                    if closing == b'}' {
                        self.key()?;
                    }
                    continue;
                }
            }
            // Behind a value: the next one, or the end of what it is in.
            loop {
                let Some(&closing) = open.last() else {
                    return match self.token() {
                        Ok(_) => Err(Why::Trailing),
                        Err(_) => Ok(()),
                    };
                };
                match self.token()? {
                    b',' => break,
                    found if found == closing => _ = open.pop(),
                    _ => return Err(Why::Comma),
                }
                self.at += 1;
            }
            self.at += 1;
            if open.last() == Some(&b'}') {
                self.key()?;
            }
        }
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

    /// One value; of a list or an object the opening bracket alone, and what closes it.
    fn value(&mut self) -> Result<Option<u8>, Why> {
        match self.token()? {
            open @ (b'{' | b'[') => {
                self.at += 1;
                return Ok(Some(if open == b'{' { b'}' } else { b']' }));
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
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Why> {
        match self.skip(|byte| byte.is_ascii_digit()) {
            0 => Err(Why::Number),
            _ => Ok(()),
        }
    }

    fn string(&mut self) -> Result<(), Why> {
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

    use super::{Why, first_mistake};

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
            assert_eq!(first_mistake(text), Some((at, why)), "{text:?}");
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
                assert_eq!(first_mistake(text).is_none(), is_json, "{text:?}");
            }
            texts = longer;
        }
    }
}
