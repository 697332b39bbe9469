//! Writes what the messages suggest into the file.

use std::fs;

use super::shown::Range;
use crate::checked::{Checked, Terms, name};
use crate::finding::Finding;
use crate::fixes::{self, Kept};
use crate::replace::replace;

/// A file after the suggestions.
pub(super) struct Fixed {
    /// As it is now, with what is still found in it.
    pub(super) checked: Checked,
    /// What was written, in the order in which it was.
    pub(super) changes: Vec<String>,
}

/// Takes every suggestion that is certain, and writes the file. An error says why the file is as it was.
pub(super) fn fix(checked: &Checked, terms: Terms<'_>) -> Result<Option<Fixed>, String> {
    let mut changes = Vec::new();
    let tell = |before: &Checked, finding: &Finding| changes.push(change(before, finding));
    let fixed = match fixes::fix(checked, terms, tell) {
        Ok(Some(fixed)) => fixed,
        Ok(None) => return Ok(None),
        Err(Kept::Template) => return Err(not_changed(checked, "it is a template")),
        Err(Kept::NotJson) => return Err(not_changed(checked, "it would still not be JSON")),
    };
    let texts = [checked, &fixed].map(|checked| checked.source.text());
    replace(&checked.path, texts, |new, old| fs::rename(new, old))
        .map_err(|error| not_changed(checked, &error.to_string()))?;
    Ok(Some(Fixed {
        checked: fixed,
        changes,
    }))
}

pub(super) fn not_changed(checked: &Checked, why: &str) -> String {
    format!("`{}` is not changed: {why}", name(&checked.path))
}

/// What was done about a finding, on one line.
fn change(checked: &Checked, finding: &Finding) -> String {
    let place = match checked.range(finding) {
        Some(Range { start, .. }) => format!(":{}:{}", start.line, start.column),
        None => String::new(),
    };
    let help = checked.message(finding).help.join(" ");
    format!(
        "changed: {}{place}: `{}`: {help}",
        name(&checked.path),
        finding.rule.name
    )
}
