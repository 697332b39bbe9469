//! Keys, strings, numbers and words that are not as JSON writes them.

use super::{Stop, not_json};
use crate::finding::{Finding, Place};
use crate::json::is_invisible;

const QUOTES: &str = "JSON keys and strings stand in double quotation marks";

/// What is wrong with the token at which the parser stopped.
pub(super) fn explain(stop: &Stop<'_>) -> Finding {
    match stop.words.as_str() {
        "key must be a string" => key(stop),
        "invalid escape" => escape(stop),
        words if words.starts_with("control character") => control(stop),
        words if words.starts_with("expected `,`") || words == "invalid number" => number(stop),
        _ => value(stop),
    }
}

/// Whether a value may begin so.
pub(super) fn begins_value(c: char) -> bool {
    matches!(c, '"' | '{' | '[' | '-') || c.is_ascii_alphanumeric()
}

/// A character as a message can show it.
pub(super) fn shown(c: char) -> String {
    match is_invisible(c) {
        true => format!("the character U+{:04X}", u32::from(c)),
        false => format!("`{c}`"),
    }
}

/// The run of characters around a place that could be one token; not more than a line has room for.
fn word<'t>(stop: &Stop<'t>, more: char) -> (Place, &'t str) {
    const LONGEST: usize = 80;
    let part = |c: &char| *c == more || !(c.is_whitespace() || ",:;{}[]\"'`".contains(*c));
    let length = |chars: &mut dyn Iterator<Item = char>| -> usize {
        let chars = chars.take(LONGEST).take_while(part);
        chars.map(char::len_utf8).sum()
    };
    let start = stop.at - length(&mut stop.before().chars().rev());
    let end = stop.at + length(&mut stop.after().chars());
    let word = stop.text.get(start..end).unwrap_or_default();
    (Place::new(start, end), word)
}

fn key(stop: &Stop<'_>) -> Finding {
    match stop.found() {
        Some(mark) if is_other_quotation_mark(mark) => other_quotation_marks(stop, "a key"),
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '-' | '#') => {
            let (place, word) = word(stop, '-');
            not_json(
                place,
                format!("the key `{word}` is not in quotation marks"),
                "a key is a string",
                format!("\"{word}\""),
            )
        }
        Some('{' | '[') => not_json(
            stop.place(),
            "an object holds keys with values, not values alone",
            "expected a key in quotation marks",
            "\"key\": …",
        ),
        found => not_json(
            stop.place(),
            match found {
                Some(c) => format!("{} stands where a key should begin", shown(c)),
                None => "a key is missing".to_owned(),
            },
            "expected a key in quotation marks",
            QUOTES,
        ),
    }
}

fn value(stop: &Stop<'_>) -> Finding {
    let Some(found) = stop.found() else {
        return not_json(
            stop.place(),
            "a value is missing",
            "expected a value",
            "null",
        );
    };
    if is_other_quotation_mark(found) {
        return other_quotation_marks(stop, "a string");
    }
    if matches!(found, '+' | '.') {
        return number(stop);
    }
    // An address has a colon inside.
    let (place, word) = word(stop, ':');
    if stop.scan.open.is_empty() && stop.before().trim().is_empty() {
        return not_json(
            stop.place(),
            format!("this is not JSON: it begins with {}", shown(found)),
            "JSON begins with `{`",
            "name the gateway's configuration",
        );
    }
    let Some(meant) = meant(word) else {
        return not_json(
            stop.place(),
            format!("{} stands where a value should begin", shown(found)),
            "expected a value",
            "a string in double quotation marks, a number, a list, an object, `true`, `false` or `null`",
        );
    };
    not_json(
        place,
        format!("`{word}` is not a value of JSON"),
        "expected a value",
        meant,
    )
}

/// What a bare word should have been.
fn meant(word: &str) -> Option<String> {
    let plain =
        word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '/' | '*'));
    Some(match word.to_ascii_lowercase().as_str() {
        _ if !plain => return None,
        "true" | "tru" | "yes" | "on" => "true".to_owned(),
        "false" | "fals" | "no" | "off" => "false".to_owned(),
        "null" | "none" | "nil" | "undefined" | "nan" => "null".to_owned(),
        _ => serde_json::Value::from(word).to_string(),
    })
}

fn is_other_quotation_mark(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»')
}

fn other_quotation_marks(stop: &Stop<'_>, what: &str) -> Finding {
    let kind = match stop.found() {
        Some('\'') => "single quotation marks",
        Some('`') => "backquotes",
        _ => "typographic quotation marks",
    };
    not_json(
        stop.place(),
        format!("{what} in {kind}"),
        "expected `\"`",
        QUOTES,
    )
}

fn number(stop: &Stop<'_>) -> Finding {
    let (place, written) = word(stop, '.');
    let digits = written.trim_start_matches('+');
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    let repaired = match fraction {
        "" => whole.replace('_', ""),
        _ => format!("{whole}.{fraction}"),
    };
    let is_number = serde_json::from_str::<serde_json::Number>(&repaired).is_ok();
    not_json(
        place,
        format!("`{written}` is not a number as JSON writes it"),
        "digits alone, and none of them a leading 0",
        match is_number {
            true => repaired,
            false => "a number such as 204 or 0.5, or a string in quotation marks".to_owned(),
        },
    )
}

fn escape(stop: &Stop<'_>) -> Finding {
    let start = stop.text[..stop.at + stop.found().map_or(0, char::len_utf8)]
        .rfind('\\')
        .unwrap_or(stop.at);
    let rest = stop.text.get(start..).unwrap_or_default();
    let (len, help) = match rest.strip_prefix("\\u") {
        Some(digits) => (
            2 + digits
                .chars()
                .take(4)
                .take_while(char::is_ascii_hexdigit)
                .count(),
            "\\u and four hexadecimal digits: \\u00e9".to_owned(),
        ),
        None => {
            let len: usize = rest.chars().take(2).map(char::len_utf8).sum();
            (len, format!("\\{}", &rest[..len]))
        }
    };
    let written = &rest[..len];
    not_json(
        Place::new(start, start + len),
        format!("`{}` is no escape that JSON knows", written.escape_debug()).replace("\\\\", "\\"),
        "a backslash begins an escape",
        help,
    )
}

fn control(stop: &Stop<'_>) -> Finding {
    let length = stop.after().find(char::is_control).unwrap_or_default();
    let at = stop.at + length;
    let found = stop.after()[length..].chars().next().unwrap_or_default();
    if !matches!(found, '\n' | '\r') {
        return not_json(
            Place::new(at, at + found.len_utf8()),
            format!("{} stands bare in a string", shown(found)),
            "a control character",
            match found {
                '\t' => "\\t".to_owned(),
                other => format!("\\u{:04x}", u32::from(other)),
            },
        );
    }
    let start = stop.scan.string.clone().map_or(at, |string| string.start);
    not_json(
        Place::new(at, at),
        "a string runs over the end of its line",
        "is a `\"` missing here?",
        "close the string; a line break inside one is written \\n",
    )
    .also(Place::new(start, start + 1), "it begins here")
}
