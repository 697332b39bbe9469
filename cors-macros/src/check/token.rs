//! Tokens (RFC 9110, section 5.6.2).

use crate::literal::is_quotation_mark;

/// The first byte that keeps a text from being a token (RFC 9110, section 5.6.2); for an empty
/// text its end.
pub(super) fn first_non_token(text: &str) -> Option<usize> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if text.is_empty() {
        Some(0)
    } else {
        text.bytes().position(|byte| !is_token(byte))
    }
}

/// The bytes of the character at `at`.
pub(super) fn at_char(text: &str, at: usize) -> std::ops::Range<usize> {
    let len = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    at..at + len
}

/// Whether a text begins or ends with a quotation mark, or has a bar: tokens may, but no method and no
/// header name does.
pub(super) fn is_stray(text: &str) -> bool {
    text.starts_with(is_quotation_mark) || text.ends_with(is_quotation_mark) || text.contains('|')
}

/// Whether a text means every method, or whatever else it is the name of, in other products.
pub(super) fn means_every(text: &str, what: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let only_signs = letters.is_empty() && text.is_ascii();
    let word = letters.to_ascii_uppercase();
    let word = word.strip_prefix("HTTP").unwrap_or(&word);
    let word = word.strip_prefix(what).unwrap_or(word);
    let word = word.strip_suffix('S').unwrap_or(word);
    let word = word.strip_suffix(what).unwrap_or(word);
    (only_signs && (text.contains('*') || text.contains(".+")))
        || matches!(word, "ALL" | "ANY" | "EVERY" | "EVERYTHING" | "WILDCARD")
}
