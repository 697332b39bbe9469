//! Patterns, in groups that are looked up at once.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::table::Key;
use super::{FEW, set};
use crate::policy::{Pattern, Reach};

/// How patterns are grouped: by the length before the `*`, by what it may match, and by the suffix.
type Shape = (u32, &'static str, Suffix);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Suffix {
    /// The number of bytes, and the first of them.
    Length(u32, u8),
    /// It begins with a dot, as those of many lengths do.
    Labels,
}

/// The patterns in groups that are searched at once, however many patterns there are.
pub(super) fn tokens(private: &TokenStream, patterns: &[Pattern]) -> TokenStream {
    let mut groups: BTreeMap<Shape, Vec<Key<'_>>> = BTreeMap::new();
    for pattern in patterns {
        let (prefix, suffix) = pattern.ends();
        let first = suffix.bytes().next().unwrap_or_default();
        let reach = match pattern.reach {
            Reach::Host => "Host",
            Reach::Port => "Port",
            Reach::Across => "Across",
        };
        let suffix_shape = Suffix::Length(suffix.len() as u32, first);
        groups
            .entry((prefix.len() as u32, reach, suffix_shape))
            .or_default()
            .push(Key::Pattern(prefix, suffix));
    }
    let groups = by_labels(groups);
    let groups = groups.iter().map(|((prefix, reach, shape), patterns)| {
        let texts = set(private, patterns);
        let reach = quote::format_ident!("{reach}");
        let suffix = match shape {
            Suffix::Length(len, first) => quote!(Length(#len, #first)),
            Suffix::Labels => {
                let most = patterns.iter().map(Key::dots).max().unwrap_or_default();
                quote!(Labels(#most))
            }
        };
        quote!(#private::Group {
            prefix: #prefix,
            suffix: #private::Suffix::#suffix,
            reach: #private::Reach::#reach,
            texts: #texts,
        })
    });
    quote!(&[#(#groups),*])
}

/// Joins groups whose suffixes begin with a dot, if there are many that differ only in the length of the
/// suffix. For a few, a look at one place of the origin for each costs less than to find its dots.
fn by_labels(groups: BTreeMap<Shape, Vec<Key<'_>>>) -> BTreeMap<Shape, Vec<Key<'_>>> {
    let is_dotted = |suffix: &Suffix| matches!(suffix, Suffix::Length(_, b'.'));
    let mut lengths: BTreeMap<_, usize> = BTreeMap::new();
    for (prefix, reach, suffix) in groups.keys() {
        *lengths.entry((*prefix, *reach)).or_default() += usize::from(is_dotted(suffix));
    }
    let mut joined: BTreeMap<Shape, Vec<Key<'_>>> = BTreeMap::new();
    for ((prefix, reach, suffix), patterns) in groups {
        let many = is_dotted(&suffix) && lengths[&(prefix, reach)] > FEW;
        let suffix = if many { Suffix::Labels } else { suffix };
        joined
            .entry((prefix, reach, suffix))
            .or_default()
            .extend(patterns);
    }
    joined
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenTree;

    use super::*;

    /// A name of this length, another for each number.
    fn letters(mut nth: usize, length: usize) -> String {
        let mut letter = || {
            let letter = b'a' + (nth % 26) as u8;
            nth /= 26;
            char::from(letter)
        };
        (0..length).map(|_| letter()).collect()
    }

    /// With how many texts an origin may be compared: with each text of a short list, and with the
    /// one that a hash leads to, for each label if the lengths are many.
    fn candidates(tokens: TokenStream) -> usize {
        let mut count = 0;
        let mut labels = 1;
        let (mut in_list, mut in_labels) = (false, false);
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    in_list = name == "Few";
                    in_labels = name == "Labels";
                    count += labels * usize::from(name == "Many");
                }
                TokenTree::Group(group) if in_labels => {
                    labels = group
                        .stream()
                        .to_string()
                        .replace("u32", "")
                        .parse()
                        .expect("a number");
                    in_labels = false;
                }
                TokenTree::Group(group) if in_list => count += literals(group.stream()),
                TokenTree::Group(group) => count += candidates(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
        count
    }

    fn literals(tokens: TokenStream) -> usize {
        let count = |token| match token {
            TokenTree::Group(group) => literals(group.stream()),
            token => usize::from(matches!(token, TokenTree::Literal(_))),
        };
        tokens.into_iter().map(count).sum()
    }

    /// However many patterns there are, and whatever the origin: it is compared with one text for
    /// each length before the `*`, length behind it and first byte behind it, or with a short list. Where
    /// suffixes begin with a dot, it is one text for each label instead, if the lengths are many.
    /// `20-patterns` of the benchmarks shows the same in instructions.
    #[test]
    fn comparisons_do_not_grow_with_the_number_of_patterns() {
        type Case = (&'static str, fn(usize) -> String, usize);
        let cases: [Case; 9] = [
            (
                "one suffix",
                |nth| format!("https://tenant-{nth:04}-*.example.com"),
                1,
            ),
            (
                "suffixes that differ in their first bytes",
                |nth| format!("https://*.{nth:04}.example.com"),
                1,
            ),
            (
                "suffixes that differ in their last eight bytes",
                |nth| format!("https://*.apps.example.t{nth:04}com"),
                1,
            ),
            (
                "two schemes",
                |nth| format!("{}://*.{nth:04}.test", ["http", "https"][nth % 2]),
                2,
            ),
            (
                "every letter behind the star",
                |nth| format!("https://*{}.example.com", letters(nth, 4)),
                26,
            ),
            (
                "names of 4 to 63 letters",
                |nth| format!("https://*.{}.test", letters(nth, 4 + nth % 60)),
                2,
            ),
            (
                "names of 4 to 63 letters, with up to three labels before them",
                |nth| {
                    let name = letters(nth, 4 + nth % 60);
                    format!("https://*{}.{name}.test", ".x".repeat(nth % 4))
                },
                5,
            ),
            (
                "names of 4 to 63 letters behind a part of a label",
                |nth| format!("https://*-{}.test", letters(nth, 4 + nth % 60)),
                60,
            ),
            (
                "the same before the star",
                |nth| format!("https://{}-*.example.com", letters(nth, 4 + nth % 60)),
                60,
            ),
        ];
        for (name, text, expected) in cases {
            for count in [1_000, 3_000] {
                let patterns: Vec<Pattern> = (0..count)
                    .map(|nth| {
                        let text = text(nth);
                        let star = text.find('*').expect("a pattern");
                        let reach = Reach::Host;
                        Pattern { text, star, reach }
                    })
                    .collect();
                let tokens = tokens(&quote!(private), &patterns);
                let found = candidates(tokens);
                assert_eq!(found, expected, "{name}, {count} patterns");
            }
        }
    }
}
