//! Keys, strings, numbers and words that are not as JSON writes them.

use super::{SyntaxError, Why, edit_or_words, not_json};
use crate::finding::{Finding, Place};
use crate::literal::{escaped, is_invisible, is_other_quotation_mark, quoted};

/// What is wrong with the token at which the parser stopped.
pub(super) fn explain(error: &SyntaxError<'_>) -> Finding {
    match error.why {
        Why::Key => key(error),
        Why::Escape => escape(error),
        Why::Control => control(error),
        Why::Comma | Why::Number => number(error),
        _ => value(error),
    }
}

/// White space that is not JSON's, or another character that nobody sees, between two tokens.
pub(super) fn invisible(error: &SyntaxError<'_>) -> Option<Finding> {
    // A word or a number may be cut short by the white space of JSON.
    let is_wrong = |c: &char| is_invisible(*c) && !matches!(c, '\t' | '\n' | '\r');
    let found = error.found().filter(is_wrong)?;
    if error.is_in_string() || error.why == Why::End {
        return None;
    }
    let rest = error.after().trim_start_matches(is_invisible);
    let place = Place::new(error.at, error.text.len() - rest.len());
    let finding = not_json(
        place,
        format!("{} is between two tokens", shown(found)),
        "JSON allows only spaces, tabs and line breaks",
    );
    Some(finding.write(place, ""))
}

/// Whether a value may begin so.
pub(super) fn begins_value(c: char) -> bool {
    matches!(c, '"' | '{' | '[' | '-') || c.is_ascii_alphanumeric()
}

/// A character as a message can show it.
pub(super) fn shown(c: char) -> String {
    if is_invisible(c) {
        format!("the character U+{:04X}", u32::from(c))
    } else {
        format!("`{c}`")
    }
}

/// The run of characters around a place that could be one token.
fn word<'t>(error: &SyntaxError<'t>, more: char) -> (Place, &'t str) {
    let part = |c: char| c == more || !(c.is_whitespace() || ",:;{}[]\"'`".contains(c));
    let start = error.before().trim_end_matches(part).len();
    let end = error.text.len() - error.after().trim_start_matches(part).len();
    let place = Place::new(start, end);
    (place, error.text.get(place.range()).unwrap_or_default())
}

fn key(error: &SyntaxError<'_>) -> Finding {
    const EXPECTED: &str = "expected a key in double quotation marks";
    match error.found() {
        Some(mark) if is_other_quotation_mark(mark) => other_quotation_marks(error, mark),
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '-' | '#') => {
            let (place, word) = word(error, '-');
            // One of the two may be there.
            let mark = error.text.get(place.end..).unwrap_or_default();
            let end = place.end + usize::from(mark.starts_with('"'));
            not_json(
                place,
                format!("the key `{word}` is not in quotation marks"),
                "a key is a string",
            )
            .write(Place::new(place.start, end), quoted(word))
        }
        Some(bracket @ ('{' | '[')) => {
            // A list in the brackets of an object.
            let brace = error.open().map(|(opened, ..)| (opened, "[".to_owned()));
            let finding = not_json(
                error.place(),
                format!("there is `{bracket}` where a key should begin"),
                EXPECTED,
            );
            edit_or_words(
                finding,
                error.fixed_by(brace),
                "write a key before it, as in `\"key\": …`, or remove the braces around it",
            )
        }
        Some(found) => not_json(
            error.place(),
            format!("there is {} where a key should begin", shown(found)),
            EXPECTED,
        )
        .words("write a key in double quotation marks, `:` and its value"),
        None => not_json(error.place(), "a key is missing", EXPECTED)
            .words("write the key and its value"),
    }
}

fn value(error: &SyntaxError<'_>) -> Finding {
    const EXPECTED: &str = "expected a value";
    const VALUES: &str = "write a string in double quotation marks, a number, a list, an object, `true`, `false` or `null`";
    let Some(found) = error.found() else {
        return not_json(error.place(), "a value is missing", EXPECTED).words(VALUES);
    };
    if is_other_quotation_mark(found) {
        return other_quotation_marks(error, found);
    }
    if matches!(found, '+' | '.') {
        return number(error);
    }
    if error.read.open.is_empty() && error.before().trim().is_empty() {
        return not_json(
            error.place(),
            format!("this is not JSON: it begins with {}", shown(found)),
            "JSON begins with `{`",
        )
        .words("name the gateway's configuration");
    }
    // An address has a colon inside.
    let (place, word) = word(error, ':');
    if is_name(word) {
        return not_json(place, format!("`{word}` is not a JSON value"), EXPECTED)
            .words("write the value itself. A text goes in double quotation marks");
    }
    match meant(word) {
        Some(meant) => {
            not_json(place, format!("`{word}` is not a JSON value"), EXPECTED).write(place, meant)
        }
        None => edit_or_words(
            not_json(
                error.place(),
                format!("there is {} where a value should begin", shown(found)),
                EXPECTED,
            ),
            error.fixed_by([(error.place(), String::new())]),
            VALUES,
        ),
    }
}

