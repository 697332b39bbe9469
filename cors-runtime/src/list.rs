//! Lists with commas (RFC 9110, section 5.6.1).

use std::ops::Range;

/// Hands out where every element of a list stands, white space around it included, until one is
/// refused.
///
/// Reads eight bytes at a time: a list costs about two instructions a byte.
#[inline]
pub(crate) fn try_each<E>(
    list: &[u8],
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let (words, rest) = list.as_chunks::<8>();
    // What is left is shorter than a word, and the end of the list is as good as a comma.
    let last = commas(last_word(list, rest)) | 0x80 << (8 * rest.len());
    let words = words.iter().map(|word| commas(u64::from_le_bytes(*word)));
    let (mut start, mut at) = (0, 0);
    for mut commas in words.chain([last]) {
        while commas != 0 {
            let end = at + commas.trailing_zeros() as usize / 8;
            each(start..end)?;
            start = end + 1;
            commas &= commas - 1;
        }
        at += 8;
    }
    Ok(())
}

/// The top bit of every byte that is a comma.
#[inline]
const fn commas(word: u64) -> u64 {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    let other = word ^ u64::from_le_bytes([b','; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

/// The bytes that fill no word, zeros behind them.
#[inline]
fn last_word(list: &[u8], rest: &[u8]) -> u64 {
    match list.last_chunk() {
        // Shifted twice, as a word cannot be shifted by all of its bits.
        Some(last) => u64::from_le_bytes(*last) >> 8 >> (8 * (7 - rest.len() as u32 % 8)),
        None => short_word(rest),
    }
}

#[cold]
fn short_word(bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// The same place without the white space around it.
pub(crate) fn trim(list: &[u8], Range { mut start, mut end }: Range<usize>) -> Range<usize> {
    let is_space = |at: usize| list.get(at).is_some_and(u8::is_ascii_whitespace);
    while start < end && is_space(start) {
        start += 1;
    }
    while start < end && is_space(end - 1) {
        end -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_those_of_split() {
        let mut lists = vec![String::new()];
        for length in 0..40 {
            lists.push("a".repeat(length));
            lists.push(",".repeat(length));
            lists.push(format!("{},{}", "a".repeat(length), "é-".repeat(length)));
            lists.push(format!(" a ,\t,{} b,\u{ac},\u{2c}", "x,".repeat(length)));
        }
        for list in lists {
            let list = list.as_bytes();
            let mut found = Vec::new();
            let done = try_each(list, |place| {
                found.push(&list[place.clone()]);
                assert_eq!(&list[trim(list, place.clone())], list[place].trim_ascii());
                Ok::<(), ()>(())
            });
            assert_eq!(done, Ok(()));
            let expected: Vec<&[u8]> = list.split(|byte| *byte == b',').collect();
            assert_eq!(found, expected, "{}", list.escape_ascii());
        }
    }

    #[test]
    fn a_refusal_ends_the_list() {
        let mut seen = 0;
        let refused = try_each(b"a,b,c", |_| {
            seen += 1;
            if seen == 2 { Err(seen) } else { Ok(()) }
        });
        assert_eq!((refused, seen), (Err(2), 2));
    }
}
