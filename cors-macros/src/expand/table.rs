//! Sets with a perfect hash, in the form in which `cors_runtime` searches them.

use std::fmt;

use phf_generator::ptrhash;
use phf_shared::ptrhash::{fast_reduct32, hash_pilot};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A set of strings, laid out for the expansion.
#[derive(Debug)]
pub(super) struct Table {
    /// The entries, each with a line feed behind it.
    text: String,
    /// Where the entry of each slot begins.
    places: Vec<u32>,
    /// What is mixed into the hashes of each bucket.
    pilots: Vec<u32>,
    seed: u64,
    /// Where the sixteen bytes begin that are hashed; of entries that are too short, all are.
    window: u32,
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'k> {
    Text(&'k str),
    /// A pattern, by the text before and after its `*`.
    Pattern(&'k str, &'k str),
}

impl Table {
    /// Lays out distinct keys, all of one kind.
    ///
    /// # Panics
    ///
    /// Panics if a key is not where the runtime will look for it: better no build than a policy
    /// that refuses what it lists.
    pub(super) fn new(keys: &[Key<'_>]) -> Self {
        let window = window(keys);
        let state = ptrhash::generate_hash_with_hash_fn(keys, |key, seed| key.hash(*seed, window));
        let mut text = String::new();
        let mut starts = Vec::with_capacity(keys.len());
        for key in keys {
            // No file is so large that its texts are.
            starts.push(text.len() as u32);
            text.push_str(&format!("{key}\n"));
        }
        // A perfect hash that is not minimal leads to some slots past the keys.
        let (map, remap) = (&state.map, &state.remap);
        let past = remap.iter().filter_map(|slot| map.get(*slot as usize));
        let slots = map.iter().chain(past);
        let pilot = |pilot: &u8| {
            // What is done in every search there is done here once.
            let hash = hash_pilot(state.seed, *pilot);
            hash as u32 ^ (hash >> 32) as u32
        };
        let table = Self {
            text,
            places: slots.filter_map(|key| starts.get(*key).copied()).collect(),
            pilots: state.pilots.iter().map(pilot).collect(),
            seed: state.seed,
            window,
        };
        assert!(
            keys.iter().all(|key| table.contains(*key)),
            "the layout of `phf_generator` has changed"
        );
        table
    }

    /// Whether a key is found, as `cors_runtime` will look for it.
    fn contains(&self, key: Key<'_>) -> bool {
        let hash = key.hash(self.seed, self.window);
        let slot = |of: &[u32], x: u32| of.get(fast_reduct32(x, of.len() as u32) as usize).copied();
        let entry = format!("{key}\n");
        slot(&self.pilots, hash as u32)
            .and_then(|pilot| slot(&self.places, (hash >> 32) as u32 ^ pilot))
            .and_then(|place| self.text.get(place as usize..))
            .is_some_and(|text| text.starts_with(&entry))
    }

    pub(super) fn tokens(&self, private: &TokenStream) -> TokenStream {
        let packed = |numbers: &[u32]| {
            let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
            let bytes = Literal::byte_string(&bytes);
            quote!(#private::packed(#bytes))
        };
        let (places, pilots) = (packed(&self.places), packed(&self.pilots));
        let Self {
            text, seed, window, ..
        } = self;
        quote!(#private::Table {
            text: #text,
            places: #places,
            pilots: #pilots,
            seed: #seed,
            window: #window,
        })
    }
}

/// Where sixteen bytes begin that tell all texts apart, together with the length; if there are none,
/// past the end of all, so that all bytes are hashed.
fn window(keys: &[Key<'_>]) -> u32 {
    let lengths = keys.iter().map(|key| key.len() as u32);
    let shortest = lengths.clone().min().unwrap_or_default();
    let longest = lengths.max().unwrap_or_default();
    let distinct = |start: &u32| {
        let mut hashes: Vec<u64> = keys.iter().map(|key| key.hash(0, *start)).collect();
        hashes.sort_unstable();
        hashes.windows(2).all(|pair| pair[0] != pair[1])
    };
    // Short entries are hashed whole, which is slower, so at best there are none; then it is the
    // bytes after `https://` that differ.
    let best = shortest.saturating_sub(16).min(8);
    [best, 8, 16].into_iter().find(distinct).unwrap_or(longest)
}

impl Key<'_> {
    fn len(self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Pattern(prefix, suffix) => prefix.len() + 1 + suffix.len(),
        }
    }

