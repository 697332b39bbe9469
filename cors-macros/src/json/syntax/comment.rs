//! Comments, which JSON lacks.

use super::SyntaxError;
use crate::finding::{Finding, Place};
use crate::literal::quoted;
use crate::rules;

/// A comment, if the parser stopped at one.
pub(super) fn explain(error: &SyntaxError<'_>) -> Option<Finding> {
    let at = error.at;
    let (len, remark) = comment(error.after())?;
    let whole = Place::new(at, at + len);
    let first_line = error.text.get(whole.range())?.lines().next()?.trim_end();
    let finding = Finding::new(
        &rules::COMMENT,
        Place::new(at, at + first_line.len()),
        format!("`{first_line}` is a comment"),
        "KrakenD refuses this",
    );
    let member = member(error, whole, &remark).unwrap_or_default();
    Some(finding.write(whole, member))
}

/// How long the comment is that a text begins with, and what it says.
pub(super) fn comment(text: &str) -> Option<(usize, String)> {
    if !["//", "/*", "#"].iter().any(|sign| text.starts_with(sign)) {
        return None;
    }
    if let Some(rest) = text.strip_prefix("/*") {
        let (remark, len) = match rest.split_once("*/") {
            Some((remark, _)) => (remark, remark.len() + 4),
            None => (rest, text.len()),
        };
        let lines = remark
            .lines()
            .map(|line| line.trim_matches(['*', ' ', '\t', '\r']));
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        return Some((len, lines.join(" ")));
    }
    let line = text.lines().next()?.trim_end();
    let remark = line.trim_start_matches(['/', '#']).trim();
    Some((line.len(), remark.to_owned()))
}

/// The remark as a member that KrakenD ignores, with the commas that it needs, where a member can
/// stand.
fn member(error: &SyntaxError<'_>, comment: Place, remark: &str) -> Option<String> {
    let (_, bracket, _) = error.open()?;
    let before = error.text.get(..comment.start)?.trim_end();
    if bracket == '[' || before.ends_with(':') || remark.is_empty() {
        return None;
    }
    let mut after = error.text.get(comment.end..)?.trim_start();
    while let Some((len, _)) = self::comment(after) {
        after = after.get(len..)?.trim_start();
    }
    let (front, back) = match (before.chars().next_back()?, after.chars().next()?) {
        ('{' | ',', '}') => ("", ""),
        ('{' | ',', '"') => ("", ","),
        // Between a value and the comma or bracket behind it.
        ('"' | '}' | ']' | '0'..='9' | 'a'..='z', ',' | '}') if !is_key(error, before.len()) => {
            (", ", "")
        }
        _ => return None,
    };
    let key = (2..).find_map(|nth| free_key(error.text, nth))?;
    Some(format!("{front}\"{key}\": {}{back}", quoted(remark)))
}

/// Whether a key without its value ends here.
fn is_key(error: &SyntaxError<'_>, end: usize) -> bool {
    let string = error.read.string.filter(|string| string.end == end);
    string.is_some_and(|string| {
        let before = error.text.get(..string.start).unwrap_or_default();
        before.trim_end().ends_with(['{', ','])
    })
}

/// A key for a remark that the file does not have yet.
fn free_key(text: &str, nth: usize) -> Option<String> {
    let key = if !text.contains("\"@comment\"") {
        "@comment".to_owned()
    } else {
        format!("@comment_{nth}")
    };
    (!text.contains(&format!("\"{key}\""))).then_some(key)
}
