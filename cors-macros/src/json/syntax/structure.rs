//! Brackets, commas and colons that are missing, or too many.

use super::{SyntaxError, Why, edit_or_words, end, not_json, tokens};
use crate::finding::{Finding, Place};
use crate::rules;

/// What is wrong with the structure, if the parser stopped for that.
pub(super) fn explain(error: &SyntaxError<'_>) -> Option<Finding> {
    match error.why {
        Why::End | Why::EndOfString => Some(end::explain(error)),
        Why::Comma => behind_value(error),
        Why::Colon => behind_key(error),
        Why::Key => trailing_comma(error).or_else(|| comma(error)),
        Why::Value => trailing_comma(error)
            .or_else(|| without_value(error))
            .or_else(|| comma(error)),
        Why::Trailing => Some(behind_document(error)),
        Why::Word | Why::Number | Why::Escape | Why::Control => None,
    }
}

fn trailing_comma(error: &SyntaxError<'_>) -> Option<Finding> {
    let closing = error.after().trim_start().chars().next()?;
    let before = error.before().trim_end();
    let comma = Place::new(before.strip_suffix(',')?.len(), before.len());
    matches!(closing, '}' | ']').then(|| {
        Finding::new(
            &rules::TRAILING_COMMA,
            comma,
            format!("there is a comma before `{closing}`"),
            "remove this",
        )
        .write(comma, "")
    })
}

/// A comma where a key or a value should be.
fn comma(error: &SyntaxError<'_>) -> Option<Finding> {
    let (_, bracket, closing) = error.open().filter(|_| error.found() == Some(','))?;
    let Place { start, end } = error.place();
    let before = error.before().trim_end();
    let is_last = error.text.get(end..)?.trim_start().starts_with(closing);
    let (title, start) = match before.strip_suffix(',') {
        // Neither of two is needed at the end.
        Some(rest) if is_last => ("there are two commas after the last element", rest.len()),
        Some(_) => ("there are two commas after one element", start),
        None if before.ends_with(bracket) => ("there is no element before the comma", start),
        None => return None,
    };
    let place = Place::new(start, end);
    Some(not_json(place, title, "remove this").write(place, ""))
}

/// `"key": ,` or `"key": }`.
fn without_value(error: &SyntaxError<'_>) -> Option<Finding> {
    let (key, name) = error.string()?;
    let behind_colon = error.before().trim_end().ends_with(':');
    (behind_colon && matches!(error.found(), Some(',' | '}' | ']'))).then(|| {
        not_json(
            error.place(),
            format!("the key {name} has no value"),
            "expected a value before this",
        )
        .also(key, "this key")
        .words(format!("write the value of {name}, or remove the key"))
    })
}

/// Something other than `,` or the closing bracket follows a value.
fn behind_value(error: &SyntaxError<'_>) -> Option<Finding> {
    let (opened, bracket, closing) = error.open()?;
    match error.found()? {
        wrong @ ('}' | ']') => Some(wrong_bracket(error, wrong)?),
        ':' if bracket == '[' => key_in_list(error, opened),
        ':' => Some(edit_or_words(
            not_json(
                error.place(),
                "there is a second `:` after one key",
                "expected `,` or `}`",
            ),
            error.fixed_by([(error.place(), ",".to_owned())]),
            "write a comma and a key before it",
        )),
        found if tokens::begins_value(found) => {
            let goes_on = found.is_alphanumeric() && error.before().ends_with('"');
            let is_number = found.is_alphanumeric() && error.before().ends_with(is_part_of_number);
            match (goes_on, is_number) {
                (true, _) => quotation_mark(error),
                (false, true) => None,
                (false, false) => missing_comma(error),
            }
        }
        '.' | '_' if !error.before().ends_with('"') => None,
        found => {
            let signs = [",", "", &closing.to_string()];
            let edit = error.fixed_by(signs.map(|sign| (error.place(), sign.to_owned())));
            if edit.is_none() && error.before().ends_with('"') {
                return quotation_mark(error);
            }
            Some(edit_or_words(
                not_json(
                    error.place(),
                    format!("{} cannot follow a value", tokens::shown(found)),
                    format!("expected `,` or `{closing}`"),
                ),
                edit,
                format!("write `,` before the next element, or `{closing}` after the last"),
            ))
        }
    }
}

fn is_part_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '-')
}

fn wrong_bracket(error: &SyntaxError<'_>, wrong: char) -> Option<Finding> {
    let (opened, bracket, closing) = error.open()?;
    let place = error.place();
    let edit = error.fixed_by([
        (place, closing.to_string()),
        (place, format!("{closing}{wrong}")),
        (place, String::new()),
    ]);
    let finding = not_json(
        place,
        format!("`{bracket}` is closed by `{wrong}`"),
        format!("expected `{closing}`"),
    )
    .also(opened, "opened here");
    Some(edit_or_words(
        finding,
        edit,
        format!("write `{closing}` in place of this, or before it"),
    ))
}