    /// How many dots there are behind the `*` of a pattern.
    pub(super) fn dots(&self) -> u32 {
        let (Self::Text(text) | Self::Pattern(_, text)) = self;
        text.matches('.').count() as u32
    }

    /// The same hash as in `cors_runtime`: of the sixteen bytes from `window` on, or all of a text
    /// that is shorter; of a pattern, both parts.
    fn hash(self, seed: u64, window: u32) -> u64 {
        match self {
            Self::Text(text) => {
                let text = text.as_bytes();
                let state = seed ^ text.len() as u64;
                let window = text.get(window as usize..).and_then(<[u8]>::first_chunk);
                match window {
                    Some(window) => mix(state, window),
                    // Mixed once more, or the length and the first bytes of two texts could be the
                    // same together, under every seed.
                    None => hash_whole(fold(state, FOLD), text),
                }
            }
            Self::Pattern(prefix, suffix) => {
                // With the length, for the same reason.
                let state = fold(seed ^ suffix.len() as u64, FOLD);
                hash_whole(hash_whole(state, prefix.as_bytes()), suffix.as_bytes())
            }
        }
    }
}

impl fmt::Display for Key<'_> {
    /// What the table holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Pattern(prefix, suffix) => write!(f, "{prefix}*{suffix}"),
        }
    }
}

fn hash_whole(state: u64, text: &[u8]) -> u64 {
    let (chunks, rest) = text.as_chunks();
    let state = chunks.iter().fold(state, mix);
    let (first, last) = words(rest);
    fold(state ^ first, FOLD ^ last)
}

/// Up to sixteen bytes as two numbers.
fn words(text: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let [first, last] = [first, last].map(|bytes| u32::from_le_bytes(*bytes));
        return (first.into(), last.into());
    }
    match *text {
        [first, .., last] => {
            let middle = text[text.len() / 2];
            (u64::from(first) | u64::from(middle) << 8, last.into())
        }
        [byte] => (byte.into(), 0),
        [] => (0, 0),
    }
}

fn mix(state: u64, window: &[u8; 16]) -> u64 {
    let both = u128::from_le_bytes(*window);
    fold(state ^ both as u64, FOLD ^ (both >> 64) as u64)
}

const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
#[cfg(feature = "__workspace")]
mod tests {
    use cors_runtime::__private as runtime;
    use proptest::prelude::*;

    use super::*;

    /// A policy of the runtime that allows what is in a table. It leaks some memory.
    fn policy(origins: runtime::Origins) -> cors_runtime::Policy {
        static METHODS: http::HeaderValue = http::HeaderValue::from_static("GET");
        runtime::policy(runtime::Parts {
            allow_origins: origins,
            allow_methods: &["GET"],
            allow_methods_value: &METHODS,
            allow_headers: runtime::Headers::Any,
            expose_headers: &[],
            expose_headers_value: None,
            max_age: None,
            allow_credentials: false,
            allow_private_network: false,
            debug: false,
            options_passthrough: false,
            options_success_status: runtime::status(204),
        })
    }

    fn set(table: &Table) -> runtime::Set {
        let packed = |numbers: &[u32]| {
            let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
            runtime::packed(bytes.leak())
        };
        runtime::Set::Many(runtime::Table {
            text: table.text.clone().leak(),
            places: packed(&table.places),
            pilots: packed(&table.pilots),
            seed: table.seed,
            window: table.window,
        })
    }

