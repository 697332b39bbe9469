//! Names under which anybody can register: the Public Suffix List.

use std::cmp::Ordering;

/// The rules of the official list, sorted by their bytes.
const LIST: &str = include_str!("../../../data/public_suffix_list.txt");

/// Whether a domain, in Punycode, is a public suffix.
///
/// A name that the list does not know at all, such as `internal`, is none: who gives names away
/// there is the private network's own affair.
pub(crate) fn is_one(domain: &str) -> bool {
    // The list is written in Unicode.
    let (domain, _) = idna::domain_to_unicode(domain);
    // The only exceptions are from rules with a star.
    let below_star = |parent: &str| contains(&format!("*.{parent}"));
    let is_exception = || contains(&format!("!{domain}"));
    contains(&domain)
        // Below `kawasaki.jp` every name is a suffix, though it is none itself.
        || below_star(&domain)
        || domain
            .split_once('.')
            .is_some_and(|(_, parent)| below_star(parent) && !is_exception())
}

/// Whether a line of the sorted list is this rule.
fn contains(rule: &str) -> bool {
    let (mut start, mut end) = (0, LIST.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let bytes = LIST.as_bytes();
        let from = bytes[..middle]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        let to = bytes[middle..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(LIST.len(), |at| middle + at);
        match bytes[from..to].cmp(rule.as_bytes()) {
            Ordering::Equal => return true,
            Ordering::Less => start = to + 1,
            Ordering::Greater => end = from,
        }
    }
    false
}

/// The version line of the list, for the documentation.
#[cfg(test)]
pub(crate) fn version() -> &'static str {
    LIST.lines()
        .find_map(|line| line.strip_prefix("// VERSION: "))
        .and_then(|version| version.split('_').next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{LIST, contains, is_one};

    #[test]
    fn the_list_is_sorted_and_every_rule_is_found() {
        assert!(LIST.lines().is_sorted());
        // What `is_one` takes for granted.
        for exception in LIST.lines().filter_map(|line| line.strip_prefix('!')) {
            let (_, parent) = exception.split_once('.').unwrap();
            assert!(contains(&format!("*.{parent}")) && !contains(exception));
        }
        for rule in LIST.lines() {
            assert!(contains(rule), "{rule}");
        }
        for rule in ["", "a", "zzz", "com\nnet", "\u{10ffff}"] {
            assert!(!contains(rule), "{rule}");
        }
    }

    #[test]
    fn known_suffixes_and_others() {
        let cases = [
            ("com", true),
            ("co.uk", true),
            ("github.io", true),
            ("vercel.app", true),
            ("foo.vercel.app", false),
            ("example.com", false),
            ("kawasaki.jp", true),
            ("any.kawasaki.jp", true),
            ("city.kawasaki.jp", false),
            ("anything.ck", true),
            ("www.ck", false),
            ("xn--55qx5d.cn", true),
            ("internal", false),
            ("localhost", false),
            ("127.0.0.1", false),
        ];
        for (domain, expected) in cases {
            assert_eq!(is_one(domain), expected, "{domain}");
        }
    }
}
