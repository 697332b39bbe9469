//! Perfect-hash sets, in the form in which `cors_runtime` searches them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::slots::{FOLD, Slots, fold};

/// A set of strings, laid out for the expansion.
#[derive(Debug)]
pub(crate) struct Table {
    /// The entries, each with a line feed behind it.
    text: String,
    /// Where the entry of each slot begins.
    slots: Slots<1>,
    /// The first of the sixteen bytes that are hashed; of entries that are too short, all are.
    start: u32,
}

impl Table {
    /// Lays out distinct entries.
    pub(crate) fn new(entries: &[&str]) -> Self {
        let mut text = String::new();
        let mut places = Vec::with_capacity(entries.len());
        for entry in entries {
            // No file is so large that its texts are.
            places.push([text.len() as u32]);
            text.push_str(entry);
            text.push('\n');
        }
        let start = start(entries);
        let slots = Slots::new(entries, &places, |entry, seed| {
            hash(entry.as_bytes(), seed, start)
        });
        Self { text, slots, start }
    }

    pub(crate) fn tokens(&self, private: &TokenStream) -> TokenStream {
        let Self { text, slots, start } = self;
        let slots = slots.tokens(private);
        quote!(#private::Table { text: #text, slots: #slots, start: #start })
    }
}

/// Where to hash sixteen bytes that tell all entries apart, together with the length; if there is
/// no such place, past the end of all, so that all bytes are hashed.
fn start(entries: &[&str]) -> u32 {
    let lengths = entries.iter().map(|entry| entry.len() as u32);
    let shortest = lengths.clone().min().unwrap_or_default();
    let longest = lengths.max().unwrap_or_default();
    let distinct = |start: &u32| {
        let mut hashes: Vec<u64> = entries
            .iter()
            .map(|entry| hash(entry.as_bytes(), 0, *start))
            .collect();
        hashes.sort_unstable();
        hashes.windows(2).all(|pair| pair[0] != pair[1])
    };
    // Short entries are hashed whole, which is slower, so at best there are none; then it is the
    // bytes after `https://` that differ.
    let best = shortest.saturating_sub(16).min(8);
    [best, 8, 16].into_iter().find(distinct).unwrap_or(longest)
}

// The same as `hash` in `cors_runtime`, which must find what is laid out here. A test over both
// crates looks up every entry of sets of many sizes.

/// Hashes sixteen bytes from `start` on, or all of a key that is shorter.
fn hash(key: &[u8], seed: u64, start: u32) -> u64 {
    let state = seed ^ key.len() as u64;
    if let Some(window) = key.get(start as usize..).and_then(<[u8]>::first_chunk) {
        return mix(state, window);
    }
    match (key.first_chunk::<8>(), key.last_chunk::<8>()) {
        (Some(first), Some(last)) if key.len() <= 16 => mix_words(state, *first, *last),
        _ => key.chunks(16).fold(state, |state, chunk| {
            let mut window = [0; 16];
            for (to, from) in window.iter_mut().zip(chunk) {
                *to = *from;
            }
            mix(state, &window)
        }),
    }
}

fn mix(state: u64, window: &[u8; 16]) -> u64 {
    let both = u128::from_le_bytes(*window);
    fold(state ^ both as u64, FOLD ^ (both >> 64) as u64)
}

fn mix_words(state: u64, first: [u8; 8], second: [u8; 8]) -> u64 {
    fold(
        state ^ u64::from_le_bytes(first),
        FOLD ^ u64::from_le_bytes(second),
    )
}
