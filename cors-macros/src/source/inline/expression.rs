//! Rust in the place of JSON, and what the message says to write instead.

use std::collections::HashSet;

use proc_macro2::TokenTree;
use serde_json::value::RawValue;

use super::is_punct;
use crate::config::Key;
use crate::finding::{Finding, Label, Place};
use crate::report::Report;
use crate::rules::Rule;
use crate::source::{Origin, Source};

/// What to do where the value depends on the build.
pub(super) const CHOOSE: &str =
    "choose between calls: `if cfg!(…) { cors_policy!({ … }) } else { cors_policy!({ … }) }`";

/// Where something in an object is.
#[derive(Clone, Copy)]
pub(super) enum Slot<'k> {
    Key,
    /// The value of this key.
    Value(&'k str),
    /// In an object, without a key.
    Member,
    /// In a list.
    Element,
}

impl Slot<'_> {
    pub(super) fn is_duration(self) -> bool {
        matches!(self, Self::Value(key) if key == Key::MaxAge.name())
    }
}

/// Something that is not JSON.
pub(crate) struct Expression {
    /// Its help is in words.
    finding: Finding,
    /// The JSON that it certainly means.
    meant: Option<String>,
}

impl Expression {
    pub(super) fn new(
        finding: Finding,
        meant: Option<String>,
        trees: &[TokenTree],
        slot: Slot<'_>,
    ) -> Self {
        let finding = finding.words(match slot {
            _ if is_conditional(trees) => CHOOSE,
            Slot::Key => "write the key itself, in double quotation marks",
            Slot::Value(_) if slot.is_duration() => "write the duration itself, such as \"10m\"",
            Slot::Value(_) => "write the value itself, as JSON",
            Slot::Member if trees.first().is_some_and(|tree| is_punct(tree, '.')) => {
                "remove it: a setting that is missing has its default"
            }
            Slot::Member => "write a key in double quotation marks, `:` and a value",
            Slot::Element => "write the text itself, in double quotation marks",
        });
        Self { finding, meant }
    }
}

/// Whether the value depends on the build.
pub(super) fn is_conditional(trees: &[TokenTree]) -> bool {
    let words = ["if", "match", "cfg", "cfg_attr"];
    trees
        .iter()
        .take(3)
        .any(|tree| matches!(tree, TokenTree::Ident(name) if words.iter().any(|word| name == word)))
}

/// The text of an object with what its expressions mean, if any of them means something.
pub(crate) fn suggested(source: &Source, expressions: &[Expression]) -> Option<Source> {
    let is_json = || serde_json::from_str::<&RawValue>(source.text()).is_ok();
    let means_nothing = expressions.iter().all(|one| one.meant.is_none());
    if means_nothing || !source.is_readable() || !is_json() {
        return None;
    }
    let (mut text, mut rest) = (String::new(), 0);
    for Expression { finding, meant } in expressions {
        if let Some(meant) = meant {
            let Place { start, end } = finding.place();
            text.push_str(source.text().get(rest..start)?);
            text.push_str(meant);
            text.extend(std::iter::repeat_n(' ', end.saturating_sub(text.len())));
            rest = end;
        }
    }
    text.push_str(source.text().get(rest..)?);
    Some(Source::new(text, Origin::Inline(Vec::new())))
}

/// Adds the expressions of an object to its report.
///
/// What is suggested for them was checked too. A suggestion that leads to a fault is none: the message has words.
pub(crate) fn settle(expressions: Vec<Expression>, suggested: Option<Report>, report: &mut Report) {
    let places: Vec<Place> = expressions.iter().map(|one| one.finding.place()).collect();
    // Nobody wrote the `null` that is there for an expression.
    report.retain(|finding| {
        let Place { start, .. } = finding.place();
        let nth = places.partition_point(|place| place.end <= start);
        places.get(nth).is_none_or(|place| place.start > start)
    });
    let is_wrong = match suggested {
        Some(suggested) => wrong(&places, &suggested, report),
        None => vec![true; places.len()],
    };
    for (Expression { finding, meant }, is_wrong) in expressions.into_iter().zip(is_wrong) {
        let place = finding.place();
        report.push(match meant.filter(|_| !is_wrong) {
            Some(text) => finding.write(place, text),
            None => finding,
        });
    }
}

/// For each of some places, whether what is suggested there leads to a fault.
fn wrong(places: &[Place], suggested: &Report, report: &Report) -> Vec<bool> {
    let known: HashSet<(&Rule, usize)> = report
        .faults()
        .map(|finding| (finding.rule, finding.place().start))
        .collect();
    let mut wrong = HashSet::new();
    for finding in suggested.faults() {
        if known.contains(&(finding.rule, finding.place().start)) {
            continue;
        }
        let labels = finding.at.iter().chain(&finding.also);
        let touched = labels.map(|Label { place, .. }| {
            let first = places.partition_point(|other| other.end <= place.start);
            first..places.partition_point(|other| other.start < place.end)
        });
        let before = wrong.len();
        wrong.extend(touched.filter(|range| !range.is_empty()));
        if wrong.len() == before {
            // It is elsewhere, and any of them may have led to it.
            wrong.insert(0..places.len());
        }
    }
    let mut is_wrong = vec![false; places.len()];
    for range in wrong {
        is_wrong[range].fill(true);
    }
    is_wrong
}