/// `["https://app.example.com", "allow_methods": …`: the list was never closed, or it is an object.
fn key_in_list(error: &SyntaxError<'_>, opened: Place) -> Option<Finding> {
    let (key, name) = error.string()?;
    let title = format!("the key {name} is in a list");
    let before = error.text.get(..key.start)?.trim_end();
    let comma = Place::new(before.trim_end_matches(',').len(), before.len());
    let edits = [(comma, "],".to_owned()), (opened, "{".to_owned())];
    Some(match error.fixed_by(edits) {
        Some((place, with)) if place == comma => {
            not_json(comma, title, "a `]` is missing before this")
                .also(key, "this key")
                .also(opened, "the list begins here")
                .write(place, with)
        }
        edit => edit_or_words(
            not_json(key, title, "a list has only values").also(opened, "the list begins here"),
            edit,
            "close the list before the key, or put the key and its value in braces",
        ),
    })
}

/// Two elements, or two members, with nothing between them.
fn missing_comma(error: &SyntaxError<'_>) -> Option<Finding> {
    let (_, bracket, _) = error.open()?;
    let last = last_token(error);
    let written = error.text.get(last.range())?;
    let finding = not_json(
        Place::new(last.end, last.end),
        format!("there is no comma after `{written}`"),
        "a comma is missing here",
    );
    Some(match (bracket, error.found()) {
        ('{', found) if found != Some('"') => {
            finding.words("write a comma and a key before the second value")
        }
        _ => finding.write(last, format!("{written},")),
    })
}

/// What ends before the parser stopped: a string, a bracket, a number or a word.
fn last_token(error: &SyntaxError<'_>) -> Place {
    let before = error.before().trim_end();
    let start = match error.read.string {
        Some(string) if string.end == before.len() => string.start,
        _ => {
            let is_part = |c: char| c.is_ascii_alphanumeric() || ".+-".contains(c);
            let rest = before.trim_end_matches(is_part);
            // Otherwise it is a bracket, which is one byte.
            if rest.len() == before.len() {
                before.char_indices().next_back().map_or(0, |(at, _)| at)
            } else {
                rest.len()
            }
        }
    };
    Place::new(start, before.len())
}

/// A string ends where letters go on: it has a quotation mark inside, or the one before it was
/// never closed.
fn quotation_mark(error: &SyntaxError<'_>) -> Option<Finding> {
    let (string, _) = error.string()?;
    Some(
        not_json(
            Place::new(error.at - 1, error.at),
            "a string goes on after its closing `\"`",
            "the string ends here",
        )
        .also(
            string.opening(),
            "the string begins here",
        )
        .words("write `\\\"` for a quotation mark inside a string; or close the string where it was meant to end"),
    )
}

/// Something other than `:` follows a key.
fn behind_key(error: &SyntaxError<'_>) -> Option<Finding> {
    let (key, name) = error.string()?;
    let found = error.found()?;
    let place = if error.after().starts_with("=>") {
        Place::new(error.at, error.at + 2)
    } else {
        error.place()
    };
    if matches!(found, ',' | '}' | ']') {
        // A list in the brackets of an object.
        let brace = error.open().map(|(opened, ..)| (opened, "[".to_owned()));
        let finding = not_json(
            place,
            format!("the key {name} has no value"),
            "expected `:` and a value before this",
        );
        return Some(edit_or_words(
            finding,
            error.fixed_by(brace),
            format!("write `{name}:` and a value"),
        ));
    }
    let is_sign = !tokens::begins_value(found);
    let edit = if is_sign {
        error.fixed_by([(place, ":".to_owned())])
    } else {
        error.fixed_by([(key, format!("{name}:"))])
    };
    let goes_on = error.before().ends_with('"') && (is_sign || found.is_alphanumeric());
    if edit.is_none() && goes_on && found != '=' {
        return quotation_mark(error);
    }
    Some(if is_sign {
        edit_or_words(
            not_json(
                place,
                format!("there is {} after the key {name}", tokens::shown(found)),
                "expected `:`",
            ),
            edit,
            format!("write `{name}:` and its value"),
        )
    } else {
        edit_or_words(
            not_json(
                place,
                format!("there is no `:` after the key {name}"),
                "expected `:` before this",
            ),
            edit,
            format!("write `{name}:` and one value, then a comma"),
        )
    })
}

/// The document is complete, and something follows.
fn behind_document(error: &SyntaxError<'_>) -> Finding {
    let (title, words) = match error.found() {
        Some(bracket @ ('}' | ']')) => (
            format!("there is no bracket open that this `{bracket}` closes"),
            "remove it, or the bracket that closed the document too early",
        ),
        Some(',') => (
            "there is a comma after the end of the document".to_owned(),
            "remove it: a file holds one object",
        ),
        _ => (
            "there is text after the end of the document".to_owned(),
            "remove it: a file holds one object",
        ),
    };
    let finding = not_json(error.place(), title, "the document ends before this");
    let edit = error.fixed_by([(error.place(), String::new())]);
    edit_or_words(finding, edit, words)
}
