//! Comparing and classifying bytes. It also works in constants, where slices have no `==` and no
//! iterators.

/// Whether two texts are equal.
///
/// Names and origins of usual lengths are compared without a loop: a look-up takes 14 to 17 instructions
/// less. The order of the lengths is measured too.
#[inline]
pub(crate) const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        33.. if a.len() > 48 => same_chunks(a, b) && differ(a.last_chunk(), b.last_chunk()) == 0,
        33.. => ends_differ(a, b) | differ(second(a), second(b)) == 0,
        16.. => ends_differ(a, b) == 0,
        _ => same_short(a, b),
    }
}

/// The bits in which the first and the last sixteen bytes of two texts differ.
#[inline]
const fn ends_differ(a: &[u8], b: &[u8]) -> u128 {
    differ(a.first_chunk(), b.first_chunk()) | differ(a.last_chunk(), b.last_chunk())
}

#[inline]
const fn differ(a: Option<&[u8; 16]>, b: Option<&[u8; 16]>) -> u128 {
    match (a, b) {
        (Some(a), Some(b)) => u128::from_le_bytes(*a) ^ u128::from_le_bytes(*b),
        _ => 1,
    }
}

/// The second sixteen bytes of a text.
#[inline]
const fn second(text: &[u8]) -> Option<&[u8; 16]> {
    match text.split_at_checked(16) {
        Some((_, rest)) => rest.first_chunk(),
        None => None,
    }
}

/// Whether two texts are equal up to the last multiple of sixteen bytes.
#[inline]
const fn same_chunks(mut a: &[u8], mut b: &[u8]) -> bool {
    while let (Some((first_a, rest_a)), Some((first_b, rest_b))) =
        (a.split_first_chunk(), b.split_first_chunk())
    {
        if u128::from_le_bytes(*first_a) != u128::from_le_bytes(*first_b) {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    true
}

/// Whether two texts of the same length, below sixteen bytes, are equal.
#[inline]
const fn same_short(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (words(a), words(b));
    a.0 == b.0 && a.1 == b.1
}

/// Up to sixteen bytes as two numbers, which differ for different texts of the same length.
#[inline]
pub(crate) const fn words(text: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (
            u32::from_le_bytes(*first) as u64,
            u32::from_le_bytes(*last) as u64,
        );
    }
    match *text {
        // Two or three bytes: the middle one is the last one, or the one in between.
        [first, .., last] => {
            let middle = text[text.len() / 2];
            (first as u64 | (middle as u64) << 8, last as u64)
        }
        [byte] => (byte as u64, 0),
        [] => (0, 0),
    }
}

/// A class of bytes: those that can occur in one part of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Class(u8);

impl Class {
    /// A token ([RFC 9110, section 5.6.2]), such as a method or a header name.
    ///
    /// [RFC 9110, section 5.6.2]: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
    pub(crate) const TOKEN: Self = Self(1);
    /// The host of an origin: no [forbidden domain code point], and no upper-case letter.
    ///
    /// [forbidden domain code point]: https://url.spec.whatwg.org/#forbidden-domain-code-point
    pub(crate) const HOST: Self = Self(2);
    /// An IPv6 address.
    pub(crate) const ADDRESS: Self = Self(4);
    /// The scheme of an origin.
    pub(crate) const SCHEME: Self = Self(8);

    /// Whether all bytes of a text belong to the class.
    #[inline]
    pub(crate) const fn has_all(self, mut text: &[u8]) -> bool {
        let mut classes = self.0;
        while let [byte, rest @ ..] = text {
            classes &= CLASSES[*byte as usize];
            text = rest;
        }
        classes != 0
    }
}

/// The classes of each byte, one bit per class.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    // All others are control characters, spaces, or outside ASCII.
    let mut byte = b'!';
    while byte <= b'~' {
        let token = !matches!(
            byte,
            b'"' | b'(' | b')' | b',' | b'/' | b':'..=b'@' | b'[' | b'\\' | b']' | b'{' | b'}'
        );
        let host = !matches!(
            byte,
            b'#' | b'%' | b'/' | b':' | b'<' | b'>' | b'?' | b'@' | b'['..=b'^' | b'|' | b'A'..=b'Z'
        );
        let address = matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b':');
        let lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let scheme = lower || matches!(byte, b'+' | b'-' | b'.');
        let mut bits = 0;
        if token {
            bits |= Class::TOKEN.0;
        }
        if host {
            bits |= Class::HOST.0;
        }
        if address {
            bits |= Class::ADDRESS.0;
        }
        if scheme {
            bits |= Class::SCHEME.0;
        }
        classes[byte as usize] = bits;
        byte += 1;
    }
    classes
};

/// Whether a text is a token: a method or a header name.
pub(crate) const fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && Class::TOKEN.has_all(text)
}

/// Whether two texts are equal if the case of ASCII letters is ignored.
pub(crate) const fn same_ignoring_case(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let (mut a, mut b) = (a, b);
    while let ([first_a, rest_a @ ..], [first_b, rest_b @ ..]) = (a, b) {
        if !first_a.eq_ignore_ascii_case(first_b) {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    true
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

    #[test]
    fn short_texts_are_told_apart_by_two_numbers() {
        for length in 0..=16 {
            let text: Vec<u8> = (0..length).map(|nth| b'a' + nth).collect();
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 1;
                assert_ne!(words(&text), words(&other), "{length} {at}");
            }
        }
    }
}
