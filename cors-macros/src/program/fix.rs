//! Writes what the messages suggest into the file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::checked::{Checked, Found, Range, name};
use crate::config;
use crate::edits::{self, Edit, Moved};
use crate::finding::{Finding, Help, Place};
use crate::json::{self, Parsed};
use crate::levels::Levels;
use crate::report::Report;
use crate::rules;
use crate::source::Source;

/// One suggestion may make room for another. More rounds than these no file needs.
const ROUNDS: usize = 32;

/// A file after the suggestions.
pub(super) struct Fixed {
    /// As it is now, with what is still found in it.
    pub(super) checked: Checked,
    /// What was written, in the order in which it was.
    pub(super) changes: Vec<String>,
}

/// Takes every suggestion that is a text, round by round, and writes the file. An error says why the
/// file is as it was.
pub(super) fn fix(checked: &Checked, levels: &Levels<usize>) -> Result<Option<Fixed>, String> {
    let Some(mut fixed) = round(checked, levels) else {
        return Ok(None);
    };
    let not_changed = |why: &str| format!("`{}` is not changed: {why}", name(&checked.path));
    if is_template(checked) {
        return Err(not_changed("it is a template"));
    }
    for _ in 1..ROUNDS {
        let Some(next) = round(&fixed.checked, levels) else {
            break;
        };
        fixed.checked = next.checked;
        fixed.changes.extend(next.changes);
    }
    if !is_json(&fixed.checked.source) {
        return Err(not_changed("it would still not be JSON"));
    }
    let texts = [checked, &fixed.checked].map(|checked| checked.source.text());
    write(&checked.path, texts).map_err(|error| not_changed(&error.to_string()))?;
    Ok(Some(fixed))
}

/// One round. `None` if there is nothing to do, or if it does not do what the messages say.
fn round(checked: &Checked, levels: &Levels<usize>) -> Option<Fixed> {
    let chosen = chosen(checked);
    if chosen.is_empty() {
        return None;
    }
    let mut edits: Vec<&Edit> = chosen.iter().flat_map(|(_, edits)| edits).collect();
    edits.sort_by_key(|edit| edit.place);
    let moved = Moved::by(&edits);
    let edited = edits::apply(checked.source.text(), edits);
    let after = Checked::new(&checked.path, edited.into_bytes(), levels);
    let mut findings = chosen.iter().map(|(finding, _)| *finding);
    let changes = findings.clone().map(|finding| change(checked, finding));
    let changes = changes.collect();
    let is_right = findings.all(|finding| is_gone(finding, &moved, &after));
    is_right.then_some(Fixed {
        checked: after,
        changes,
    })
}

/// The findings to fix at once, with the edits of each. Their edits do not touch each other.
fn chosen(checked: &Checked) -> Vec<(&Finding, Vec<Edit>)> {
    let text = checked.source.text();
    let findings = checked.found.iter().map(|found| &found.finding);
    let mut suggested: Vec<(&Finding, Vec<Edit>)> = findings
        .filter(|finding| !is_conditional(finding))
        .filter_map(|finding| Some((finding, edits::of(finding, text)?)))
        .collect();
    // What is inside of something goes first.
    suggested.sort_by_key(|(finding, edits)| touched(finding, edits).last().map(|place| place.end));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    suggested.retain(|(finding, edits)| {
        let places = touched(finding, edits);
        let is_free = |place: &Place| {
            let before = taken.range(..=place.end).next_back();
            before.is_none_or(|(_, end)| *end < place.start)
        };
        let is_chosen = places.iter().all(is_free);
        if is_chosen {
            taken.extend(places.iter().map(|place| (place.start, place.end)));
        }
        is_chosen
    });
    suggested
}

/// Whether somebody may want what is reported, which is for them to decide.
fn is_conditional(finding: &Finding) -> bool {
    let acceptance = finding.acceptance();
    acceptance.is_some_and(|case| case.starts_with("if "))
}

/// The places that no other edit of the same round may touch, in order. What is added to a list depends
/// on what is in it.
fn touched(finding: &Finding, edits: &[Edit]) -> Vec<Place> {
    match finding.help {
        Help::Add(place, _) => vec![place],
        _ => edits.iter().map(|edit| edit.place).collect(),
    }
}

/// Whether a finding is gone after all edits of a round.
fn is_gone(finding: &Finding, moved: &Moved, after: &Checked) -> bool {
    let place = finding.place();
    let written = moved.replaced(place);
    let start = moved.position(place.start);
    let (start, end) = written.map_or((start, start + 1), |written| (written.start, written.end));
    let found = after.found.iter().map(|found| &found.finding);
    let first = after
        .found
        .partition_point(|found| found.finding.place().start < start);
    let mut there = found
        .skip(first)
        .take_while(|other| other.place().start < end);
    // What is written has no such mistake at all. Another place may have one of another title.
    let is_same = |other: &Finding| written.is_some() || other.title() == finding.title();
    !there.any(|other| other.rule == finding.rule && is_same(other))
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

/// Whether a tool writes the configuration from this file.
fn is_template(checked: &Checked) -> bool {
    let source = &checked.source;
    let parsed = json::parse(source.text(), source.name(), &mut Report::default());
    let mut found = checked.found.iter();
    let is_placeholder = |found: &Found| *found.finding.rule == rules::PLACEHOLDER;
    matches!(parsed, Some(Parsed::Template(..))) || found.any(is_placeholder)
}

/// Whether the text is a configuration, or the part of one that a template includes.
fn is_json(source: &Source) -> bool {
    let report = &mut Report::default();
    match json::parse(source.text(), source.name(), report) {
        None | Some(Parsed::Template(..)) => false,
        Some(parsed) => config::document(parsed, report).is_some(),
    }
}

/// An error if somebody has changed the file since it was read.
fn is_unchanged(path: &Path, before: &str) -> io::Result<()> {
    if fs::read(path)? == before.as_bytes() {
        Ok(())
    } else {
        Err(io::Error::other("it was changed meanwhile"))
    }
}

/// Writes the file anew, beside it, and puts it in the place of the old one: who reads it meanwhile reads
/// all of one of the two.
fn write(path: &Path, [before, after]: [&str; 2]) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    let permissions = metadata.permissions();
    if metadata.is_symlink() {
        return Err(io::Error::other("it is a symbolic link"));
    }
    if !metadata.is_file() || permissions.readonly() {
        return Err(io::Error::other("it is no file that can be written"));
    }
    let mut beside = OsString::from(".");
    beside.push(path.file_name().unwrap_or_default());
    beside.push(format!(".{}.cors-check", std::process::id()));
    let beside = path.with_file_name(beside);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)?;
    // It is empty until nobody else can read it who could not read the old one.
    let written = file
        .set_permissions(permissions)
        .and_then(|()| file.write_all(after.as_bytes()))
        .and_then(|()| file.sync_all())
        .and_then(|()| is_unchanged(path, before))
        .and_then(|()| fs::rename(&beside, path));
    written.inspect_err(|_| _ = fs::remove_file(&beside))
}
