//! Patterns, laid out so that a few comparisons tell most origins apart from all of them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::policy::{Pattern, Reach};
use crate::slots::{FOLD, Slots, fold};

/// The patterns in groups that end alike.
pub(super) fn tokens(private: &TokenStream, patterns: &[Pattern]) -> TokenStream {
    let groups = grouped(patterns, |pattern| tail(suffix(pattern).as_bytes()));
    let groups = groups.iter().flat_map(|((word, mask), alike)| {
        let end = common_end(alike);
        // What is compared next is as long in all patterns of a group.
        let groups = grouped(alike.iter().copied(), |pattern| before(pattern, end).1);
        groups.into_iter().map(move |(next, mut group)| {
            group.sort_by_key(|pattern| before(pattern, end).0);
            let slots = slots(&group, end).tokens(private);
            let patterns = group.iter().map(|pattern| pattern_tokens(private, pattern));
            let end = end.len() as u32;
            quote!(#private::Group {
                end: #end,
                tail: (#word, #mask),
                mask: #next,
                patterns: &[#(#patterns),*],
                slots: #slots,
            })
        })
    });
    quote!(&[#(#groups),*])
}

fn grouped<'p, K: Ord>(
    patterns: impl IntoIterator<Item = &'p Pattern>,
    key: impl Fn(&Pattern) -> K,
) -> BTreeMap<K, Vec<&'p Pattern>> {
    let mut groups: BTreeMap<K, Vec<&Pattern>> = BTreeMap::new();
    for pattern in patterns {
        groups.entry(key(pattern)).or_default().push(pattern);
    }
    groups
}

/// Leads each tail before the end to the patterns that have it, which are sorted by it.
fn slots(group: &[&Pattern], end: &str) -> Slots<2> {
    if group.len() == 1 {
        return Slots::default();
    }
    let (mut tails, mut places): (Vec<u64>, Vec<[u32; 2]>) = Default::default();
    let mut first = 0;
    for alike in group.chunk_by(|a, b| before(a, end) == before(b, end)) {
        tails.push(before(alike[0], end).0);
        places.push([first, alike.len() as u32]);
        first += alike.len() as u32;
    }
    Slots::new(&tails, &places, |tail, seed| fold(seed ^ tail, FOLD))
}

/// The tail of what stands between the `*` and the end of the group.
fn before(pattern: &Pattern, end: &str) -> (u64, u64) {
    let suffix = suffix(pattern).as_bytes();
    tail(&suffix[..suffix.len() - end.len()])
}

fn suffix(pattern: &Pattern) -> &str {
    pattern.ends().1
}

/// The longest end that all suffixes share.
fn common_end<'p>(group: &[&'p Pattern]) -> &'p str {
    let Some((first, others)) = group.split_first() else {
        return "";
    };
    others.iter().fold(suffix(first), |end, pattern| {
        let alike = end.bytes().rev().zip(suffix(pattern).bytes().rev());
        let len = alike.take_while(|(a, b)| a == b).count();
        // Patterns are ASCII: a host is in its Punycode form.
        &end[end.len() - len..]
    })
}

fn pattern_tokens(private: &TokenStream, pattern: &Pattern) -> TokenStream {
    let Pattern { text, reach, .. } = pattern;
    let (prefix, suffix) = pattern.ends();
    let reach = match reach {
        Reach::Host => quote!(Host),
        Reach::Port => quote!(Port),
        Reach::Across => quote!(Across),
    };
    quote!(#private::Pattern {
        text: #text,
        prefix: #prefix,
        suffix: #suffix,
        reach: #private::Reach::#reach,
    })
}

/// The last eight bytes of a text as a number, and which of its bits count.
fn tail(text: &[u8]) -> (u64, u64) {
    let mut word = [0; 8];
    let mut mask = [0; 8];
    for ((to, bits), from) in word.iter_mut().zip(&mut mask).rev().zip(text.iter().rev()) {
        *to = *from;
        *bits = u8::MAX;
    }
    (u64::from_le_bytes(word), u64::from_le_bytes(mask))
}
