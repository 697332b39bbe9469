//! Brackets, commas and colons that are missing, or too many.

use super::{Stop, not_json, tokens};
use crate::finding::{Finding, Place};
use crate::rules;

/// What is wrong with the structure, if the parser stopped for that.
pub(super) fn explain(stop: &Stop<'_>) -> Option<Finding> {
    if stop.is_end {
        return Some(end(stop));
    }
    match stop.words.as_str() {
        "expected `,` or `}`" | "expected `,` or `]`" => behind_value(stop),
        "expected `:`" => Some(behind_key(stop)),
        "trailing comma" => trailing_comma(stop),
        "key must be a string" => trailing_comma(stop).or_else(|| comma(stop)),
        "expected value" => trailing_comma(stop)
            .or_else(|| without_value(stop))
            .or_else(|| comma(stop)),
        "trailing characters" => Some(behind_document(stop)),
        _ => None,
    }
}

/// The text ends too early.
fn end(stop: &Stop<'_>) -> Finding {
    let end = Place::new(stop.at, stop.at);
    let string = stop.scan.string.clone();
    if let Some(string) = string.filter(|_| stop.words.contains("string")) {
        return not_json(
            end,
            "the file ends before a string is closed",
            "`\"` is missing",
            "\"",
        )
        .also(Place::new(string.start, string.start + 1), "opened here");
    }
    match stop.open() {
        Some((at, bracket, closing)) => not_json(
            end,
            format!("the file ends before `{bracket}` is closed"),
            format!("`{closing}` is missing"),
            format!("{closing}"),
        )
        .also(Place::new(at, at + 1), "opened here"),
        None => not_json(
            end,
            "the file ends in the middle of a value",
            "something is missing",
            "write the rest of it",
        ),
    }
}

fn trailing_comma(stop: &Stop<'_>) -> Option<Finding> {
    let closing = stop.after().trim_start().chars().next()?;
    let before = stop.before().trim_end();
    // The parser stops either at the comma or behind it.
    let comma = match stop.found() {
        Some(',') => return None,
        _ if before.ends_with(',') => before.len() - 1,
        _ => return None,
    };
    matches!(closing, '}' | ']').then(|| {
        Finding::new(
            &rules::TRAILING_COMMA,
            Place::new(comma, comma + 1),
            format!("a comma before `{closing}`"),
            "remove this",
        )
        .note("JSON separates with commas and does not end with one; KrakenD refuses the file")
        .words("end the last element without a comma")
    })
}

/// A comma where a key or a value should be.
fn comma(stop: &Stop<'_>) -> Option<Finding> {
    (stop.found() == Some(',') && stop.open().is_some()).then(|| {
        not_json(
            stop.place(),
            "a comma too many",
            "remove this",
            "one comma between two elements is enough",
        )
    })
}

/// `"key": ,` or `"key": }`.
fn without_value(stop: &Stop<'_>) -> Option<Finding> {
    let key = stop.scan.string.clone()?;
    let behind_colon = stop.before().trim_end().ends_with(':');
    (behind_colon && matches!(stop.found(), Some(',' | '}' | ']'))).then(|| {
        let name = stop.text.get(key.clone()).unwrap_or_default();
        not_json(
            stop.place(),
            format!("the key {name} has no value"),
            "expected a value before this",
            format!("{name}: …"),
        )
        .also(Place::new(key.start, key.end), "this key")
    })
}

