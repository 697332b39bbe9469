//! Names under which anybody can register: the Public Suffix List.

use super::shared_hosts;

/// The licence of the official list, an empty line, and its rules.
const LIST: &str = include_str!("../../../data/public_suffix_list.txt");

/// The rules in Punycode, the labels of each in reverse, sorted by their bytes.
fn list() -> &'static str {
    LIST.split_once("\n\n").map_or("", |(_, rules)| rules)
}

/// Who can have a host that ends in some way.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Below {
    /// Whoever registers a name under this public suffix.
    Anybody(String),
    /// Nobody but the owner of the name.
    Nobody,
}

/// Whether anybody can get a name under a domain, in Punycode.
pub(crate) fn is_one(domain: &str) -> bool {
    is_listed(domain) || shared_hosts::source(domain).is_some()
}

/// Whether a domain is a public suffix.
///
/// A name that the list does not know at all, such as `internal`, is none: who gives names away
/// there is the private network's own affair.
pub(super) fn is_listed(domain: &str) -> bool {
    let domain = reversed(domain);
    let (parent, label) = domain.rsplit_once('.').unwrap_or(("", &domain));
    contains(&domain)
        // Each subdomain of `kawasaki.jp` is a suffix, though it is none itself.
        || contains(&format!("{domain}.*"))
        // The only exceptions are from rules with a star.
        || (contains(&format!("{parent}.*")) && !contains(&format!("{parent}.!{label}")))
}

/// Who can have the hosts that end in `{end}.{domain}`, or in `.{domain}` where `end` is empty.
/// There may be no domain, but only an end.
pub(super) fn below(domain: &str, end: &str) -> Below {
    let name = match (domain, end) {
        ("", name) | (name, "") => name.to_owned(),
        _ => format!("{end}.{domain}"),
    };
    if is_one(&name) {
        return Below::Anybody(name);
    }
    let reversed = match domain {
        "" => String::new(),
        _ => format!("{}.", reversed(domain)),
    };
    // Rules sort by what they begin with, so those of subdomains are together.
    let rules = list()[position(&reversed)..].lines();
    let rules = rules.take_while(|rule| rule.starts_with(&reversed));
    let mut labels = rules.filter_map(|rule| {
        let label = rule[reversed.len()..].split('.').next()?;
        let ends_so = label.ends_with(end) && !label.starts_with('!');
        ends_so.then(|| self::reversed(rule))
    });
    let shared = || shared_hosts::below(domain, end).map(str::to_owned);
    match labels.next().or_else(shared) {
        Some(suffix) => Below::Anybody(suffix),
        None => Below::Nobody,
    }
}

/// The labels the other way round, as the list has them.
fn reversed(domain: &str) -> String {
    let labels: Vec<&str> = domain.split('.').rev().collect();
    labels.join(".")
}

/// Whether a line of the sorted list is this rule.
fn contains(rule: &str) -> bool {
    let rest = &list()[position(rule)..];
    rest.strip_prefix(rule)
        .is_some_and(|rest| rest.starts_with('\n'))
}

/// Where the first line begins that is not less than a text.
fn position(text: &str) -> usize {
    let bytes = list().as_bytes();
    let (mut start, mut end) = (0, bytes.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let line = bytes[..middle].iter().rposition(|b| *b == b'\n');
        let from = line.map_or(0, |at| at + 1);
        let len = bytes[middle..].iter().position(|b| *b == b'\n');
        let to = len.map_or(bytes.len(), |len| middle + len);
        if bytes[from..to] < *text.as_bytes() {
            start = to + 1
        } else {
            end = from
        }
    }
    start
}

