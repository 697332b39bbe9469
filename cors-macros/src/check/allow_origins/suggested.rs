//! What is suggested for a list, taken together: no suggestion repeats what the list has, or what is
//! suggested for another entry, and none makes an entry needless that is right.

use std::collections::HashSet;

use super::subsumed::{Ends, Subsuming};
use crate::finding::Place;

/// The entries of a list that stay as they are, and all that is suggested in place of others.
pub(super) struct Suggested<'s> {
    /// What stays, and what is suggested so far.
    known: HashSet<&'s str>,
    /// What stays, and its patterns.
    stay: HashSet<&'s str>,
    stay_patterns: Subsuming<'s>,
    /// Of what stays and what is suggested.
    patterns: Subsuming<'s>,
    /// Patterns that may go: something is wrong with them. Until they are gone, they match.
    may_go: Subsuming<'s>,
    places: Vec<Place>,
    /// The suggested patterns that match what stays.
    needless: HashSet<Ends<'s>>,
}

/// What to do with one entry.
pub(super) enum Advice<'s> {
    Write(Vec<&'s str>),
    /// The rest of the list allows it.
    Remove,
    /// What is suggested for another entry allows it.
    RemoveToo,
    /// Something would be matched twice, by this or by an entry that may stay.
    Words,
}

impl<'s> Suggested<'s> {
    pub(super) fn new(
        stay: &[(&'s str, Place)],
        may_go: &[(&'s str, Place)],
        suggested: &[&'s String],
    ) -> Self {
        let stay: Vec<&str> = stay.iter().map(|(text, _)| *text).collect();
        let may_go = may_go.iter();
        let may_go = may_go.filter_map(|(text, place)| Some((text.split_once('*')?, *place)));
        let (may_go, places): (Vec<Ends<'_>>, Vec<Place>) = may_go.unzip();
        let suggested = suggested.iter().map(|text| text.as_str());
        let of_suggested: Vec<Ends<'s>> =
            suggested.filter_map(|text| text.split_once('*')).collect();
        let of_list: Vec<Ends<'s>> = stay
            .iter()
            .filter_map(|text| text.split_once('*'))
            .collect();
        let matching = Subsuming::of(of_suggested.iter().copied());
        let needless = stay.iter().flat_map(|text| {
            let found = matching.all(text, text.find('*'));
            found.filter_map(|nth| of_suggested.get(nth).copied())
        });
        Self {
            known: stay.iter().copied().collect(),
            stay: stay.iter().copied().collect(),
            stay_patterns: Subsuming::of(of_list.iter().copied()),
            may_go: Subsuming::of(may_go.into_iter()),
            places,
            needless: needless.collect(),
            patterns: Subsuming::of(of_list.into_iter().chain(of_suggested.iter().copied())),
        }
    }

    /// What to do with the entry in a place that these would replace.
    pub(super) fn advice(&mut self, fixed: &'s [String], entry: Place) -> Advice<'s> {
        let mut lacking: Vec<&str> = Vec::new();
        for text in fixed {
            let is_matched = self.patterns.first(text, text.find('*')).is_some();
            if !is_matched && self.known.insert(text) {
                lacking.push(text);
            }
        }
        let mut ends = lacking.iter().filter_map(|text| text.split_once('*'));
        let is_matched_yet = |text: &&str| {
            let mut others = self.may_go.all(text, text.find('*'));
            others.any(|nth| self.places.get(nth) != Some(&entry))
        };
        if ends.any(|ends| self.needless.contains(&ends)) || lacking.iter().any(is_matched_yet) {
            Advice::Words
        } else if lacking.is_empty() {
            let stays = |text: &String| {
                self.stay.contains(text.as_str())
                    || self.stay_patterns.first(text, text.find('*')).is_some()
            };
            if fixed.iter().all(stays) {
                Advice::Remove
            } else {
                Advice::RemoveToo
            }
        } else {
            Advice::Write(lacking)
        }
    }
}
