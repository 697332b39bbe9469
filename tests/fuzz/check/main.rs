//! Any text as a configuration, through the modules of the compiler. Nothing panics, every finding can be
//! drawn and quotes the text, and what is suggested for a text that is JSON keeps its promise.
//!
//! Two texts are crossed as the tests of `cors-macros` splice them. `README.md` says how to run it.

#![no_main]
#![allow(
    dead_code,
    unused_imports,
    reason = "parts of the modules are only for the macro"
)]

include!("../../../cors-macros/src/modules.rs");

mod tests;

use libfuzzer_sys::{fuzz_crossover, fuzz_target};

use crate::tests::splice::{Cut, Unit, complaint, spliced};
use crate::tests::suggestions::Counts;

fuzz_target!(|data: &[u8]| {
    match str::from_utf8(data) {
        Ok(text) => {
            if let Err(complaint) = complaint(text, &mut Counts::default()) {
                panic!("{complaint}");
            }
        }
        Err(_) => drop(tests::findings("krakend.json", data)),
    }
});

fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
    let (Ok(one), Ok(other)) = (str::from_utf8(one), str::from_utf8(other)) else {
        return 0;
    };
    let mut seed = seed;
    let mut next = || {
        // The constants of the C standard's own example of a generator.
        seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (seed >> 8) as usize
    };
    let unit = [Unit::File, Unit::Line, Unit::String, Unit::String][next() % 4];
    let mut cut = || Cut {
        part: next(),
        at: next(),
    };
    let text = spliced(unit, (one, cut()), (other, cut()));
    let length = text.len().min(out.len());
    out[..length].copy_from_slice(&text.as_bytes()[..length]);
    length
});