/// All rules, in the order of their labels.
#[cfg(test)]
pub(crate) fn rules() -> impl Iterator<Item = &'static str> {
    list().lines()
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
    use std::fs;
    use std::path::Path;

    use super::{Below, LIST, below, contains, is_one, list, reversed};

    /// The list as it is searched, from the file that is published: the comments at its top, then
    /// the rules, and only these are sorted.
    fn searchable(published: &str) -> String {
        let lines = published.lines().map(str::trim_end);
        let is_head = |line: &&str| !line.starts_with("// ===");
        let head = lines.clone().take_while(is_head);
        let head: Vec<&str> = head.filter(|line| line.starts_with("//")).collect();
        let is_rule = |line: &&str| !line.is_empty() && !line.starts_with("//");
        let mut rules: Vec<String> = lines.filter(is_rule).map(searchable_rule).collect();
        rules.sort_unstable();
        rules.dedup();
        format!("{}\n\n{}\n", head.join("\n"), rules.join("\n"))
    }

    /// An exception has its mark before its first label.
    fn searchable_rule(rule: &str) -> String {
        let (mark, rule) = match rule.strip_prefix('!') {
            Some(rule) => ("!", rule),
            None => ("", rule),
        };
        let ascii = idna::domain_to_ascii(rule).unwrap();
        let reversed = reversed(&ascii);
        match reversed.rsplit_once('.') {
            Some((parent, label)) => format!("{parent}.{mark}{label}"),
            None => reversed,
        }
    }

    /// `BLESS=1` writes the list from the file that is published, where that was put beside it.
    #[test]
    fn the_list_can_be_renewed() {
        let published = "// the licence\n// and more\n\n// VERSION: 1\n\n// ===BEGIN\n// other\n*.kawasaki.jp\n!city.kawasaki.jp  \ncom\ns3.amazonaws.com\n公司.cn\n";
        assert_eq!(
            searchable(published),
            "// the licence\n// and more\n// VERSION: 1\n\ncn.xn--55qx5d\ncom\ncom.amazonaws.s3\njp.kawasaki.!city\njp.kawasaki.*\n"
        );
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let published = fs::read_to_string(folder.join("public_suffix_list.dat"));
        if let (Ok(published), Some(_)) = (published, std::env::var_os("BLESS")) {
            fs::write(
                folder.join("public_suffix_list.txt"),
                searchable(&published),
            )
            .unwrap();
        }
    }

    #[test]
    fn the_licence_of_the_list_stands_on_top() {
        let licence = "// This Source Code Form is subject to the terms of the Mozilla Public\n\
                       // License, v. 2.0. If a copy of the MPL was not distributed with this\n\
                       // file, You can obtain one at https://mozilla.org/MPL/2.0/.\n";
        assert!(LIST.starts_with(licence));
        assert!(!list().contains("//"));
    }

    #[test]
    fn the_list_is_sorted_and_every_rule_is_found() {
        assert!(list().lines().is_sorted());
        // What `is_one` takes for granted.
        for rule in list().lines() {
            if let Some((parent, label)) = rule.split_once('!') {
                assert!(contains(&format!("{parent}*")) && !contains(&format!("{parent}{label}")));
            }
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

    #[test]
    fn whose_the_subdomains_are() {
        let anybody = [
            ("com", "", "com"),
            ("kawasaki.jp", "", "kawasaki.jp"),
            ("amazonaws.com", "s3", "s3.amazonaws.com"),
            ("", "com", "com"),
        ];
        for (domain, end, suffix) in anybody {
            let expected = Below::Anybody(suffix.to_owned());
            assert_eq!(below(domain, end), expected, "{end} {domain}");
        }
        // Some suffix or other.
        for (domain, end) in [("amazonaws.com", ""), ("amazonaws.com", "3"), ("", "om")] {
            assert_ne!(below(domain, end), Below::Nobody, "{end} {domain}");
        }
        for (domain, end) in [
            ("example.com", ""),
            ("city.kawasaki.jp", ""),
            ("amazonaws.com", "-team"),
            ("com", "example"),
            ("", "localhost"),
            ("internal", ""),
        ] {
            assert_eq!(below(domain, end), Below::Nobody, "{end} {domain}");
        }
    }
}
