//! User names and passwords in addresses.

use crate::finding::Place;
use crate::literal::is_quotation_mark;

/// Where the addresses in a text have user names and passwords.
pub(super) fn logins(text: &str) -> Vec<Place> {
    if !text.contains('@') {
        return Vec::new();
    }
    let is_between = |c: char| c.is_whitespace() || c == ',' || is_quotation_mark(c);
    let addresses = text.split(is_between).filter_map(|address| {
        let start = behind_scheme(address);
        let rest = &address[start.unwrap_or(0)..];
        let authority = rest.split(['/', '?', '#', '\\']).next()?;
        let at = authority.rfind('@').or_else(|| {
            // A password may have a slash: what is between a colon and a slash is no port then.
            let (_, port) = authority.split_once(':')?;
            let is_port = port
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'*');
            rest.rfind('@').filter(|_| !is_port)
        })?;
        // A mail address has no password.
        let is_login = start.is_some() || rest[..at].contains(':');
        let offset = rest.as_ptr() as usize - text.as_ptr() as usize;
        (is_login && at > 0).then(|| Place::new(offset, offset + at))
    });
    addresses.collect()
}

/// Where an address goes on behind its scheme, also if a colon or a slash is missing.
fn behind_scheme(address: &str) -> Option<usize> {
    // JSON may escape a slash.
    let slashes = ['/', '\\'];
    let scheme = &address[..address.find(slashes)?];
    let rest = address[scheme.len()..].trim_start_matches(slashes);
    let start = address.len() - rest.len();
    let is_scheme = scheme.ends_with(':') || start - scheme.len() > 1;
    (is_scheme && !scheme.contains(['.', '@'])).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::super::without_logins;

    #[test]
    fn only_logins_are_hidden() {
        let cases = [
            ("https://u:p@a.test", "https://…@a.test"),
            ("https://u@a.test/x", "https://…@a.test/x"),
            ("https://u:p@q@a.test", "https://…@a.test"),
            ("https://u:p/q@a.test", "https://…@a.test"),
            (
                "https://a.test,https://u:p@b.test",
                "https://a.test,https://…@b.test",
            ),
            ("u:p@a.test", "…@a.test"),
            ("https//p@a.test", "https//…@a.test"),
            ("https:/u:p@a.test", "https:/…@a.test"),
            ("//p@a.test", "//…@a.test"),
            ("https:\\/\\/u:p@a.test\\/", "https:\\/\\/…@a.test\\/"),
            ("a.test//@me", "a.test//@me"),
            ("me@a.test", "me@a.test"),
            ("https://a.test/@me", "https://a.test/@me"),
            ("https://a.test:80/@me", "https://a.test:80/@me"),
            ("https://@a.test", "https://@a.test"),
        ];
        for (origin, expected) in cases {
            assert_eq!(without_logins(origin), expected, "{origin}");
            let text = format!("not \"{origin}\", but `{origin}`");
            assert_eq!(without_logins(&text), text.replace(origin, expected));
        }
    }
}
