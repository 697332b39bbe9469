//! Which entries of `allow_origins` a pattern matches anyway, of the same list or of a ceiling.

use std::collections::BTreeMap;

/// The patterns of a list, in an order that makes trying every one of them needless.
pub(in crate::check) struct Subsuming<'p> {
    /// By how long the text before and after the `*` is: among patterns of one shape at most one
    /// matches an entry. Each has its place in the list.
    shapes: BTreeMap<(usize, usize), BTreeMap<Ends<'p>, usize>>,
}

/// The text before and after the `*`.
pub(in crate::check) type Ends<'p> = (&'p str, &'p str);

impl<'p> Subsuming<'p> {
    pub(in crate::check) fn of(patterns: impl Iterator<Item = Ends<'p>>) -> Self {
        let mut shapes: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (nth, ends) in patterns.enumerate() {
            let shape = (ends.0.len(), ends.1.len());
            shapes.entry(shape).or_default().entry(ends).or_insert(nth);
        }
        Self { shapes }
    }

    /// The place of the first pattern that matches all that another entry does. The entry may be
    /// a pattern itself, with a star.
    pub(in crate::check) fn first(&self, text: &str, star: Option<usize>) -> Option<usize> {
        self.all(text, star).min()
    }

    /// The places of all of them.
    pub(in crate::check) fn all(
        &self,
        text: &str,
        star: Option<usize>,
    ) -> impl Iterator<Item = usize> {
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
                let (start, left) = head.split_at_checked(*before)?;
                let (right, end) = tail.split_at_checked(tail.len().checked_sub(*after)?)?;
                let nth = patterns.get(&(start, end))?;
                // Of an origin, what is left of one end is so of the other.
                let left = match star {
                    Some(_) => left,
                    None => left.get(..left.len().checked_sub(*after)?)?,
                };
                let has_port = left.contains(':') || star.is_some() && right.contains(':');
                (!(has_port && is_in_host((start, end)))).then_some(*nth)
            })
    }
}

/// Whether the `*` matches a part of the host, and so no colon: `https://ab*70` matches no port.
fn is_in_host((before, after): Ends<'_>) -> bool {
    let authority = before.split_once("://").map(|(_, authority)| authority);
    authority.is_some_and(|authority| !authority.contains(':'))
        && !after.is_empty()
        && !after.starts_with(':')
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

    #[test]
    fn a_star_in_the_host_matches_no_port() {
        for (pattern, text, expected) in [
            ("https://ab*70", "https://ab.test:70", false),
            ("https://ab*70", "https://ab*:70", false),
            ("https://ab*70", "https://ab.test:*70", false),
            ("https://ab*70", "https://ab-270", true),
            ("https://ab*70", "https://abc*-70", true),
            ("https://ab*.test:70", "https://abc.test:70", true),
            ("https://ab*.test:70", "https://abc*.test:70", true),
            ("https://ab*:70", "https://ab.test:70", true),
            ("https://ab*", "https://ab.test:70", true),
            ("https://ab.test:*0", "https://ab.test:7*0", true),
            ("ab*70", "ab.test:70", true),
        ] {
            let subsuming = Subsuming::of(pattern.split_once('*').into_iter());
            let found = subsuming.first(text, text.find('*'));
            assert_eq!(found.is_some(), expected, "{text} by {pattern}");
        }
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
