//! Finds what is not shown of a text.

use std::collections::HashMap;

use super::logins::logins;
use crate::config;
use crate::finding::Place;
use crate::literal::beginning;

/// The places that are not shown, in order.
///
/// The text need not be JSON: a key is what has a colon or an equals sign behind it.
pub(super) fn find(text: &str) -> Vec<Place> {
    let mut scan = Scan {
        text,
        at: 0,
        open: Vec::new(),
        is_shown: false,
        in_value: false,
        at_key: false,
        behind_colon: false,
        comment: None,
        unclosed: HashMap::new(),
        keys: HashMap::new(),
        hidden: Vec::new(),
    };
    scan.all();
    scan.hidden
}

/// A bracket that is open.
enum Open {
    Object,
    List { is_shown: bool },
}

struct Comment {
    end: &'static str,
    /// Whether a word is a value behind it.
    in_value: bool,
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    /// Whether a value is shown here.
    is_shown: bool,
    /// Whether a word is a value here; what is in quotation marks always is, unless it is a key.
    in_value: bool,
    /// Whether a key comes next.
    at_key: bool,
    /// Whether a value comes next, even if it has a colon behind it.
    behind_colon: bool,
    comment: Option<Comment>,
    /// Up to where nothing closes an action.
    unclosed: HashMap<&'static str, usize>,
    /// Whether the values of a key are shown. The same few keys come again and again.
    keys: HashMap<&'t str, bool>,
    hidden: Vec<Place>,
}

