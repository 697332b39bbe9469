//! Finding an origin.

use crate::hash;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// One of five, by length. A `match` on all five becomes a tree of bytes, which costs more.
#[inline]
pub fn five(origin: &[u8]) -> bool {
    match origin.len() {
        23 => origin == b"https://app.example.com",
        24 => origin == b"https://shop.example.org",
        25 => origin == b"https://admin.example.com",
        32 => origin == b"https://staging.example.net:8443",
        36 => origin == b"https://tenant-0042.apps.example.com",
        _ => false,
    }
}

/// One of many, in a sparse table.
#[inline]
pub fn table(origin: &[u8], bits: u32, slots: &[u16], entries: &[&str]) -> bool {
    let Some(mut slot) = hash::slot(origin, bits) else {
        return false;
    };
    while let Some(entry) = slots
        .get(slot)
        .and_then(|index| entries.get(usize::from(*index)))
    {
        if entry.as_bytes() == origin {
            return true;
        }
        slot = (slot + 1) % slots.len();
    }
    false
}

/// A subdomain of one host.
#[inline]
pub fn one_pattern(origin: &[u8]) -> bool {
    under(origin, b".apps.example.com")
}

/// A subdomain of one of twenty.
#[inline]
pub fn twenty_patterns(origin: &[u8]) -> bool {
    let tail = origin
        .strip_suffix(b".example.com")
        .and_then(<[u8]>::last_chunk)
        .map(|tail| u64::from_le_bytes(*tail));
    tail.and_then(suffix)
        .is_some_and(|suffix| under(origin, suffix))
}

#[inline]
fn under(origin: &[u8], suffix: &[u8]) -> bool {
    const HOST: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0x21;
        while byte < 0x7F {
            table[byte as usize] = !matches!(
                byte,
                b'#' | b'%'
                    | b'/'
                    | b':'
                    | b'<'
                    | b'>'
                    | b'?'
                    | b'@'
                    | b'['
                    | b'\\'
                    | b']'
                    | b'^'
                    | b'|'
                    | b'A'..=b'Z'
            );
            byte += 1;
        }
        table
    };
    origin.len() <= 282
        && origin
            .strip_prefix(b"https://")
            .and_then(|rest| rest.strip_suffix(suffix))
            .is_some_and(|host| host.iter().all(|byte| HOST[usize::from(*byte)]))
}
