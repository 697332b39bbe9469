//! Patterns, in groups that are looked up at once.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::set;
use super::table::Key;
use crate::policy::{Pattern, Reach};

/// The patterns in groups of those that differ only in their texts. So there are no more groups
/// than lengths, however many patterns there are.
pub(super) fn tokens(private: &TokenStream, patterns: &[Pattern]) -> TokenStream {
    let mut groups: BTreeMap<_, Vec<Key<'_>>> = BTreeMap::new();
    for pattern in patterns {
        let (prefix, suffix) = pattern.ends();
        let first = suffix.bytes().next().unwrap_or_default();
        let reach = match pattern.reach {
            Reach::Host => "Host",
            Reach::Port => "Port",
            Reach::Across => "Across",
        };
        groups
            .entry((prefix.len() as u32, suffix.len() as u32, first, reach))
            .or_default()
            .push(Key::Pattern(prefix, suffix));
    }
    let groups = groups
        .iter()
        .map(|((prefix, suffix, first, reach), patterns)| {
            let texts = set(private, patterns);
            let reach = quote::format_ident!("{reach}");
            quote!(#private::Group {
                prefix: #prefix,
                suffix: #suffix,
                first: #first,
                reach: #private::Reach::#reach,
                texts: #texts,
            })
        });
    quote!(&[#(#groups),*])
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
    /// one that a hash leads to.
    fn candidates(tokens: TokenStream) -> usize {
        let mut count = 0;
        let mut in_list = false;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    in_list = name == "Few";
                    count += usize::from(name == "Many");
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
    /// each length before the `*`, length behind it and first byte behind it, or with a short list.
    /// `20-patterns` of the benchmarks shows the same in instructions.
    #[test]
    fn comparisons_do_not_grow_with_the_number_of_patterns() {
        type Case = (&'static str, fn(usize) -> String, usize);
        let cases: [Case; 7] = [
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
