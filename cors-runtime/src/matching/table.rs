//! Looking a string up in a compiled set: one hash, one slot, one comparison.
//!
//! `cors-macros` builds the tables with the same hash. It looks up every entry in each table that it has
//! built, and its tests compare its look-up with this one.

use super::bytes::{same, words};
use crate::parts::{Packed, Table};

impl Table {
    /// All entries, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines()
    }

    /// Whether a key is among the entries, byte for byte.
    #[inline]
    pub(crate) const fn contains(&self, key: &[u8]) -> bool {
        match self.entry(self.hash(key), key.len()) {
            Some(entry) => same(entry, key),
            None => false,
        }
    }

    /// Whether the pattern with this prefix and suffix is among the entries.
    pub(crate) const fn contains_pattern(&self, prefix: &[u8], suffix: &[u8]) -> bool {
        let state = fold(self.seed ^ suffix.len() as u64, FOLD);
        let hash = hash_whole(hash_whole(state, prefix), suffix);
        match self.entry(hash, prefix.len() + 1 + suffix.len()) {
            Some(entry) => is_pattern(entry, prefix, suffix),
            None => false,
        }
    }

    /// The hash of sixteen bytes and the length. It is as good as a hash of the whole key, since the macro
    /// chose sixteen bytes in which all entries differ. A long key costs no more than a short one.
    #[inline]
    const fn hash(&self, key: &[u8]) -> u64 {
        let state = self.seed ^ key.len() as u64;
        if let Some((start, _)) = key.split_at_checked(self.window as usize + 16)
            && let Some(window) = start.last_chunk()
        {
            return mix(state, window);
        }
        hash_short(state, key)
    }

    /// The only entry that can have this hash, if it has this length. No key contains a line feed.
    #[inline]
    const fn entry(&self, hash: u64, len: usize) -> Option<&'static [u8]> {
        let text = self.text.as_bytes();
        let Some(start) = slot(self.places, self.pilots, hash) else {
            return None;
        };
        let start = start as usize;
        if let Some((line, _)) = text.split_at_checked(start + len + 1)
            && let [line @ .., b'\n'] = line
            && let Some((_, entry)) = line.split_at_checked(start)
        {
            return Some(entry);
        }
        None
    }
}

/// Whether an entry is the pattern with this prefix and suffix.
#[inline]
pub(super) const fn is_pattern(entry: &[u8], prefix: &[u8], suffix: &[u8]) -> bool {
    match entry.split_at_checked(prefix.len()) {
        Some((start, [b'*', end @ ..])) => same(end, suffix) && same(start, prefix),
        _ => false,
    }
}

/// The content of the slot of a hash. The layout is that of `phf_shared::ptrhash::get_index`, but with
/// pilots that are hashed in advance.
#[inline]
const fn slot(places: Packed, pilots: Packed, hash: u64) -> Option<u32> {
    let (low, high) = (hash as u32, (hash >> 32) as u32);
    let bucket = reduce(low, pilots.len());
    if bucket >= pilots.len() {
        return None;
    }
    let slot = reduce(high ^ u32::from_le_bytes(pilots[bucket]), places.len());
    if slot >= places.len() {
        return None;
    }
    Some(u32::from_le_bytes(places[slot]))
}

/// Maps 32 bits to `0..limit` without a division.
#[inline]
const fn reduce(x: u32, limit: usize) -> usize {
    ((x as u64 * limit as u64) >> 32) as usize
}

/// The hash of a key that ends before the window does.
#[cold]
const fn hash_short(state: u64, key: &[u8]) -> u64 {
    // Mixed once more: otherwise the length and the first bytes of two keys could cancel out.
    hash_whole(fold(state, FOLD), key)
}

const fn hash_whole(mut state: u64, mut text: &[u8]) -> u64 {
    while let Some((chunk, rest)) = text.split_first_chunk() {
        state = mix(state, chunk);
        text = rest;
    }
    let (first, last) = words(text);
    fold(state ^ first, FOLD ^ last)
}

#[inline]
const fn mix(state: u64, window: &[u8; 16]) -> u64 {
    let both = u128::from_le_bytes(*window);
    fold(state ^ both as u64, FOLD ^ (both >> 64) as u64)
}

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

#[inline]
const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    (product as u64) ^ ((product >> 64) as u64)
}
