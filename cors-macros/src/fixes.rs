//! All suggestions for a text, taken together.

use std::collections::BTreeMap;

use crate::check::Ceiling;
use crate::checked::{Checked, Found, Terms};
use crate::config;
use crate::edits::{self, Edit, Moved};
use crate::finding::{Finding, Help, Place};
use crate::json::{self, Parsed};
use crate::report::Report;
use crate::rules::{self, Level};
use crate::source::Source;
use crate::stages::check_source;

/// One suggestion may make room for another: of what keeps a text from being JSON, only the first is found.
const ROUNDS: usize = 1024;

/// Why a text with suggestions has to stay as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Template,
    NotJson,
}

/// The file with every suggestion that is certain, taken round by round. `None` if there is none. Each
/// finding is told before it is fixed, with the file in which it is.
pub(crate) fn fix(
    checked: &Checked,
    terms: Terms<'_>,
    mut tell: impl FnMut(&Checked, &Finding),
) -> Result<Option<Checked>, Kept> {
    let Some(mut fixed) = round(checked, terms, &mut tell) else {
        return Ok(None);
    };
    if is_template(checked) {
        return Err(Kept::Template);
    }
    for _ in 1..ROUNDS {
        let Some(next) = round(&fixed, terms, &mut tell) else {
            break;
        };
        fixed = next;
    }
    // What is not JSON hides the placeholders in it.
    if is_template(&fixed) {
        Err(Kept::Template)
    } else if is_json(&fixed.source) {
        Ok(Some(fixed))
    } else {
        Err(Kept::NotJson)
    }
}

/// A finding with the edits that fix it.
type Suggested<'f> = (&'f Finding, Vec<Edit>);

/// One round. `None` if there is nothing to do, or if it does not do what the messages say.
///
/// An entry with an error does not do what it says: what is suggested is what it names. Everything else
/// works, and what is suggested for it may allow nothing that is not allowed already.
fn round(
    checked: &Checked,
    terms: Terms<'_>,
    tell: &mut impl FnMut(&Checked, &Finding),
) -> Option<Checked> {
    let is_error = |(finding, _): &Suggested<'_>| finding.rule.level == Level::Error;
    let (errors, others) = suggested(checked).into_iter().partition(is_error);
    let errors = apart(errors);
    let (taken, (after, _)) = match attempt(checked, terms, &errors) {
        Some(outcome) => (errors, outcome),
        None => narrowing(checked, terms, apart(others))?,
    };
    taken.iter().for_each(|(finding, _)| tell(checked, finding));
    Some(after)
}

/// The file after some suggestions, and where everything is then. `None` if they do not do what the messages
/// say.
fn attempt(
    checked: &Checked,
    terms: Terms<'_>,
    taken: &[Suggested<'_>],
) -> Option<(Checked, Moved)> {
    let mut edits: Vec<&Edit> = taken.iter().flat_map(|(_, edits)| edits).collect();
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| edit.place);
    let moved = Moved::by(&edits);
    let edited = edits::apply(checked.source.text(), edits);
    let after = Checked::new(&checked.path, edited.into_bytes(), terms);
    let mut findings = taken.iter().map(|(finding, _)| *finding);
    let is_right = findings.all(|finding| is_gone(finding, &moved, &after));
    is_right.then_some((after, moved))
}

/// The same with those of the suggestions that allow nothing more.
fn narrowing<'f>(
    checked: &Checked,
    terms: Terms<'_>,
    mut taken: Vec<Suggested<'f>>,
) -> Option<(Vec<Suggested<'f>>, (Checked, Moved))> {
    let ceiling = Ceiling::from_policy(checked.policy.clone()?);
    loop {
        let outcome = attempt(checked, terms, &taken)?;
        let (after, moved) = &outcome;
        let mut report = Report::default();
        check_source(&after.source, Some(&ceiling), &mut report);
        let beyond = report.faults();
        let beyond = beyond.filter(|finding| *finding.rule == rules::BEYOND_CEILING);
        let beyond: Vec<Place> = beyond.map(Finding::place).collect();
        if beyond.is_empty() {
            return Some((taken, outcome));
        }
        let is_beyond = |edit: &Edit| {
            let written = moved.replaced(edit.place);
            written.is_none_or(|written| {
                let mut beyond = beyond.iter();
                beyond.any(|place| place.start < written.end && written.start < place.end)
            })
        };
        let count = taken.len();
        taken.retain(|(_, edits)| !edits.iter().any(is_beyond));
        if taken.len() == count {
            return None;
        }
    }
}

/// The findings with a suggestion that nobody has to decide on.
fn suggested(checked: &Checked) -> Vec<Suggested<'_>> {
    let text = checked.source.text();
    let findings = checked.found.iter().map(|found| &found.finding);
    findings
        .filter(|finding| is_certain(finding))
        .filter_map(|finding| Some((finding, edits::of(finding, text)?)))
        .collect()
}

/// Whether nobody has to decide. Somebody may want what is reported. An element that is added allows what
/// nobody wrote, and so do all methods in place of a `*`.
fn is_certain(finding: &Finding) -> bool {
    let is_conditional = |case: String| case.starts_with("if ");
    let is_new = matches!(finding.help, Help::Add(..)) || *finding.rule == rules::STAR_METHOD;
    !is_new && !finding.acceptance().is_some_and(is_conditional)
}

/// Those whose edits do not touch each other. What is inside of something goes first.
fn apart(mut suggested: Vec<Suggested<'_>>) -> Vec<Suggested<'_>> {
    suggested.sort_by_key(|(_, edits)| edits.last().map(|edit| edit.place.end));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    suggested.retain(|(_, edits)| {
        let places = edits.iter().map(|edit| edit.place);
        let is_free = |place: Place| {
            let before = taken.range(..=place.end).next_back();
            before.is_none_or(|(_, end)| *end < place.start)
        };
        let is_chosen = places.clone().all(is_free);
        if is_chosen {
            taken.extend(places.map(|place| (place.start, place.end)));
        }
        is_chosen
    });
    suggested
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
    // The check reads what is behind a byte order mark. KrakenD does not.
    if source.text().starts_with('\u{feff}') {
        return false;
    }
    let report = &mut Report::default();
    match json::parse(source.text(), source.name(), report) {
        None | Some(Parsed::Template(..)) => false,
        Some(parsed) => config::document(parsed, report).is_some(),
    }
}