/// Something other than `,` or the closing bracket follows a value.
fn behind_value(stop: &Stop<'_>) -> Option<Finding> {
    let (open, bracket, closing) = stop.open()?;
    let opened = Place::new(open, open + 1);
    match stop.found()? {
        wrong @ ('}' | ']') => Some(
            not_json(
                stop.place(),
                format!("`{bracket}` is closed by `{wrong}`"),
                format!("expected `{closing}`"),
                format!("{closing} first: what was opened last is closed first"),
            )
            .also(opened, "opened here"),
        ),
        ':' if bracket == '[' => {
            let key = stop.scan.string.clone()?;
            Some(
                not_json(
                    Place::new(key.start, key.end),
                    "a key in a list",
                    "is a `]` missing before this?",
                    "close the list before its last comma: ],",
                )
                .also(opened, "the list begins here"),
            )
        }
        ':' => Some(not_json(
            stop.place(),
            "a second colon after one key",
            "expected `,` or `}`",
            "put a comma and a key before it",
        )),
        _ if stop.before().ends_with('"') => quotation_mark(stop).or_else(|| missing_comma(stop)),
        found if tokens::begins_value(found) && !stop.before().ends_with(is_part_of_number) => {
            missing_comma(stop)
        }
        found if found.is_ascii_alphanumeric() || matches!(found, '.' | '_') => None,
        found => Some(not_json(
            stop.place(),
            format!("{} cannot stand between two elements", tokens::shown(found)),
            format!("expected `,` or `{closing}`"),
            ",",
        )),
    }
}

fn is_part_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '-')
}

fn missing_comma(stop: &Stop<'_>) -> Option<Finding> {
    let before = stop.before().trim_end();
    let last = match stop.scan.string.clone() {
        Some(string) if string.end == before.len() => &before[string],
        _ => {
            let start = before.rfind(|c: char| c.is_whitespace() || ",:[{".contains(c));
            &before[start.map_or(0, |at| at + 1)..]
        }
    };
    Some(not_json(
        Place::new(before.len(), before.len()),
        "two elements without a comma between them",
        "a comma is missing here",
        format!("{last},"),
    ))
}

/// A string ends where letters go on: it has a quotation mark inside, or the one before it was
/// never closed.
fn quotation_mark(stop: &Stop<'_>) -> Option<Finding> {
    let string = stop.scan.string.clone()?;
    let goes_on = stop
        .found()
        .is_some_and(|c| !tokens::begins_value(c) || c.is_alphanumeric());
    goes_on.then(|| {
        not_json(
            Place::new(string.end - 1, string.end),
            "a quotation mark ends a string where it goes on",
            "the string ends here",
            "\\\" inside a string; or close the string that was meant to end earlier",
        )
        .also(Place::new(string.start, string.start + 1), "it begins here")
    })
}

/// Something other than `:` follows a key.
fn behind_key(stop: &Stop<'_>) -> Finding {
    let name = stop
        .scan
        .string
        .clone()
        .and_then(|key| stop.text.get(key))
        .unwrap_or("\"key\"");
    match stop.found() {
        Some(',' | '}' | ']') => not_json(
            stop.place(),
            format!("the key {name} has no value"),
            "expected `:` and a value before this",
            format!("{name}: …"),
        ),
        Some('=') => not_json(
            stop.place(),
            "`=` between a key and its value",
            "expected `:`",
            format!("{name}: …"),
        ),
        Some(_) if stop.before().ends_with('"') => match quotation_mark(stop) {
            Some(finding) => finding,
            None => without_colon(stop, name),
        },
        _ => without_colon(stop, name),
    }
}

fn without_colon(stop: &Stop<'_>, name: &str) -> Finding {
    not_json(
        stop.place(),
        format!("the key {name} is followed by no colon"),
        "expected `:` before this",
        format!("{name}: …"),
    )
}

/// The document is complete, and something follows.
fn behind_document(stop: &Stop<'_>) -> Finding {
    let (headline, label, help) = match stop.found() {
        Some(bracket @ ('}' | ']')) => (
            format!("a `{bracket}` that closes nothing"),
            "the document ended before this",
            "remove it, or the one that closed the document too early",
        ),
        Some(',') => (
            "a comma after the end of the document".to_owned(),
            "remove this",
            "one file holds one object",
        ),
        _ => (
            "something follows after the end of the document".to_owned(),
            "the document ended before this",
            "one file holds one object",
        ),
    };
    not_json(stop.place(), headline, label, help)
}
