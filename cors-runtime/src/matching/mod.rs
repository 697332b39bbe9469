//! Whether an origin, a method or a header name is allowed.
//!
//! All of it works in constants too, for assertions about a policy at compile time.

pub(crate) mod bytes;
mod pattern;
mod table;

use crate::parts::{Headers, Origins, Set, Table};
use bytes::{is_token, same, same_ignoring_case};

impl Origins {
    /// Whether an origin may read responses.
    // Measured: with plain `inline`, a request with an origin takes 6 to 18 instructions more.
    #[inline(always)]
    pub(crate) const fn allow(&self, origin: &[u8]) -> bool {
        match self {
            // No origin is empty.
            Self::Any => !origin.is_empty(),
            Self::Listed { exact, patterns } => {
                exact.contains(origin)
                    || !patterns.is_empty() && pattern::any_matches(patterns, origin)
            }
        }
    }
}

impl Headers {
    /// Whether a request header may be sent, whatever the case of its letters.
    pub(crate) const fn allow(&self, name: &[u8]) -> bool {
        match self {
            Self::Any => is_token(name),
            Self::Listed { sorted, table, .. } => is_name(sorted, table, name),
        }
    }
}

impl Set {
    /// Whether a text is in the set, byte for byte.
    // Measured: with plain `inline`, a look-up takes 18 to 21 instructions more.
    #[inline(always)]
    pub(crate) const fn contains(&self, text: &[u8]) -> bool {
        match self {
            Self::Few(listed) => is_listed(listed, text),
            Self::Many(table) => table.contains(text),
        }
    }

    /// All texts, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        let (few, many) = match self {
            Self::Few(listed) => (*listed, None),
            Self::Many(table) => (&[][..], Some(table.iter())),
        };
        few.iter().copied().chain(many.into_iter().flatten())
    }
}

/// Whether a text is in a list, byte for byte.
#[inline]
pub(crate) const fn is_listed(mut listed: &[&str], text: &[u8]) -> bool {
    while let [first, rest @ ..] = listed {
        if same(first.as_bytes(), text) {
            return true;
        }
        listed = rest;
    }
    false
}

/// Whether a text is in a list, whatever the case of ASCII letters.
pub(crate) const fn is_listed_in_any_case(mut listed: &[&str], text: &[u8]) -> bool {
    while let [first, rest @ ..] = listed {
        if same_ignoring_case(first.as_bytes(), text) {
            return true;
        }
        listed = rest;
    }
    false
}

/// Whether a name, in lower case, is in a list.
///
/// Names of usual length are looked up by their hash, so a line with thousands of them costs one pass
/// over its bytes.
const fn is_name(sorted: &[&str], table: &Option<Table>, name: &[u8]) -> bool {
    let mut room = [0; 64];
    let Some((lower, _)) = room.split_at_mut_checked(name.len()) else {
        return is_listed_in_any_case(sorted, name);
    };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    match table {
        Some(table) => table.contains(lower),
        None => is_listed(sorted, lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_may_have_any_case() {
        let sorted: &[&str] = &["a", "if-match", "x-request-id-of-the-customer"];
        let value = http::HeaderValue::from_static("a, if-match, x-request-id-of-the-customer");
        let headers = Headers::Listed {
            sorted,
            table: None,
            value: Box::leak(Box::new(value)),
        };
        let allows = |name: &str| headers.allow(name.as_bytes());
        for name in ["a", "A", "If-Match", "X-REQUEST-ID-OF-THE-CUSTOMER"] {
            assert!(allows(name), "{name}");
        }
        // Whichever letter is in upper case.
        let longest = "x-request-id-of-the-customer";
        for (at, letter) in longest.char_indices() {
            let capital = letter.to_ascii_uppercase().to_string();
            let mut name = longest.to_owned();
            name.replace_range(at..=at, &capital);
            assert!(allows(&name), "{name}");
        }
        let long = "A".repeat(100);
        for name in ["", "b", "B", "If_Match", "X-A-", &long] {
            assert!(!allows(name), "{name}");
        }
    }
}
