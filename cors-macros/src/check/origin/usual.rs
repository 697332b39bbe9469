//! The usual entry, recognised at a glance.
//!
//! A list may hold a hundred thousand entries, and macros run unoptimised.

use super::{internal, sample};

/// The last labels of internal names, so that no other is looked at.
const ENDS_OF_INTERNAL: [&str; 3] = ["internal", "local", "svc"];

/// Whether an entry is `https://` and a name of several labels that nothing can be said against:
/// the rest of the checks would find nothing.
pub(super) fn is_usual(entry: &str) -> bool {
    let Some(host) = entry.strip_prefix("https://") else {
        return false;
    };
    let mut label = 0;
    let mut labels = 1;
    let mut before = b'.';
    let mut may_be_sample = false;
    for &byte in host.as_bytes() {
        match byte {
            b'.' if before == b'.' || before == b'-' => return false,
            b'.' => {
                labels += 1;
                label = 0;
            }
            b'-' if before == b'.' => return false,
            b'd' | b'm' | b'y' if label == 0 => {
                may_be_sample = true;
                label = 1;
            }
            b'a'..=b'z' | b'0'..=b'9' | b'-' => label += 1,
            _ => return false,
        }
        if label > 63 {
            return false;
        }
        before = byte;
    }
    // Punycode may be wrong.
    if host.contains("xn--") {
        return false;
    }
    // A last label with a digit in front may be a number, and the host then an address.
    let last = &host[host.len() - label..];
    labels > 1
        && host.len() <= 253
        && before != b'-'
        && last.starts_with(|first: char| first.is_ascii_lowercase())
        && last != "localhost"
        && !(ENDS_OF_INTERNAL.contains(&last) && internal::find(host).is_some())
        && !(may_be_sample && sample::find(host).is_some())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::is_usual;
    use crate::check::origin::{Entry, unusual};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn the_checks_find_nothing(
            scheme in "https://|https://|https://|https://|http://|HTTPS://",
            labels in prop::collection::vec("[a-z0-9-]{1,4}|[a-z0-9]{1,4}|xn--[a-z]{1,3}|[a-z*_A-Z%]{1,2}|[a-z]{62,65}||localhost|0x[0-9a-f]|127|my-?app|your-[a-z]|domain|com|svc|local|cluster", 0..7),
            end in "(:[0-9]{1,4}|/|\\.| )?|||",
        ) {
            let entry = format!("{scheme}{}{end}", labels.join("."));
            if is_usual(&entry) {
                let mut faults = Vec::new();
                let found = unusual(&entry, true, &mut faults);
                prop_assert!(faults.is_empty(), "{entry}");
                prop_assert!(matches!(found, Some(Entry::Exact(text)) if text == entry), "{entry}");
            }
        }
    }

    #[test]
    fn usual_entries_are_plain() {
        for entry in ["https://example.com", "https://a--b.4.example.co.uk"] {
            assert!(is_usual(entry), "{entry}");
        }
        for entry in [
            "https://",
            "https://.",
            "https://a.",
            "https://a",
            "https://-a.b",
            "https://xn--bcher-kva.example",
        ] {
            assert!(!is_usual(entry), "{entry}");
        }
    }
}
