//! Finding a string in a compiled set: a guard by length, one hash, one slot, one comparison.

use crate::parts::Table;

impl Table {
    /// How many entries there are.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len() / 4
    }

    /// An entry by its place.
    pub(crate) fn get(&self, index: usize) -> Option<&'static str> {
        let end = number(self.ends, index)?;
        let start = match index.checked_sub(1) {
            Some(before) => number(self.ends, before)?,
            None => 0,
        };
        self.text.get(start as usize..end as usize)
    }

    /// All entries in the table's order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Whether the entries stand in the order of the file rather than of their hashes.
    pub(crate) const fn is_in_file_order(&self) -> bool {
        self.pilots.is_empty()
    }

    /// The place of an entry, byte for byte.
    pub(crate) fn find(&self, key: &[u8]) -> Option<usize> {
        self.search(key, 0, |entry| entry == key)
    }

    /// The place of an entry, whatever the case of its ASCII letters.
    pub(crate) fn find_ignore_case(&self, key: &[u8]) -> Option<usize> {
        // Sets the bit that tells the two cases apart; what else it blurs, the comparison sees.
        const LOWER: u64 = 0x2020_2020_2020_2020;
        self.search(key, LOWER, |entry| entry.eq_ignore_ascii_case(key))
    }

    #[inline]
    fn search(&self, key: &[u8], case: u64, same: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let (shortest, longest) = self.lengths;
        if key.len() < shortest as usize || key.len() > longest as usize {
            return None;
        }
        if self.is_in_file_order() {
            return self.iter().position(|entry| same(entry.as_bytes()));
        }
        let slot = self.slot(hash(key, self.seed, self.window, case))?;
        let entry = self.get(slot)?;
        same(entry.as_bytes()).then_some(slot)
    }

    /// Where an entry of that hash would be. The layout is that of `phf_generator`'s `ptrhash`.
    fn slot(&self, hash: u64) -> Option<usize> {
        const C: u64 = 0x517c_c1b7_2722_0a95;
        let (low, high) = (hash as u32, (hash >> 32) as u32);
        let bucket = reduce(low, self.pilots.len());
        let pilot = *self.pilots.get(bucket)?;
        let pilot = C.wrapping_mul(self.seed ^ u64::from(pilot));
        let slots = self.len() + self.remap.len() / 4;
        let slot = reduce(high ^ (pilot >> 32) as u32 ^ pilot as u32, slots);
        match slot.checked_sub(self.len()) {
            None => Some(slot),
            Some(past) => number(self.remap, past).map(|slot| slot as usize),
        }
    }
}

/// A number of a packed list.
fn number(packed: &[u8], index: usize) -> Option<u32> {
    let bytes = packed.get(4 * index..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

/// Spreads 32 bits over `0..limit` without a division.
fn reduce(x: u32, limit: usize) -> usize {
    ((u64::from(x) * limit as u64) >> 32) as usize
}

// The macro lays tables out by the same function, in its own `table` module.

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

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
    fold(state, FOLD)
}

/// Eight bytes at `at`, or the last eight; of a shorter key all.
#[inline]
fn word(key: &[u8], at: usize) -> u64 {
    let at = at.min(key.len().saturating_sub(8));
    if let Some(bytes) = key.get(at..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*bytes);
    }
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(key) {
        *to = *from;
    }
    u64::from_le_bytes(word)
}
