//! Lists in header fields: Fetch, "[extract header list values]".
//!
//! [extract header list values]: https://fetch.spec.whatwg.org/#extract-header-list-values

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::matching::bytes::is_token;

/// An element of a list is not a token, so the whole list is a failure.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The tokens of a header that may be a list, on all of its lines; `None` if the header is missing.
pub(super) fn tokens<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> Result<Option<Vec<&'h str>>, Malformed> {
    if !headers.contains_key(name) {
        return Ok(None);
    }
    let lines = headers.get_all(name).iter();
    let elements = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    elements
        .map(trim)
        .filter(|element| !element.is_empty())
        .map(|element| match str::from_utf8(element) {
            Ok(text) if is_token(element) => Ok(text),
            _ => Err(Malformed),
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

/// All lines of a header as one value, as scripts and Fetch's checks see it: Fetch, "[get]". Each byte is a
/// character.
///
/// [get]: https://fetch.spec.whatwg.org/#concept-header-list-get
pub(super) fn combined(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let text = |line: &HeaderValue| -> String {
        let bytes = trim(line.as_bytes()).iter();
        bytes.copied().map(char::from).collect()
    };
    let lines = headers.get_all(name).iter().map(text);
    lines.reduce(|all, line| all + ", " + &line)
}

/// The elements of a header that may be a list, in which quoted strings may have commas: Fetch, "[get, decode,
/// and split]". There are none if the header is missing.
///
/// [get, decode, and split]: https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split
pub(super) fn split(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let Some(value) = combined(headers, name) else {
        return Vec::new();
    };
    let (mut is_quoted, mut is_escaped) = (false, false);
    let elements = value.split(|char| {
        if char == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && char == '\\' && !is_escaped;
        char == ',' && !is_quoted
    });
    let trimmed = elements.map(|element| element.trim_matches([' ', '\t']).to_owned());
    trimmed.collect()
}

/// Removes the spaces and tabs at both ends.
pub(super) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}
