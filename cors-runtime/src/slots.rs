//! Perfect hashes: from a hash to the one place where what is looked for can be.

use crate::parts::Slots;

impl<const SIZE: usize> Slots<SIZE> {
    /// The place of a hash. The layout is that of `phf_generator`'s `ptrhash`.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<[u8; SIZE]> {
        let (low, high) = (hash as u32, (hash >> 32) as u32);
        let (pilots, places) = (self.pilots, self.places);
        let pilot = pilots.get(reduce(low, pilots.len()))?;
        let slot = reduce(high ^ u32::from_le_bytes(*pilot), places.len());
        places.get(slot).copied()
    }
}

/// Spreads 32 bits over `0..limit` without a division.
#[inline]
const fn reduce(x: u32, limit: usize) -> usize {
    ((x as u64 * limit as u64) >> 32) as usize
}

// The macro hashes by the same function, in its own `slots` module.

pub(crate) const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

#[inline]
pub(crate) const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    (product as u64) ^ ((product >> 64) as u64)
}