/// Whether a word is what programs call a value, or call one by: `APP`, `Method::GET`, `env!(`. Then nothing
/// says what the value is.
fn is_name(word: &str) -> bool {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let begins = word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
    let is_call = word.contains("::") || word.contains(['(', '!']);
    begins && (is_call || word.chars().all(is_of_name) && literal_of(word).is_none())
}

/// What an unquoted word should have been.
fn meant(word: &str) -> Option<String> {
    let plain =
        word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '/' | '*'));
    let text = || plain.then(|| quoted(word));
    literal_of(word).map(str::to_owned).or_else(text)
}

/// What other languages call `true`, `false` and `null`, and slips in these words.
fn literal_of(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "true" | "tru" | "yes" | "on" => "true",
        "false" | "fals" | "no" | "off" => "false",
        "null" | "none" | "nil" | "undefined" | "nan" => "null",
        _ => return None,
    })
}

/// A key or a string in quotation marks that are not JSON's.
fn other_quotation_marks(error: &SyntaxError<'_>, mark: char) -> Finding {
    let kind = match mark {
        '\'' => "single quotation marks",
        '`' => "backquotes",
        _ => "typographic quotation marks",
    };
    let what = match error.why {
        Why::Key => "a key",
        _ => "a string",
    };
    let inside = error.after().get(mark.len_utf8()..).unwrap_or_default();
    let inside = inside.lines().next().unwrap_or_default();
    // Either of two typographic marks may be on either side, or the right one on one side.
    let closes = |c: char| match (c, mark) {
        ('"', _) => true,
        (_, '\'' | '`') => c == mark,
        _ => is_other_quotation_mark(c) && !matches!(c, '\'' | '`'),
    };
    let edit = inside.find(closes).and_then(|len| {
        let text = &inside[..len];
        let closing = inside[len..].chars().next()?;
        let end = error.at + mark.len_utf8() + len + closing.len_utf8();
        (!text.contains('\\')).then(|| (Place::new(error.at, end), quoted(text)))
    });
    let finding = not_json(
        edit.as_ref().map_or(error.place(), |(place, _)| *place),
        format!("{what} is in {kind}"),
        "expected `\"`",
    );
    edit_or_words(
        finding,
        edit,
        "write `\"` at either end: JSON has only double quotation marks",
    )
}

fn number(error: &SyntaxError<'_>) -> Finding {
    let (place, written) = word(error, '.');
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
    let finding = not_json(
        place,
        format!("`{written}` is not a number as JSON writes it"),
        "expected a number",
    );
    edit_or_words(
        finding,
        is_number.then_some((place, repaired)),
        "write a number such as 204 or 0.5, or put the text in quotation marks",
    )
}

fn escape(error: &SyntaxError<'_>) -> Finding {
    let (start, rest) = (error.at, error.after());
    if let Some(digits) = rest.strip_prefix("\\u") {
        let is_digit = |c: &char| c.is_ascii_hexdigit();
        let digits = digits.chars().take(4).take_while(is_digit).count();
        let place = Place::new(start, start + 2 + digits);
        return not_json(
            place,
            format!("`{}` is not a JSON escape", &rest[..2 + digits]),
            "too few hexadecimal digits",
        )
        .words(
            "write `\\u` and four hexadecimal digits, as in `\\u00e9`; or `\\\\` for a backslash",
        );
    }
    let written: String = rest.chars().take(2).collect();
    let place = Place::new(start, start + written.len());
    let meant = match written.as_str() {
        "\\'" => "'".to_owned(),
        _ => format!("\\{}", escaped(&written)),
    };
    not_json(
        place,
        format!("`{written}` is not a JSON escape"),
        "a backslash begins an escape",
    )
    .write(place, meant)
}

/// A control character in a string, or a line break, since the string was not closed.
fn control(error: &SyntaxError<'_>) -> Finding {
    let at = error.at;
    let found = error.found().unwrap_or_default();
    if !matches!(found, '\n' | '\r') {
        let place = error.place();
        return not_json(
            place,
            format!("{} is unescaped in a string", shown(found)),
            "a control character",
        )
        .write(
            place,
            match found {
                '\t' => "\\t".to_owned(),
                other => format!("\\u{:04x}", u32::from(other)),
            },
        );
    }
    let end = Place::new(at, at);
    let start = error.read.string.map_or(at, |string| string.start);
    let line = error.text.get(start..at).unwrap_or_default().trim_end();
    // Brackets and a comma at the end of the line are hardly meant as part of the string.
    let inside = line.trim_end_matches([',', ']', '}', ' ', '\t']);
    let edits = [inside, line].map(|text| {
        let rest = line.get(text.len()..).unwrap_or_default();
        let place = Place::new(start, start + line.len());
        (place, format!("{text}\"{rest}"))
    });
    let finding = not_json(
        end,
        "a string runs over the end of its line",
        "is a `\"` missing here?",
    )
    .also(Place::new(start, start + 1), "the string begins here");
    edit_or_words(
        finding,
        error.fixed_by(edits),
        "close the string; write `\\n` for a line break inside one",
    )
}
