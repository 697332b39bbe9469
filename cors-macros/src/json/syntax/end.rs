//! Texts that end too early.

use super::{SyntaxError, Why, edit_or_words, not_json};
use crate::finding::{Finding, Place};

/// Which bracket or quotation mark is missing at the end.
pub(super) fn explain(error: &SyntaxError<'_>) -> Finding {
    let end = Place::new(error.at, error.at);
    let closing = closing(error);
    if let Some((string, _)) = error.string().filter(|_| error.why == Why::EndOfString) {
        let edit = error.fixed_by([(end, format!("\"{closing}"))]);
        let finding = not_json(
            end,
            "the file ends inside a string",
            "a closing `\"` is missing",
        )
        .also(string.opening(), "the string begins here");
        return edit_or_words(finding, edit, "close the string and what is open around it");
    }
    let Some((opened, bracket, wanted)) = error.open() else {
        return not_json(end, "the file ends inside a value", "the rest is missing")
            .words("write the rest of the value");
    };
    // A comma at the end would be one too many.
    let comma = error.before().ends_with(',').then(|| error.at - 1);
    let from = Place::new(comma.unwrap_or(error.at), error.at);
    let edit = error.fixed_by([(from, closing.clone())]);
    let finding = not_json(
        end,
        format!("the file ends before `{bracket}` is closed"),
        format!("`{wanted}` is missing"),
    )
    .also(opened, "opened here");
    edit_or_words(
        finding,
        edit,
        format!("write what is missing, and close what is open: `{closing}`"),
    )
}

/// What closes all brackets that are open.
fn closing(error: &SyntaxError<'_>) -> String {
    let bytes = error.text.as_bytes();
    let open = error.read.open.iter().rev();
    open.map(|at| match bytes.get(*at) {
        Some(b'{') => '}',
        _ => ']',
    })
    .collect()
}
