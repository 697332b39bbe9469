//! Comparing short texts in place. A call of `memcmp` costs more than it does, and it costs the
//! callers their registers.

/// Up to so many bytes are compared in place.
pub(crate) const SHORT: usize = 64;

/// Whether two texts are the same.
#[inline(always)]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // Names of headers mostly have 8 to 15 bytes, origins up to 40.
    match a.len() {
        16.. => match a.len() {
            ..32 => same_ends::<16, 16>(a, b),
            32..=40 => same_ends::<32, 8>(a, b),
            41..=SHORT => same_ends::<32, 32>(a, b),
            _ => a == b,
        },
        8.. => same_ends::<8, 8>(a, b),
        4.. => same_ends::<4, 4>(a, b),
        _ => a.iter().eq(b),
    }
}

/// Whether the first bytes are the same, and the last, which together are all.
#[inline(always)]
fn same_ends<const FIRST: usize, const LAST: usize>(a: &[u8], b: &[u8]) -> bool {
    // Those that are of one length mostly begin alike, with a scheme, and end otherwise.
    a.last_chunk::<LAST>() == b.last_chunk() && a.first_chunk::<FIRST>() == b.first_chunk()
}

/// What follows a start, if a text has it.
#[inline]
pub(crate) fn strip_start<'t>(text: &'t [u8], start: &str) -> Option<&'t [u8]> {
    let (head, rest) = text.split_at_checked(start.len())?;
    same(head, start.as_bytes()).then_some(rest)
}

/// What comes before an end, if a text has it.
#[inline]
pub(crate) fn strip_end<'t>(text: &'t [u8], end: &str) -> Option<&'t [u8]> {
    let (rest, tail) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    same(tail, end.as_bytes()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_counts() {
        for length in 0..150 {
            let text: Vec<u8> = (0..length).map(|nth| b'a' + nth % 26).collect();
            assert!(same(&text, &text.clone()), "{length}");
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 1;
                assert!(!same(&text, &other), "{length} {at}");
                assert!(!same(&text, &text[..at]), "{length} {at}");
            }
        }
    }
}
