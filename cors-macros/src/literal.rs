//! Text as people read and write it: literals, quotation marks, and characters that nobody sees.

use syn::Lit;

/// Whether a character shows nothing, or acts on a terminal: it is shown by its number.
pub(crate) fn is_invisible(c: char) -> bool {
    let is_mark = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    is_mark || c.is_control() || (c.is_whitespace() && c != ' ')
}

/// A text longer than this is not looked at closely: what takes time with the square of its length
/// must not stop the compiler.
pub(crate) const LONGEST: usize = 2048;

/// As much of a text as is looked at closely.
pub(crate) fn beginning(text: &str) -> &str {
    &text[..boundary(text, LONGEST.min(text.len()))]
}

/// The start of the character that a byte belongs to.
pub(crate) fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a character is a quotation mark of any kind.
pub(crate) fn is_quotation_mark(c: char) -> bool {
    c == '"' || is_other_quotation_mark(c)
}

/// Whether a character is a quotation mark that JSON does not have.
pub(crate) fn is_other_quotation_mark(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»')
}

/// JSON without invisible characters: where they may be, an escape says the same.
pub(crate) fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_invisible(c) {
            let units = c.encode_utf16(&mut [0; 2]).to_vec();
            escaped.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// A text as a JSON string, without invisible characters.
pub(crate) fn quoted(text: &str) -> String {
    escaped(&serde_json::Value::from(text).to_string())
}

/// Several texts as elements of a JSON list, without its brackets.
pub(crate) fn quoted_list(texts: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    quoted.join(", ")
}

/// A text of a rule as a sentence: rules have it without the full stop, and in lower case.
#[cfg(any(test, feature = "check"))]
#[allow(
    dead_code,
    reason = "only the program and the findings page have sentences"
)]
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(['.']).collect()
}

/// The text of a Rust literal, and what it has that JSON does not know, as the end of a sentence;
/// `None` for a literal that is not a text.
pub(crate) fn text(literal: &Lit) -> Option<(String, Option<String>)> {
    match literal {
        Lit::Str(string) => Some((string.value(), suffix(string.suffix()))),
        Lit::ByteStr(bytes) => {
            let text = String::from_utf8_lossy(&bytes.value()).into_owned();
            Some((text, Some("is a byte string".to_owned())))
        }
        Lit::CStr(string) => {
            let text = string.value().to_string_lossy().into_owned();
            Some((text, Some("is a C string".to_owned())))
        }
        Lit::Char(char) => {
            let text = char.value().to_string();
            Some((text, Some("is a character".to_owned())))
        }
        _ => None,
    }
}

/// What is wrong with a literal that has this suffix.
pub(crate) fn suffix(suffix: &str) -> Option<String> {
    (!suffix.is_empty()).then(|| format!("has the suffix `{suffix}`"))
}
