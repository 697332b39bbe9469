//! Perfect-hash sets, in the form in which `cors_runtime` searches them.

use phf_generator::ptrhash;

/// A set of strings, laid out for the expansion.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The entries, each with a line feed behind it.
    pub(crate) text: String,
    /// Where the entry of each slot begins, and how long it is.
    pub(crate) places: Vec<(u32, u32)>,
    /// What is mixed into the hashes of each bucket.
    pub(crate) pilots: Vec<u32>,
    pub(crate) seed: u64,
    /// The first of the sixteen bytes that are hashed; of entries that are too short, all are.
    pub(crate) start: u32,
}

impl Table {
    /// Lays out distinct entries.
    pub(crate) fn new(entries: &[&str]) -> Self {
        if entries.is_empty() {
            return Self::default();
        }
        let start = start(entries);
        let state = ptrhash::generate_hash_with_hash_fn(entries, |entry, seed| {
            hash(entry.as_bytes(), *seed, start)
        });
        let mut text = String::new();
        let mut places = Vec::with_capacity(entries.len());
        for entry in entries {
            // No file is so large that its texts are.
            places.push((text.len() as u32, entry.len() as u32));
            text.push_str(entry);
            text.push('\n');
        }
        // A perfect hash that is not minimal leads to some slots past the entries.
        let (map, remap) = (&state.map, &state.remap);
        let past = remap.iter().filter_map(|slot| map.get(*slot as usize));
        let slots = map.iter().chain(past);
        let places = slots
            .filter_map(|entry| places.get(*entry).copied())
            .collect();
        let pilot = |pilot: &u8| {
            let hash = hash_pilot(state.seed, *pilot);
            hash as u32 ^ (hash >> 32) as u32
        };
        Self {
            text,
            places,
            pilots: state.pilots.iter().map(pilot).collect(),
            seed: state.seed,
            start,
        }
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

/// What `ptrhash` makes of a pilot. It is done here once, not in every search.
fn hash_pilot(seed: u64, pilot: u8) -> u64 {
    const C: u64 = 0x517c_c1b7_2722_0a95;
    C.wrapping_mul(seed ^ u64::from(pilot))
}

// The same as `hash` in `cors_runtime`, which must find what is laid out here. A test over both
// crates looks up every entry of sets of many sizes.

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

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
