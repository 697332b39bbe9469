//! Whether request headers are among those that are listed.

use crate::bytes::same;
use crate::parts::Names;

impl Names {
    /// What is left of a line behind such names, as a browser writes it: in lower case, sorted by
    /// byte, each once, with bare commas between them (Fetch, "CORS-preflight fetch"). Where that is
    /// anything, it begins with an element that must be looked at closely.
    ///
    /// Both lists are in the same order, so one pass over the names tells.
    #[inline(always)]
    pub(crate) fn behind<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        let mut rest = line;
        for name in self.sorted {
            let Some((head, tail)) = rest.split_at_checked(name.len()) else {
                continue;
            };
            let next = match tail {
                [] => tail,
                [b',', next @ ..] => next,
                // No element ends where this name would.
                _ => continue,
            };
            if same(head, name.as_bytes()) {
                rest = next;
                if tail.is_empty() {
                    break;
                }
            }
        }
        rest
    }

    /// Whether a name is among them, whatever the case of its ASCII letters.
    pub(crate) fn contain(&self, name: &[u8]) -> bool {
        self.contain_exactly(name) || self.contain_in_lower_case(name)
    }

    #[inline]
    pub(crate) fn contain_exactly(&self, name: &[u8]) -> bool {
        match &self.table {
            Some(table) => table.contains_any(name),
            None => self
                .sorted
                .iter()
                .any(|listed| same(listed.as_bytes(), name)),
        }
    }

    #[cold]
    fn contain_in_lower_case(&self, name: &[u8]) -> bool {
        if !has_upper(name) {
            return false;
        }
        let mut room = [0; 64];
        match room.get_mut(..name.len()) {
            Some(lower) => {
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                self.contain_exactly(lower)
            }
            None => self
                .sorted
                .iter()
                .any(|listed| listed.as_bytes().eq_ignore_ascii_case(name)),
        }
    }
}

fn has_upper(text: &[u8]) -> bool {
    match text.last_chunk::<8>() {
        Some(last) => text.as_chunks::<8>().0.iter().any(has_upper_word) || has_upper_word(last),
        None => text.iter().any(u8::is_ascii_uppercase),
    }
}

#[inline]
fn has_upper_word(text: &[u8; 8]) -> bool {
    text.iter()
        .fold(false, |upper, byte| upper | byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names = Names {
        sorted: &[
            "a",
            "if-match",
            "x-a",
            "x-a-b",
            "x-request-id-of-the-customer",
        ],
        table: None,
    };

    #[test]
    fn one_pass_tells_what_browsers_write() {
        // A bar stands where the pass ends.
        for line in [
            "a|",
            "a,if-match,x-a,x-a-b,x-request-id-of-the-customer|",
            "x-a|",
            "x-a-b|",
            "x-a,x-request-id-of-the-customer|",
            "x-request-id-of-the-customer|",
            "|",
            "|,",
            "a,|",
            "a,|,x-a",
            "|,a",
            "a,| x-a",
            "x-a,|a",
            "a,|a",
            "|A",
            "|b",
            "|x-",
            "|x-a-b-c",
            "a,|b,x-a",
            "|x-request-id-of-the-customes",
            "x-a,|x-request-id-of-the-customer-",
        ] {
            let end = line.find('|');
            let text = line.replace('|', "");
            assert_eq!(
                Some(text.len() - NAMES.behind(text.as_bytes()).len()),
                end,
                "{line}"
            );
        }
    }

    #[test]
    fn letters_may_have_any_case() {
        for name in ["a", "A", "If-Match", "X-REQUEST-ID-OF-THE-CUSTOMER"] {
            assert!(NAMES.contain(name.as_bytes()), "{name}");
        }
        // Whichever of the letters it is.
        let longest = "x-request-id-of-the-customer";
        for (at, letter) in longest.char_indices() {
            let capital = letter.to_ascii_uppercase().to_string();
            let mut name = longest.to_owned();
            name.replace_range(at..=at, &capital);
            assert!(NAMES.contain(name.as_bytes()), "{name}");
        }
        let long = "A".repeat(100);
        for name in ["", "b", "B", "If_Match", "X-A-", &long] {
            assert!(!NAMES.contain(name.as_bytes()), "{name}");
        }
    }
}
