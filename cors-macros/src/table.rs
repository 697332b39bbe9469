//! Perfect-hash sets, in the form in which `cors_runtime` searches them.

use phf_generator::ptrhash;

/// Sets up to this size are searched one after another: that is as fast, and keeps file order.
const FEW: usize = 8;

/// A set of strings, laid out for the expansion.
#[derive(Debug)]
pub(crate) struct Table<'e> {
    /// The entries in the table's order.
    pub(crate) entries: Vec<&'e str>,
    pub(crate) pilots: Vec<u8>,
    pub(crate) remap: Vec<u32>,
    pub(crate) seed: u64,
    pub(crate) window: (u8, u8),
}

/// What tells entries apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Sensitive,
    Ignored,
}

impl<'e> Table<'e> {
    /// Lays out distinct entries; those of a set that ignores case must be in lower case.
    ///
    /// `None` where the entries are better searched one after another: they are few, or longer
    /// than any that could be of use.
    pub(crate) fn new(entries: &[&'e str], case: Case) -> Option<Self> {
        if entries.len() <= FEW {
            return None;
        }
        let window = window(entries, case)?;
        let state = ptrhash::generate_hash_with_hash_fn(entries, |entry, seed| {
            hash(entry.as_bytes(), *seed, window, case)
        });
        Some(Self {
            entries: state.map.iter().map(|index| entries[*index]).collect(),
            pilots: state.pilots,
            remap: state.remap,
            seed: state.seed,
            window,
        })
    }

    /// How many entries there are, and how many slots for them.
    pub(crate) fn size(&self) -> (u32, u32) {
        let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let count = self.entries.len();
        (number(count), number(count + self.remap.len()))
    }

    /// Where each entry begins when they lie back to back, and where the last one ends.
    pub(crate) fn bounds(&self) -> impl Iterator<Item = u32> + '_ {
        let ends = self.entries.iter().scan(0_u32, |end, entry| {
            *end = end.saturating_add(u32::try_from(entry.len()).unwrap_or(u32::MAX));
            Some(*end)
        });
        [0].into_iter().chain(ends)
    }

    /// The shortest and the longest entry, in bytes.
    pub(crate) fn lengths(&self) -> (u32, u32) {
        let lengths = || {
            self.entries
                .iter()
                .map(|entry| u32::try_from(entry.len()).unwrap_or(u32::MAX))
        };
        (lengths().min().unwrap_or(1), lengths().max().unwrap_or(0))
    }
}

/// The fewest bytes whose hash, with the length, tells all entries apart: the first words after
/// `https://`, if that is enough, else every word.
fn window(entries: &[&str], case: Case) -> Option<(u8, u8)> {
    let start = match case {
        Case::Sensitive => 8,
        Case::Ignored => 0,
    };
    let longest = entries
        .iter()
        .map(|entry| entry.len())
        .max()
        .unwrap_or_default();
    let all = u8::try_from(longest.div_ceil(8)).ok()?;
    let distinct = |window: &(u8, u8)| {
        let mut hashes: Vec<u64> = entries
            .iter()
            .map(|entry| hash(entry.as_bytes(), 0, *window, case))
            .collect();
        hashes.sort_unstable();
        hashes.windows(2).all(|pair| pair[0] != pair[1])
    };
    (1..=4)
        .map(|count| (start, count))
        .chain([(0, all)])
        .find(distinct)
}

// The same as `hash` in `cors_runtime`, which must find what is laid out here. A test over both
// crates looks up every entry of sets of many sizes.

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

fn hash(key: &[u8], seed: u64, (start, count): (u8, u8), case: Case) -> u64 {
    let mask = match case {
        Case::Sensitive => 0,
        Case::Ignored => 0x2020_2020_2020_2020,
    };
    let mut state = seed ^ key.len() as u64;
    for nth in 0..usize::from(count) {
        let word = word(key, usize::from(start) + 8 * nth) | mask;
        state = fold(state ^ word, FOLD);
    }
    state
}

fn word(key: &[u8], at: usize) -> u64 {
    let at = at.min(key.len().saturating_sub(8));
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(&key[at..]) {
        *to = *from;
    }
    u64::from_le_bytes(word)
}
