//! Finding a string in a compiled set: a guard by length, one hash, one slot, one comparison.

use std::ops::Range;

use crate::parts::{Names, Table};

impl Table {
    /// An entry by its place.
    pub(crate) fn get(&self, index: usize) -> Option<&'static str> {
        self.text.get(self.range(index)?)
    }

    #[inline]
    fn bytes(&self, index: usize) -> Option<&'static [u8]> {
        self.text.as_bytes().get(self.range(index)?)
    }

    #[inline]
    fn range(&self, index: usize) -> Option<Range<usize>> {
        let [start, end] = numbers(self.bounds).get(index..)?.first_chunk()?;
        Some(number(*start)..number(*end))
    }

    /// All entries, in no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        (0..self.count as usize).filter_map(|index| self.get(index))
    }

    /// The place of an entry, byte for byte.
    ///
    /// No part of its callers, whose own paths are short and need the registers.
    #[inline(never)]
    pub(crate) fn find(&self, key: &[u8]) -> Option<usize> {
        self.search(key, 0, |entry| entry == key)
    }

    /// The place of an entry, whatever the case of its ASCII letters.
    #[inline]
    fn find_ignore_case(&self, key: &[u8]) -> Option<usize> {
        // Sets the bit that tells the two cases apart; what else it blurs, the comparison sees.
        const LOWER: u64 = 0x2020_2020_2020_2020;
        self.search(key, LOWER, |entry| eq_ignore_case(entry, key))
    }

    #[inline]
    fn search(&self, key: &[u8], case: u64, same: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let (shortest, longest) = self.lengths;
        if key.len() < shortest as usize || key.len() > longest as usize {
            return None;
        }
        let slot = self.slot(hash(key, self.seed, self.window, case))?;
        same(self.bytes(slot)?).then_some(slot)
    }

    /// Where an entry of that hash would be. The layout is that of `phf_generator`'s `ptrhash`.
    #[inline]
    fn slot(&self, hash: u64) -> Option<usize> {
        const C: u64 = 0x517c_c1b7_2722_0a95;
        let (low, high) = (hash as u32, (hash >> 32) as u32);
        let bucket = reduce(low, self.pilots.len());
        let pilot = *self.pilots.get(bucket)?;
        let pilot = C.wrapping_mul(self.seed ^ u64::from(pilot));
        let high = high ^ (pilot >> 32) as u32 ^ pilot as u32;
        let slot = reduce(high, self.slots as usize);
        match slot.checked_sub(self.count as usize) {
            None => Some(slot),
            Some(past) => numbers(self.remap).get(past).copied().map(number),
        }
    }
}

impl Names {
    /// Whether a name is among them, whatever the case of its ASCII letters.
    #[inline]
    pub(crate) fn contain(&self, name: &[u8]) -> bool {
        match self {
            Self::Few(names) => names
                .iter()
                .any(|listed| eq_ignore_case(listed.as_bytes(), name)),
            Self::Many(names) => names.find_ignore_case(name).is_some(),
        }
    }
}

/// Browsers send names in lower case, and equal bytes are told faster than equal letters.
#[inline(always)]
fn eq_ignore_case(lower: &[u8], name: &[u8]) -> bool {
    lower.len() == name.len() && (lower == name || alike(lower, name))
}

#[cold]
fn alike(lower: &[u8], name: &[u8]) -> bool {
    lower.eq_ignore_ascii_case(name)
}

/// The numbers of a packed list.
#[inline]
const fn numbers(packed: &[u8]) -> &[[u8; 4]] {
    packed.as_chunks().0
}

#[inline]
const fn number(packed: [u8; 4]) -> usize {
    u32::from_le_bytes(packed) as usize
}

/// Spreads 32 bits over `0..limit` without a division.
#[inline]
fn reduce(x: u32, limit: usize) -> usize {
    ((u64::from(x) * limit as u64) >> 32) as usize
}

// The macro lays tables out by the same function, in its own `table` module.

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[inline]
fn hash(key: &[u8], seed: u64, (start, count): (u8, u8), case: u64) -> u64 {
    let mut state = seed ^ key.len() as u64;
    for nth in 0..usize::from(count) {
        let word = word(key, usize::from(start) + 8 * nth) | case;
        state = fold(state ^ word, FOLD);
    }
    state
}

/// Eight bytes at `at`, or the last eight; of a shorter key all.
#[inline]
fn word(key: &[u8], at: usize) -> u64 {
    let Some(last) = key.len().checked_sub(8) else {
        return short_word(key);
    };
    let bytes = key.get(at.min(last)..).and_then(<[u8]>::first_chunk);
    u64::from_le_bytes(*bytes.unwrap_or(&[0; 8]))
}

#[cold]
fn short_word(key: &[u8]) -> u64 {
    let bytes = key.iter().rev();
    bytes.fold(0, |word, byte| word << 8 | u64::from(*byte))
}