impl<'t> Scan<'t> {
    fn all(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            match byte {
                _ if self.ends_comment() => {}
                b'\n' => {
                    if self.open.is_empty() {
                        self.settle();
                    }
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'{' | b'[' | b'$' if self.skips() => {}
                b'{' => {
                    self.open.push(Open::Object);
                    self.settle();
                    self.at += 1;
                }
                b'[' => {
                    let is_shown = self.is_shown;
                    self.open.push(Open::List { is_shown });
                    self.settle();
                    self.at += 1;
                }
                b'}' | b']' => {
                    self.open.pop();
                    self.settle();
                    self.at += 1;
                }
                b',' | b';' => {
                    self.settle();
                    self.at += 1;
                }
                b':' | b'=' => {
                    self.in_value = true;
                    self.behind_colon = byte == b':';
                    self.at += 1;
                }
                b'#' | b'/' if self.begins_comment() => {}
                b'`' if self.text[self.at..].starts_with("```") => self.at += 3,
                b'"' | b'\'' | b'`' => self.string(byte),
                _ => self.word(),
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Behind a bracket or a comma: what comes next belongs to the bracket that is open.
    fn settle(&mut self) {
        (self.is_shown, self.in_value) = match self.open.last() {
            Some(Open::List { is_shown }) => (*is_shown, true),
            Some(Open::Object) | None => (false, false),
        };
        self.at_key = matches!(self.open.last(), Some(Open::Object));
        self.behind_colon = false;
    }

    /// Goes over an action of a template, a variable or the head of a table: these name values and
    /// have none.
    fn skips(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let closing = match rest.as_bytes() {
            [b'{', b'{', ..] => "}}",
            [b'{', b'%', ..] => "%}",
            [b'$', b'{', ..] => "}",
            [b'[', next, ..] if self.open.is_empty() && next.is_ascii_alphabetic() => "]",
            _ => return false,
        };
        // What closes none of several actions is looked for once.
        let unclosed = self.unclosed.entry(closing).or_default();
        if self.at < *unclosed {
            return false;
        }
        let line = beginning(rest).lines().next().unwrap_or_default();
        let end = line.find(closing).map(|at| at + closing.len());
        // One bracket too many may be closed too.
        let is_action = end.is_some_and(|end| !line[..end].contains("\":"));
        let len = end.unwrap_or(line.len());
        if is_action {
            self.at += len;
        } else {
            *unclosed = self.at + len;
        }
        is_action
    }

    /// What is commented out may have values too, but its first words are none.
    fn begins_comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let end = if rest.starts_with("/*") {
            "*/"
        } else if rest.starts_with("//") || rest.starts_with('#') {
            "\n"
        } else {
            return false;
        };
        if self.comment.is_none() {
            let in_value = std::mem::take(&mut self.in_value);
            self.comment = Some(Comment { end, in_value });
        }
        self.at += end.len();
        true
    }

    fn ends_comment(&mut self) -> bool {
        let ends = |comment: &mut Comment| self.text[self.at..].starts_with(comment.end);
        let Some(comment) = self.comment.take_if(ends) else {
            return false;
        };
        self.in_value = comment.in_value;
        // A line break has a meaning of its own.
        self.at += comment.end.trim().len();
        true
    }

    fn string(&mut self, mark: u8) {
        let start = self.at + 1;
        let mut end = start;
        while let Some(byte) = self.byte(end) {
            match byte {
                b'\\' if self.byte(end + 1).is_some_and(|next| next != b'\n') => end += 2,
                b'\n' => break,
                _ if byte == mark => break,
                _ => end += 1,
            }
        }
        let is_closed = self.byte(end) == Some(mark);
        if mark != b'"' && !is_closed {
            self.at += 1;
            return;
        }
        self.at = end + usize::from(is_closed);
        self.token(Place::new(start, end), false);
    }

    fn word(&mut self) {
        let is_end = |byte: u8| byte.is_ascii_whitespace() || b",;{}[]\"".contains(&byte);
        // An address has a colon inside.
        let is_key_end = |byte: u8| !self.in_value && matches!(byte, b':' | b'=');
        let rest = &self.text.as_bytes()[self.at..];
        let len = rest
            .iter()
            .position(|byte| is_end(*byte) || is_key_end(*byte));
        let place = Place::new(self.at, self.at + len.unwrap_or(rest.len()).max(1));
        self.at = place.end;
        self.token(place, true);
    }

    /// A key, or a value.
    fn token(&mut self, place: Place, is_word: bool) {
        let text = self.text.get(place.range()).unwrap_or_default();
        let behind = self.text.as_bytes()[self.at..].trim_ascii_start();
        let at_key = std::mem::take(&mut self.at_key);
        let behind_colon = std::mem::take(&mut self.behind_colon);
        let is_key = match behind.first() {
            Some(b':' | b'=') => !behind_colon,
            // The comma may be one that should be a colon.
            Some(b',' | b'}' | b']') => at_key && config::is_public(text),
            _ => at_key,
        };
        if is_key {
            let shows = || config::is_public(text);
            self.is_shown = *self.keys.entry(text).or_insert_with(shows);
            self.in_value = false;
        } else if self.is_shown && !hides_login(text) {
            let logins = logins(text).into_iter();
            self.hidden.extend(
                logins.map(|login| Place::new(place.start + login.start, place.start + login.end)),
            );
        } else if !is_word || (self.in_value || is_number(text)) && !is_harmless(text) {
            self.hidden.extend((!text.is_empty()).then_some(place));
        }
    }
}

/// Whether escapes hide where in an address a user name and a password are.
fn hides_login(text: &str) -> bool {
    text.contains("\\u00") && (text.contains('@') || text.contains("\\u0040"))
}

/// Whether a word is rather a value than one of a sentence.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word says nothing that is secret: a variable only names it, and three digits are a status
/// or a size.
fn is_harmless(word: &str) -> bool {
    let is_short = || word.parse::<f64>().is_ok() && word.split(['.', 'e']).all(|n| n.len() < 4);
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let variable = word.strip_prefix('$');
    let is_variable = || variable.is_some_and(|name| name.bytes().all(is_part));
    matches!(word, "true" | "false" | "null") || is_short() || is_variable()
}

#[cfg(test)]
mod tests {
    use super::super::Shown;
    use crate::finding::Place;

    fn shown(text: &str) -> String {
        let whole = Place::new(0, text.len());
        Shown::new(text, whole, super::find(text).into_iter()).text
    }

    #[test]
    fn values_of_other_keys_are_hidden() {
        let cases = [
            ("{}", "{}"),
            ("\"pin\"", "\"…\""),
            ("{\"key\": \"s3\"}", "{\"key\": \"…\"}"),
            ("{\"key\":\"\"}", "{\"key\":\"\"}"),
            (
                "{\"a\":1234,\"b\":true,\"c\":null}",
                "{\"a\":…,\"b\":true,\"c\":null}",
            ),
            ("{\"a\":[\"x\",[2345,\"y\"]]}", "{\"a\":[\"…\",[…,\"…\"]]}"),
            ("{\"a\":\"x\\\"y\",\"b\":8080}", "{\"a\":\"…\",\"b\":…}"),
            (
                "{\"allow_origins\":[\"https://a.test\"]}",
                "{\"allow_origins\":[\"https://a.test\"]}",
            ),
            (
                "{\"allow_orgins\":[\"https://a.test\"]}",
                "{\"allow_orgins\":[\"https://a.test\"]}",
            ),
            ("{\"max_age\":600,\"x\":6000}", "{\"max_age\":600,\"x\":…}"),
            (
                "{\"allow_headers\":[{\"a\":\"x\"},\"X-A\"]}",
                "{\"allow_headers\":[{\"a\":\"…\"},\"X-A\"]}",
            ),
            (
                "{\"headers\":\"x\",\"origin\":\"y\"}",
                "{\"headers\":\"…\",\"origin\":\"…\"}",
            ),
            (
                "{\"allow_origins\":[\"https://u:p\\u0040a.test\"]}",
                "{\"allow_origins\":[\"…\"]}",
            ),
            (
                "{\"allow_origins\":[\"https://u\\u003ap@a.test\"]}",
                "{\"allow_origins\":[\"…\"]}",
            ),
            (
                "{\"allow_origins\":[\"https://\\u0061.test\"]}",
                "{\"allow_origins\":[\"https://\\u0061.test\"]}",
            ),
            // What is not JSON.
            ("{'key': 's3', \"b\": s3}", "{'key': '…', \"b\": …}"),
            ("{key: `s3`}", "{key: `…`}"),
            ("{\"a\": \"s3\n\"b\": 8080}", "{\"a\": \"…\n\"b\": …}"),
            ("{\"a\": \"s3\" \"s4\"}", "{\"a\": \"…\" \"…\"}"),
            ("{\"a\": \"s3\"s4}", "{\"a\": \"…\"…}"),
            ("{\"a\": \"s\\", "{\"a\": \"…"),
            ("{ // don't\n \"a\": 1234 }", "{ // don't\n \"a\": … }"),
            ("[ // \"a\": \"s3\",\n s3 ]", "[ // \"a\": \"…\",\n … ]"),
            ("# key: s3\n{}", "# key: …\n{}"),
            ("SECRET=s3 s4\nand more", "SECRET=… …\nand more"),
            ("host: https://s3:80/", "host: …"),
            ("max_age: 10m", "max_age: 10m"),
            (
                "{\"a\": {{ env \"B\" }}, \"c\": \"s3\"}",
                "{\"a\": {{ env \"B\" }}, \"c\": \"…\"}",
            ),
            (
                "{\"a\": $B, \"c\": ${D}, \"e\": $2a$10$f}",
                "{\"a\": $B, \"c\": ${D}, \"e\": …}",
            ),
            ("{ \"a\" 3, \"b\" \"s3\" }", "{ \"a\" 3, \"b\" \"…\" }"),
            (
                "{ \"a\", \"s3\", \"b\": \"s4\": }",
                "{ \"…\", \"…\", \"b\": \"…\": }",
            ),
            ("{ \"a\" 1234 } // b 1234", "{ \"a\" … } // b …"),
            ("{{ \"a\": \"s3\" }}", "{{ \"a\": \"…\" }}"),
            ("{' \"a\": \"s3\" }", "{' \"a\": \"…\" }"),
            ("{\"a\": 0.25, \"b\": 1e400}", "{\"a\": 0.25, \"b\": 1e400}"),
            ("/* \"a\"\n= s3 */ [\"b\"]", "/* \"a\"\n= … */ [\"…\"]"),
            ("[a.\"b/c\"]\nd = s3", "[a.\"b/c\"]\nd = …"),
            (
                "{\"endpoint\": \"/a\", \"url\": \"/b\"}",
                "{\"endpoint\": \"/a\", \"url\": \"…\"}",
            ),
            (
                "```json\n{\"a\": \"s3\"}\n```",
                "```json\n{\"a\": \"…\"}\n```",
            ),
            ("é: é", "é: …"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
