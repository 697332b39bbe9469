//! What is wrong with a text that is not JSON, in words that help.

mod comment;
mod end;
mod error;
mod formats;
mod reader;
mod structure;
mod template;
mod tokens;

use serde_json::value::RawValue;

use crate::finding::{Finding, Help, Place};
use crate::rules;
use error::{Edit, SyntaxError};
pub(super) use reader::string_end;
use reader::{Read, Why};

/// Nesting that Go's reader, and so KrakenD, gives up at.
const DEEPEST: usize = 10_000;

/// The mistakes that keep a text from being JSON: the first, and where that is a missing pair of
/// braces, the one inside them too.
pub(super) fn explain(text: &str, name: Option<&str>, error: &serde_json::Error) -> Vec<Finding> {
    if text.trim().is_empty() {
        return vec![formats::empty()];
    }
    let Some(error) = SyntaxError::find(text) else {
        // The two readers agree, as a test shows. If they ever do not, that is told all the same.
        return vec![not_json(Place::new(0, 1), error.to_string(), "in here")];
    };
    let alone = formats::merge_conflict(text)
        .or_else(|| template::explain(&error))
        .or_else(|| deep(&error.read))
        .or_else(|| formats::other(text))
        .or_else(|| formats::named(name?, &error));
    if let Some(finding) = alone {
        return vec![finding];
    }
    if let Some(finding) = formats::fragment(&error) {
        let mut findings = vec![finding];
        findings.extend(inside_of_fragment(text));
        return findings;
    }
    let finding = comment::explain(&error)
        .or_else(|| tokens::invisible(&error))
        .or_else(|| structure::explain(&error))
        .unwrap_or_else(|| tokens::explain(&error));
    vec![finding]
}

/// JSON that KrakenD does not read: it nests too deep, or has a number that is too large.
pub(super) fn beyond_go(text: &str) -> Option<Finding> {
    let read = reader::read(text);
    deep(&read).or_else(|| too_large(text, &read))
}

fn deep(read: &Read) -> Option<Finding> {
    let at = read.too_deep?;
    let finding = not_json(
        Place::new(at, at + 1),
        format!("the file nests more than {DEEPEST} levels deep"),
        "one level too many",
    );
    Some(finding.words("remove what nests this deep: no gateway needs it"))
}

/// KrakenD reads every number as a `float64`, also where it ignores the key.
fn too_large(text: &str, read: &Read) -> Option<Finding> {
    let place = read.too_large?;
    let number = text.get(place.range()).unwrap_or_default();
    let finding = not_json(
        place,
        format!("the number `{number}` is larger than KrakenD can read"),
        "more than a `float64` holds",
    );
    Some(finding.words("write a number between -1.7e308 and 1.7e308"))
}

/// The mark that some editors write in front of UTF-8.
pub(super) fn byte_order_mark() -> Finding {
    not_json(
        Place::new(0, '\u{feff}'.len_utf8()),
        "the file begins with a byte order mark (U+FEFF)",
        "an invisible character",
    )
    .words("save the file as UTF-8 without a byte order mark")
}

/// What is wrong with a fragment beside its missing braces.
fn inside_of_fragment(text: &str) -> Vec<Finding> {
    // On lines of their own, so that a comment at the end does not swallow the brace.
    let whole = format!("{{{text}\n}}");
    let Err(error) = serde_json::from_str::<&RawValue>(&whole) else {
        return Vec::new();
    };
    let mut findings = explain(&whole, None, &error);
    for finding in &mut findings {
        // The brace that was put in front is nothing to point at.
        finding.also.retain(|label| label.place.start > 0);
        move_places(finding, |at| at.saturating_sub(1).min(text.len()));
    }
    findings
}

/// Moves all places of a finding, where it was found in a part of the text, or in more than that.
pub(super) fn move_places(finding: &mut Finding, moved: impl Fn(usize) -> usize) {
    let edits: &mut [Place] = match &mut finding.help {
        Help::Write(place, _) | Help::Add(place, _) => std::slice::from_mut(place),
        Help::Remove(places) => places,
        Help::OfRule | Help::Render(_) | Help::Words(_) => &mut [],
    };
    let labels = finding.at.iter_mut().chain(&mut finding.also);
    for place in labels.map(|label| &mut label.place).chain(edits) {
        *place = Place::new(moved(place.start), moved(place.end));
    }
}

/// A mistake in the text that has no name of its own.
fn not_json(place: Place, title: impl Into<String>, label: impl Into<String>) -> Finding {
    Finding::new(&rules::NOT_JSON, place, title, label)
}

/// The finding with the edit that fixes it, or else with words.
fn edit_or_words(finding: Finding, edit: Option<Edit>, words: impl Into<String>) -> Finding {
    match edit {
        Some((place, with)) => finding.write(place, with),
        None => finding.words(words),
    }
}
