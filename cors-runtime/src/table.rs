//! Finding a string in a compiled set: a guard by length, one hash, one slot, one comparison.

use crate::bytes::same;
use crate::parts::Table;

/// Stands behind every entry, and in none.
const END: u8 = b'\n';

impl Table {
    /// All entries, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines()
    }

    /// Whether there is such an entry, byte for byte.
    ///
    /// No part of its callers, whose own paths are short and need the registers.
    #[inline(never)]
    pub(crate) fn contains(&self, key: &[u8]) -> bool {
        let (shortest, more) = self.lengths;
        if key.len().wrapping_sub(shortest as usize) > more as usize {
            return false;
        }
        match key.get(self.start as usize..).and_then(<[u8]>::first_chunk) {
            Some(window) => self.holds(key, mix(self.state(key), window)),
            None => self.contains_whole(key),
        }
    }

    /// Keys that have not sixteen bytes at the right place are hashed whole.
    #[inline(never)]
    fn contains_whole(&self, key: &[u8]) -> bool {
        let state = self.state(key);
        let hash = match (key.first_chunk::<8>(), key.last_chunk::<8>()) {
            (Some(first), Some(last)) if key.len() <= 16 => mix_words(state, *first, *last),
            _ => key.chunks(16).fold(state, |state, chunk| {
                let mut window = [0; 16];
                for (to, from) in window.iter_mut().zip(chunk) {
                    *to = *from;
                }
                mix(state, &window)
            }),
        };
        self.holds(key, hash)
    }

    /// What the hash of a key begins with.
    #[inline]
    const fn state(&self, key: &[u8]) -> u64 {
        self.seed ^ key.len() as u64
    }

    /// Whether the entry of that hash, if there is one, is the key.
    #[inline]
    fn holds(&self, key: &[u8], hash: u64) -> bool {
        let text = self.candidate(hash);
        let entry = text.and_then(|text| text.split_at_checked(key.len()));
        entry.is_some_and(|(entry, rest)| rest.first() == Some(&END) && same(entry, key))
    }

    /// The text from the entry of that hash on. The layout is that of `phf_generator`'s `ptrhash`.
    #[inline]
    fn candidate(&self, hash: u64) -> Option<&'static [u8]> {
        let (low, high) = (hash as u32, (hash >> 32) as u32);
        let (pilots, starts) = (self.pilots, self.starts);
        let pilot = pilots.get(reduce(low, pilots.len()))?;
        let slot = reduce(high ^ number(*pilot), starts.len());
        let start = number(*starts.get(slot)?);
        self.text.as_bytes().get(start as usize..)
    }
}

#[inline]
const fn number(packed: [u8; 4]) -> u32 {
    u32::from_le_bytes(packed)
}

/// Spreads 32 bits over `0..limit` without a division.
#[inline]
const fn reduce(x: u32, limit: usize) -> usize {
    ((x as u64 * limit as u64) >> 32) as usize
}

// The macro lays tables out by the same function, in its own `table` module.

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

#[inline]
const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    (product as u64) ^ ((product >> 64) as u64)
}

#[inline]
fn mix(state: u64, window: &[u8; 16]) -> u64 {
    let both = u128::from_le_bytes(*window);
    fold(state ^ both as u64, FOLD ^ (both >> 64) as u64)
}

#[inline]
const fn mix_words(state: u64, first: [u8; 8], second: [u8; 8]) -> u64 {
    fold(
        state ^ u64::from_le_bytes(first),
        FOLD ^ u64::from_le_bytes(second),
    )
}
