//! The entries that can match something, each once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::covering::Covering;
use super::entry::{Breadth, Exact, Hosts};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::policy::{self, Pattern};
use crate::report::Report;
use crate::rules;

#[derive(Default)]
pub(super) struct Collected {
    pub(super) star: Option<Place>,
    pub(super) any_by_pattern: Option<Place>,
    exact: Vec<(String, Place)>,
    patterns: Vec<(Pattern, Place)>,
    seen: HashMap<String, Place>,
}

impl Collected {
    pub(super) fn star(&mut self, item: &Text<'_>) {
        self.star.get_or_insert(item.place());
    }

    pub(super) fn exact(&mut self, item: &Text<'_>, exact: Exact, report: &mut Report) {
        if let Some(first) = self.first(item, &exact.text, report) {
            self.exact.push((exact.text, first));
        }
    }

    pub(super) fn pattern(
        &mut self,
        item: &Text<'_>,
        pattern: Pattern,
        breadth: &Breadth,
        report: &mut Report,
    ) {
        if breadth.hosts == Hosts::Any {
            self.any_by_pattern.get_or_insert(item.place());
        }
        if let Some(first) = self.first(item, &pattern.text, report) {
            self.patterns.push((pattern, first));
        }
    }

    /// The entry's place, unless it stands in the list already.
    fn first(&mut self, item: &Text<'_>, text: &str, report: &mut Report) -> Option<Place> {
        let place = item.place();
        let first = match self.seen.entry(text.to_owned()) {
            Entry::Vacant(entry) => return Some(*entry.insert(place)),
            Entry::Occupied(first) => *first.get(),
        };
        report.push(
            Finding::new(
                &rules::DUPLICATE_ORIGIN,
                place,
                format!("`{text}` is listed twice"),
                "remove this",
            )
            .also(first, "first listed here")
            .note("once is enough")
            .words("remove one of the two"),
        );
        None
    }

    /// Reports the entries that a pattern in the list matches anyway.
    pub(super) fn covered(&self, report: &mut Report) {
        let covering = Covering::of(self.patterns.iter().map(|(pattern, _)| pattern));
        let exact = self.exact.iter().map(|(text, place)| (text, None, place));
        let patterns = self
            .patterns
            .iter()
            .map(|(p, place)| (&p.text, Some(p.star), place));
        for (text, star, place) in exact.chain(patterns) {
            let first = covering.first(text, star);
            if let Some((pattern, at)) = first.and_then(|first| self.patterns.get(first)) {
                report.push(
                    Finding::new(
                        &rules::DUPLICATE_ORIGIN,
                        *place,
                        format!("`{}` matches `{text}` already", pattern.text),
                        "remove this",
                    )
                    .also(*at, "this matches it too")
                    .note("the entry adds nothing")
                    .words("remove it, or the pattern if only this is meant"),
                );
            }
        }
    }

    /// What the policy lists, if anything can match.
    pub(super) fn listed(self) -> Option<policy::Origins> {
        let exact: Vec<String> = self.exact.into_iter().map(|(text, _)| text).collect();
        let patterns: Vec<Pattern> = self.patterns.into_iter().map(|(p, _)| p).collect();
        let anybody = !exact.is_empty() || !patterns.is_empty();
        anybody.then_some(policy::Origins::Listed { exact, patterns })
    }
}
