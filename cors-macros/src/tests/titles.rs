//! What a title quotes is in the file, or is a name that everybody knows.

use crate::finding::Finding;

/// What titles name although the file may not have it: what is missing, or what is meant.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "allow_credentials", "allow_headers", "allow_methods", "allow_origins", "allow_private_network",
    "debug", "expose_headers", "max_age", "options_passthrough", "options_success_status",
    "extra_config", "security/cors", "github_com/devopsfaith/krakend-cors",
    "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE",
    "Authorization", "Content-Type", "Origin",
    "Accept-Ranges", "Content-Range", "Location", "Mcp-Session-Id", "Upload-Offset",
    "krakend.json", "true", "false", ":", "{", "}", "[", "]", "*", "{…}", "[…]",
];

/// What the title of a finding quotes, and the text of the file does not have.
pub(super) fn misquoted(finding: &Finding, text: &str) -> Option<String> {
    let title = finding.title();
    // Then there is no telling what is quoted.
    if text.contains('`') {
        return None;
    }
    let decoded = decoded(text);
    let is_known =
        |quoted: &str| KNOWN.contains(&quoted) || text.contains(quoted) || decoded.contains(quoted);
    // A place in the file is keys with dots between.
    let is_path = |quoted: &str| quoted.split('.').all(is_known);
    let mut quoted = title.split('`').skip(1).step_by(2);
    let misquoted = quoted.find(|quoted| !is_known(quoted) && !is_path(quoted))?;
    Some(format!("`{misquoted}` is quoted in {title:?}"))
}

/// A text with the escapes of JSON strings decoded.
pub(super) fn decoded(text: &str) -> String {
    let mut units = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.extend(u16::from_str_radix(&digits, 16));
                    continue;
                }
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some(other) => other,
                None => break,
            },
            (c, false) => c,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::super::origin_suggestions::file;
    use super::super::{faults, golden};
    use super::misquoted;

    #[test]
    fn titles_of_golden_cases_quote_the_file() {
        let complaints: Vec<String> = golden::cases()
            .flat_map(|(name, source, found)| {
                let misquoted: Vec<_> = found
                    .iter()
                    // What is wrong with a whole file is said of its name.
                    .filter(|finding| !finding.title().contains(source.name().unwrap_or_default()))
                    .filter_map(|finding| misquoted(finding, source.text()))
                    .map(|what| format!("{name}: {what}"))
                    .collect();
                misquoted
            })
            .collect();
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }

    /// Entries whose titles once quoted another spelling, or what only the message has.
    #[test]
    fn titles_that_once_quoted_something_else() {
        for entry in [
            "https://*.GITHUB.io",
            "HTTPS://EXAMPLE.*CO.UK",
            "HTTPS://*.EU?.EXAMPLE.NET:8443",
            "https://*.amazonaws.com",
            "http://[fe80::1%eth0]:3000/",
            "nul*",
        ] {
            for credentials in [false, true] {
                let text = file(&[entry], credentials);
                for finding in faults(&text) {
                    assert_eq!(misquoted(&finding, &text), None, "{entry}");
                    assert!(finding.title().contains(entry), "{}", finding.title());
                }
            }
        }
    }
}
