//! Names under which anybody can register: the Public Suffix List.

use publicsuffix::{List, Psl};

/// The official list, as it was on [`version`].
const LIST: &str = include_str!("../../data/public_suffix_list.dat");

/// Whether a domain, in Punycode, is a public suffix.
///
/// A name that the list does not know at all, such as `internal`, is none: who gives names away
/// there is the private network's own affair.
pub(crate) fn is_one(domain: &str) -> bool {
    let domain = unicode(domain);
    let top = domain.rsplit('.').next().unwrap_or_default();
    // Reading the whole list would cost more than all the rest of the macro; the rules that can
    // concern a name end like it.
    let rules: String = LIST
        .lines()
        .filter(|line| line.starts_with("// ===") || ends_with_label(line, top))
        .flat_map(|line| [line, "\n"])
        .collect();
    let Ok(list) = List::from_bytes(rules.as_bytes()) else {
        return false;
    };
    let is_suffix = |domain: &str| {
        list.suffix(domain.as_bytes())
            .is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == domain.as_bytes())
    };
    // Below `kawasaki.jp` every name is a suffix, though it is none itself.
    is_suffix(&domain) || is_suffix(&format!("any.{domain}"))
}

/// The version line of the list, for the documentation.
#[cfg(test)]
pub(crate) fn version() -> &'static str {
    LIST.lines()
        .find_map(|line| line.strip_prefix("// VERSION: "))
        .and_then(|version| version.split('_').next())
        .unwrap_or_default()
}

fn ends_with_label(rule: &str, label: &str) -> bool {
    match rule.strip_suffix(label) {
        Some(rest) => rest.is_empty() || rest.ends_with('.') || rest.ends_with('!'),
        None => false,
    }
}

/// The list is written in Unicode.
fn unicode(domain: &str) -> String {
    let labels: Vec<String> = domain
        .split('.')
        .map(|label| match label.strip_prefix("xn--") {
            Some(ascii) => punycode::decode(ascii).unwrap_or_else(|()| label.to_owned()),
            None => label.to_owned(),
        })
        .collect();
    labels.join(".")
}

#[cfg(test)]
mod tests {
    use super::is_one;

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
