//! Which entries of `allow_origins` a pattern of the list matches anyway.

use std::collections::BTreeMap;

/// The patterns of a list, in an order that makes trying every one of them needless.
pub(super) struct Subsuming<'p> {
    /// By how long the text before and after the `*` is: among patterns of one shape at most one
    /// matches an entry. Each has its place in the list.
    shapes: BTreeMap<(usize, usize), BTreeMap<Ends<'p>, usize>>,
}

/// The text before and after the `*`.
pub(super) type Ends<'p> = (&'p str, &'p str);

impl<'p> Subsuming<'p> {
    pub(super) fn of(patterns: impl Iterator<Item = Ends<'p>>) -> Self {
        let mut shapes: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (nth, ends) in patterns.enumerate() {
            let shape = (ends.0.len(), ends.1.len());
            shapes.entry(shape).or_default().entry(ends).or_insert(nth);
        }
        Self { shapes }
    }

    /// The place of the first pattern that matches all that another entry does. The entry may be
    /// a pattern itself, with a star.
    pub(super) fn first(&self, text: &str, star: Option<usize>) -> Option<usize> {
        self.all(text, star).min()
    }

    /// The places of all of them.
    pub(super) fn all(&self, text: &str, star: Option<usize>) -> impl Iterator<Item = usize> {
        let (head, tail) = match star {
            Some(star) => ends(text, star),
            None => (text, text),
        };
        let itself = move |before: usize, after: usize| {
            star.is_some_and(|_| (before, after) == (head.len(), tail.len()))
        };
        self.shapes
            .iter()
            .filter(move |((before, after), _)| {
                !itself(*before, *after) && (star.is_some() || before + after <= text.len())
            })
            .filter_map(move |((before, after), patterns)| {
                let start = head.get(..*before)?;
                let end = tail.get(tail.len().checked_sub(*after)?..)?;
                patterns.get(&(start, end)).copied()
            })
    }
}

fn ends(text: &str, star: usize) -> Ends<'_> {
    (&text[..star], &text[star + 1..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Subsuming;
    use crate::policy::{Pattern, Reach};

    /// Whether a pattern matches all that another entry, itself perhaps a pattern, does.
    fn subsumes(pattern: &Pattern, text: &str, star: Option<usize>) -> bool {
        let (before, after) = pattern.ends();
        let (head, tail) = match star {
            Some(star) => (&text[..star], &text[star + 1..]),
            None => (text, text),
        };
        text != pattern.text
            && head.starts_with(before)
            && tail.ends_with(after)
            && (star.is_some() || text.len() >= before.len() + after.len())
    }

    proptest! {
        #[test]
        fn it_is_the_first_of_those_that_match(
            patterns in prop::collection::hash_set("[ab]{0,2}\\*[ab]{0,2}", 0..8),
            texts in prop::collection::vec("[ab]{0,5}", 1..8),
        ) {
            let patterns: Vec<Pattern> = patterns
                .into_iter()
                .map(|text| Pattern { star: text.find('*').unwrap(), text, reach: Reach::Host })
                .collect();
            let subsuming = Subsuming::of(patterns.iter().map(Pattern::ends));
            let exact = texts.iter().map(|text| (text, None));
            let entries = exact.chain(patterns.iter().map(|p| (&p.text, Some(p.star))));
            for (text, star) in entries {
                let expected = patterns.iter().position(|p| subsumes(p, text, star));
                prop_assert_eq!(subsuming.first(text, star), expected, "{}", text);
            }
        }
    }
}