    /// Distinct texts of one kind or of many lengths, and others near them.
    fn texts() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
        let alike = "https://[ab]{1,3}[.][a-c]{0,30}";
        let any = "[a-z:/.]{0,50}";
        let texts = |pattern: &'static str| {
            let set = proptest::collection::hash_set(pattern, 1..60);
            (set, proptest::collection::vec(pattern, 60))
        };
        prop_oneof![texts(alike), texts(any)]
            .prop_map(|(listed, others)| (listed.into_iter().collect(), others))
    }

    /// A perfect hash is looked for until there is one.
    #[test]
    fn no_texts_have_the_same_hash_under_every_seed() {
        for texts in [["bx", "cxx"], ["bbbbbbbb", "cbbbbbbbb"], ["", "a"]] {
            let table = Table::new(&texts.map(Key::Text));
            assert!(texts.iter().all(|text| table.contains(Key::Text(text))));
        }
        // Their first and last eight bytes are the same.
        let suffixes = [8, 9, 10].map(|count| format!(".{}.test", "a".repeat(count)));
        let keys = suffixes
            .each_ref()
            .map(|suffix| Key::Pattern("https://", suffix));
        let table = Table::new(&keys);
        assert!(keys.iter().all(|key| table.contains(*key)));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 50,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn the_runtime_finds_what_is_found_here((listed, others) in texts()) {
            let keys: Vec<Key<'_>> = listed.iter().map(|text| Key::Text(text)).collect();
            let table = Table::new(&keys);
            let exact = set(&table);
            let policy = policy(runtime::Origins::Listed { exact, patterns: &[] });
            prop_assert!(policy.allow_origins().eq(listed.iter().map(String::as_str)));
            for text in listed.iter().chain(&others) {
                let found = table.contains(Key::Text(text));
                prop_assert_eq!(found, listed.contains(text), "{}", text);
                prop_assert_eq!(policy.allows_origin(text), found, "{}", text);
            }
        }

        #[test]
        fn the_runtime_finds_the_patterns_that_are_found_here(
            listed in proptest::collection::hash_set("[a-c]{12}", 1..60),
            others in proptest::collection::vec("[a-c]{12}", 60),
            at in 0..=12_usize,
        ) {
            let key = |text: &'static str| {
                let (prefix, suffix) = text.split_at(at);
                Key::Pattern(prefix, suffix)
            };
            let leaked = |text: String| &*text.leak();
            let listed: Vec<&'static str> = listed.into_iter().map(leaked).collect();
            let others: Vec<&'static str> = others.into_iter().map(leaked).collect();
            // A group has one first byte; here it is left out of account.
            for first in [b'a', b'b', b'c', 0] {
                let of = |text: &&&'static str| {
                    text.as_bytes().get(at).copied().unwrap_or_default() == first
                };
                let listed: Vec<&'static str> = listed.iter().filter(of).copied().collect();
                if listed.is_empty() {
                    continue;
                }
                let keys: Vec<Key<'_>> = listed.iter().map(|text| key(text)).collect();
                let table = Table::new(&keys);
                let group = runtime::Group {
                    prefix: at as u32,
                    suffix: runtime::Suffix::Length(12 - at as u32, first),
                    reach: runtime::Reach::Host,
                    texts: set(&table),
                };
                let policy = policy(runtime::Origins::Listed {
                    exact: runtime::Set::Few(&[]),
                    patterns: Vec::from([group]).leak(),
                });
                for text in listed.iter().chain(others.iter().filter(of)) {
                    let found = table.contains(key(text));
                    prop_assert_eq!(found, listed.contains(text), "{} at {}", text, at);
                    let (prefix, suffix) = text.split_at(at);
                    let origin = format!("{prefix}-{suffix}");
                    prop_assert_eq!(policy.allows_origin(&origin), found, "{}", origin);
                }
            }
        }
    }
}
