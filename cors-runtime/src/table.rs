//! Finding a string in a compiled set: one hash, one slot, one comparison.

use crate::bytes::same;
use crate::parts::Table;
use crate::slots::{FOLD, fold};

impl Table {
    /// All entries, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines()
    }

    /// The bytes of a key that are hashed, if it has enough at the right place.
    #[inline]
    pub(crate) fn window<'k>(&self, key: &'k [u8]) -> Option<&'k [u8; 16]> {
        let start = self.start as usize;
        key.get(start..start + 16)?.first_chunk()
    }

    /// Whether there is such an entry, byte for byte.
    #[inline]
    pub(crate) fn contains(&self, key: &[u8], window: &[u8; 16]) -> bool {
        self.candidate(mix(self.state(key), window), key.len())
            .is_some_and(|entry| same(entry, key))
    }

    /// The same, whatever the length of the key. Without a window, all of a key is hashed.
    pub(crate) fn contains_any(&self, key: &[u8]) -> bool {
        let state = self.state(key);
        let hash = match self.window(key) {
            Some(window) => mix(state, window),
            None => hash_whole(state, key),
        };
        self.candidate(hash, key.len()) == Some(key)
    }

    /// What the hash of a key begins with.
    #[inline]
    const fn state(&self, key: &[u8]) -> u64 {
        self.slots.seed ^ key.len() as u64
    }

    /// The entry of that hash, if it has the length.
    #[inline]
    fn candidate(&self, hash: u64, len: usize) -> Option<&'static [u8]> {
        let (start, length) = self.slots.get(hash)?;
        let text = self.text.as_bytes();
        match length as usize == len {
            true => text.get(start as usize..(start as usize).checked_add(len)?),
            false => None,
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
