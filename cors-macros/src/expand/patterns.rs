//! Patterns, in groups that are looked up at once.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::set;
use super::table::Key;
use crate::policy::{Pattern, Reach};

/// The patterns in groups of those that differ in their texts alone. So there are no more groups
/// than lengths, however many patterns there are.
pub(super) fn tokens(private: &TokenStream, patterns: &[Pattern]) -> TokenStream {
    let mut groups: BTreeMap<_, Vec<Key<'_>>> = BTreeMap::new();
    for pattern in patterns {
        let (prefix, suffix) = pattern.around();
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
