//! Perfect hashes, in the form in which `cors_runtime` follows them.

use phf_generator::ptrhash;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Where a perfect hash leads.
#[derive(Debug, Default)]
pub(crate) struct Slots<const NUMBERS: usize> {
    /// Where each slot leads.
    places: Vec<[u32; NUMBERS]>,
    /// What is mixed into the hashes of each bucket.
    pilots: Vec<u32>,
    seed: u64,
}

impl<const NUMBERS: usize> Slots<NUMBERS> {
    /// Leads each of some distinct keys to its place.
    pub(crate) fn new<K>(
        keys: &[K],
        places: &[[u32; NUMBERS]],
        hash: impl Fn(&K, u64) -> u64,
    ) -> Self {
        let state = ptrhash::generate_hash_with_hash_fn(keys, |key, seed| hash(key, *seed));
        // A perfect hash that is not minimal leads to some slots past the keys.
        let (map, remap) = (&state.map, &state.remap);
        let past = remap.iter().filter_map(|slot| map.get(*slot as usize));
        let slots = map.iter().chain(past);
        let pilot = |pilot: &u8| {
            let hash = hash_pilot(state.seed, *pilot);
            hash as u32 ^ (hash >> 32) as u32
        };
        Self {
            places: slots.filter_map(|key| places.get(*key).copied()).collect(),
            pilots: state.pilots.iter().map(pilot).collect(),
            seed: state.seed,
        }
    }

    pub(crate) fn tokens(&self, private: &TokenStream) -> TokenStream {
        let packed = |numbers: &mut dyn Iterator<Item = u32>| {
            let bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
            let bytes = Literal::byte_string(&bytes);
            quote!(#private::packed(#bytes))
        };
        let places = packed(&mut self.places.iter().flatten().copied());
        let pilots = packed(&mut self.pilots.iter().copied());
        let seed = self.seed;
        quote!(#private::Slots { places: #places, pilots: #pilots, seed: #seed })
    }
}

/// What `ptrhash` makes of a pilot. It is done here once, not in every search.
fn hash_pilot(seed: u64, pilot: u8) -> u64 {
    const C: u64 = 0x517c_c1b7_2722_0a95;
    C.wrapping_mul(seed ^ u64::from(pilot))
}

// The same as in `cors_runtime`, which must find what is laid out here.

pub(crate) const FOLD: u64 = 0x9E37_79B9_7F4A_7C15;

pub(crate) fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}
