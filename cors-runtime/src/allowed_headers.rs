//! Whether request headers are among those that are listed.

use crate::bytes::same;
use crate::parts::Names;

impl Names {
    /// Whether a line consists of such names alone, as a browser writes it: in lower case, sorted
    /// by byte, each once, with bare commas between them (Fetch, "CORS-preflight fetch").
    ///
    /// Both lists are in the same order, so one pass over the names tells. `false` for what is
    /// written otherwise: then each name must be looked at.
    #[inline]
    pub(crate) fn are_all_of(&self, line: &[u8]) -> bool {
        let mut rest = line;
        for name in self.sorted {
            let Some((start, after)) = rest.split_at_checked(name.len()) else {
                continue;
            };
            if same(start, name.as_bytes()) {
                match after {
                    [] => return true,
                    [b',', next @ ..] => rest = next,
                    // A longer name that begins like this one.
                    _ => {}
                }
            }
        }
        false
    }

    /// Whether a name is among them, whatever the case of its ASCII letters.
    pub(crate) fn contain(&self, name: &[u8]) -> bool {
        self.contain_exactly(name) || self.contain_in_lower_case(name)
    }

    fn contain_exactly(&self, name: &[u8]) -> bool {
        match &self.table {
            Some(table) => table.contains(name),
            None => self
                .sorted
                .iter()
                .any(|listed| same(listed.as_bytes(), name)),
        }
    }

    #[cold]
    fn contain_in_lower_case(&self, name: &[u8]) -> bool {
        if !name.iter().any(u8::is_ascii_uppercase) {
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
        for (line, all) in [
            ("a", true),
            ("a,if-match,x-a,x-a-b,x-request-id-of-the-customer", true),
            ("x-a", true),
            ("x-a-b", true),
            ("x-a,x-request-id-of-the-customer", true),
            ("x-request-id-of-the-customer", true),
            ("", false),
            (",", false),
            ("a,", false),
            ("a,,x-a", false),
            (",a", false),
            ("a, x-a", false),
            ("x-a,a", false),
            ("a,a", false),
            ("A", false),
            ("b", false),
            ("x-", false),
            ("x-a-b-c", false),
            ("x-request-id-of-the-customes", false),
            ("x-request-id-of-the-customer-", false),
        ] {
            assert_eq!(NAMES.are_all_of(line.as_bytes()), all, "{line}");
        }
    }

    #[test]
    fn letters_may_have_any_case() {
        for name in ["a", "A", "If-Match", "X-REQUEST-ID-OF-THE-CUSTOMER"] {
            assert!(NAMES.contain(name.as_bytes()), "{name}");
        }
        let long = "A".repeat(100);
        for name in ["", "b", "B", "If_Match", "X-A-", &long] {
            assert!(!NAMES.contain(name.as_bytes()), "{name}");
        }
    }
}
