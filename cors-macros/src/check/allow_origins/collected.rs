//! The entries that can match something, each once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::subsumed::Subsuming;
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::policy::{self, Pattern};
use crate::report::Report;
use crate::rules;

pub(super) struct Collected {
    list: Place,
    pub(super) star: Option<Place>,
    pub(super) any_by_pattern: Option<Place>,
    exact: Vec<(String, Place)>,
    patterns: Vec<(Pattern, Place)>,
    seen: HashMap<String, Place>,
}

impl Collected {
    /// What a list holds, so far nothing.
    pub(super) fn new(list: Place) -> Self {
        Self {
            list,
            star: None,
            any_by_pattern: None,
            exact: Vec::new(),
            patterns: Vec::new(),
            seen: HashMap::new(),
        }
    }

    pub(super) fn star(&mut self, item: &Text<'_>) {
        self.star.get_or_insert(item.place());
    }

    pub(super) fn exact(&mut self, item: &Text<'_>, origin: String, report: &mut Report) {
        if let Some(first) = self.first(item, &origin, report) {
            self.exact.push((origin, first));
        }
    }

    /// `null`, which a pattern matches beside other origins.
    pub(super) fn null(&mut self, item: &Text<'_>) {
        if let Entry::Vacant(entry) = self.seen.entry("null".to_owned()) {
            entry.insert(item.place());
            self.exact.push(("null".to_owned(), item.place()));
        }
    }

    pub(super) fn pattern(
        &mut self,
        item: &Text<'_>,
        pattern: Pattern,
        any: bool,
        report: &mut Report,
    ) {
        if any {
            self.any_by_pattern.get_or_insert(item.place());
        }
        if let Some(first) = self.first(item, &pattern.text, report) {
            self.patterns.push((pattern, first));
        }
    }

    /// The patterns of the list, for what they match.
    pub(super) fn subsuming(&self) -> Subsuming<'_> {
        Subsuming::of(self.patterns.iter().map(|(pattern, _)| pattern.ends()))
    }

    /// The entries in some places, but for those that a pattern of the list matches.
    pub(super) fn entries(&self, is_in: impl Fn(&Place) -> bool) -> Vec<(&str, Place)> {
        let exact = self.exact.iter().map(|(text, place)| (text, place));
        let patterns = self.patterns.iter().map(|(p, place)| (&p.text, place));
        let subsuming = self.subsuming();
        let is_alone = |text: &str| subsuming.first(text, text.find('*')).is_none();
        exact
            .chain(patterns)
            .filter(|(text, place)| is_in(place) && is_alone(text))
            .map(|(text, place)| (text.as_str(), *place))
            .collect()
    }

    /// The entry's place, unless the list has it already.
    fn first(&mut self, item: &Text<'_>, text: &str, report: &mut Report) -> Option<Place> {
        let place = item.place();
        let first = match self.seen.entry(text.to_owned()) {
            Entry::Vacant(entry) => return Some(*entry.insert(place)),
            Entry::Occupied(first) => *first.get(),
        };
        report.push(
            Finding::of_entry(
                &rules::DUPLICATE_ORIGIN,
                self.list,
                (place, item.as_str()),
                "the list has {} already",
                "remove this",
            )
            .also(first, "first listed here")
            .remove(place),
        );
        None
    }

    /// Reports the entries that a pattern in the list matches anyway.
    pub(super) fn report_subsumed(&self, report: &mut Report) {
        let subsuming = self.subsuming();
        let exact = self.exact.iter().map(|(text, place)| (text, None, place));
        let patterns = self
            .patterns
            .iter()
            .map(|(p, place)| (&p.text, Some(p.star), place));
        for (text, star, place) in exact.chain(patterns) {
            let first = subsuming.first(text, star);
            let pattern = first.and_then(|first| self.patterns.get(first));
            // A pattern that matches `null` has it listed in the same place.
            if let Some((pattern, at)) = pattern.filter(|(_, at)| at != place) {
                report.push(
                    Finding::new(
                        &rules::DUPLICATE_ORIGIN,
                        *place,
                        format!("\"{text}\" is matched by \"{}\" already", pattern.text),
                        "remove this",
                    )
                    .also(*at, "matches it too")
                    .remove(*place),
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
