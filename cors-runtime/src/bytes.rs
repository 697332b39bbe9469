//! Comparing short texts in place. A call of `memcmp` costs more than it does, and it costs the
//! callers their registers.

/// Whether two texts are the same.
#[inline]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (Some(end_of_a), Some(end_of_b)) = (a.last_chunk::<16>(), b.last_chunk::<16>()) else {
        return match (a.first_chunk::<8>(), b.first_chunk::<8>()) {
            (Some(start_of_a), Some(start_of_b)) => {
                start_of_a == start_of_b && a.last_chunk::<8>() == b.last_chunk::<8>()
            }
            _ => a.iter().eq(b),
        };
    };
    // The last bytes may be compared twice.
    let (a, b) = (a.as_chunks::<16>().0, b.as_chunks::<16>().0);
    a.iter().zip(b).all(|(a, b)| a == b) && end_of_a == end_of_b
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
        for length in 0..70 {
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
