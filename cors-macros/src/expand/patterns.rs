//! Patterns, laid out so that a few comparisons tell most origins apart from all of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::policy::{Pattern, Reach};

/// The patterns in groups that end alike.
pub(super) fn tokens(private: &TokenStream, patterns: &[Pattern]) -> TokenStream {
    let mut groups: Vec<((u64, u64), Vec<&Pattern>)> = Vec::new();
    for pattern in patterns {
        let tail = tail(suffix(pattern).as_bytes());
        match groups.iter_mut().find(|(other, _)| *other == tail) {
            Some((_, group)) => group.push(pattern),
            None => groups.push((tail, vec![pattern])),
        }
    }
    let groups = groups.iter().map(|((word, mask), group)| {
        let end = common_end(group);
        let patterns = group
            .iter()
            .map(|pattern| pattern_tokens(private, pattern, end));
        quote!(#private::Group {
            end: #end,
            tail: (#word, #mask),
            patterns: &[#(#patterns),*],
        })
    });
    quote!(&[#(#groups),*])
}

fn suffix(pattern: &Pattern) -> &str {
    &pattern.text[pattern.star + 1..]
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

fn pattern_tokens(private: &TokenStream, pattern: &Pattern, end: &str) -> TokenStream {
    let Pattern { text, star, reach } = pattern;
    let (prefix, suffix) = (&text[..*star], suffix(pattern));
    let suffix = &suffix[..suffix.len() - end.len()];
    let reach = match reach {
        Reach::Host => quote!(Host),
        Reach::Port => quote!(Port),
        Reach::Across => quote!(Across),
    };
    let (word, mask) = tail(suffix.as_bytes());
    quote!(#private::Pattern {
        text: #text,
        prefix: #prefix,
        suffix: #suffix,
        reach: #private::Reach::#reach,
        tail: (#word, #mask),
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
