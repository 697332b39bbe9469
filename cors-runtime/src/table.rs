//! Finding a string in a compiled set: one hash, one slot, one comparison.

use crate::bytes::same;
use crate::parts::Table;
use crate::slots::{FOLD, fold};

impl Table {
    /// All entries, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines()
    }

    /// The hash of a key, if it has enough bytes at the right place.
    #[inline]
    pub(crate) fn hash(&self, key: &[u8]) -> Option<u64> {
        let start = self.start as usize;
        let window = key.get(start..start + 16)?.first_chunk()?;
        Some(mix(self.state(key), window))
    }

    /// Whether there is an entry of that hash, the same byte for byte.
    #[inline]
    pub(crate) fn contains(&self, key: &[u8], hash: u64) -> bool {
        self.candidate(hash, key.len())
            .is_some_and(|entry| same(entry, key))
    }

    /// The same of any key. If it has too few bytes, all are hashed.
    pub(crate) fn contains_any(&self, key: &[u8]) -> bool {
        let hash = self.hash(key);
        let hash = hash.unwrap_or_else(|| hash_whole(self.state(key), key));
        self.candidate(hash, key.len()) == Some(key)
    }

    /// What the hash of a key begins with.
    #[inline]
    const fn state(&self, key: &[u8]) -> u64 {
        self.slots.seed ^ key.len() as u64
    }

    /// The one entry that may have this hash, if it has the length. No key has a line feed inside.
    #[inline]
    fn candidate(&self, hash: u64, len: usize) -> Option<&'static [u8]> {
        let start = u32::from_le_bytes(self.slots.get(hash)?) as usize;
        let end = start.checked_add(len)?.checked_add(1)?;
        match self.text.as_bytes().get(start..end)? {
            [entry @ .., b'\n'] => Some(entry),
            _ => None,
        }
    }
}

fn hash_whole(state: u64, key: &[u8]) -> u64 {
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

// The macro lays tables out by the same functions, in its own `table` module.

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
