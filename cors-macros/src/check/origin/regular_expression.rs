//! Regular expressions, which other products read and KrakenD does not.

use std::ops::Range;

/// More patterns than this are not suggested for one expression, nor are groups nested deeper.
const MOST: usize = 8;

/// What shows that a text is a regular expression, if it is one.
pub(crate) fn sign(text: &str) -> Option<Range<usize>> {
    let whole = 0..text.len();
    if text.starts_with('/') && !text.starts_with("//") && slashes(text).is_some() {
        return Some(whole);
    }
    if text.starts_with('^') {
        return Some(0..1);
    }
    if text.ends_with('$') {
        return Some(text.len() - 1..text.len());
    }
    let escape = text.match_indices('\\').find(|(at, _)| {
        let next = text[at + 1..].chars().next();
        next.is_some_and(|next| ".-/:dswDSW".contains(next))
    });
    let open = ["(", "[a-z", "[^", "[0-9", "[\\", "s?:"];
    let anything = |sign: &'static str| {
        text.match_indices(sign)
            .find(|(at, _)| *at == 0 || text[..*at].ends_with('/'))
    };
    escape
        .or_else(|| open.iter().find_map(|sign| text.match_indices(sign).next()))
        .or_else(|| anything(".*"))
        .or_else(|| text.match_indices(".+").next())
        .map(|(at, sign)| at..at + sign.len())
}

/// The text between the slashes of `/…/i`.
fn slashes(text: &str) -> Option<&str> {
    let (inside, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    (!inside.is_empty() && flags.bytes().all(|b| b.is_ascii_lowercase())).then_some(inside)
}

/// The entries that match the same, if there are any.
pub(crate) fn patterns(text: &str) -> Option<Vec<String>> {
    let text = slashes(text).unwrap_or(text);
    let mut reader = Reader {
        rest: text,
        depth: 0,
    };
    let patterns = reader.alternatives()?;
    reader.rest.is_empty().then_some(patterns)
}

struct Reader<'t> {
    rest: &'t str,
    /// How many groups are open.
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `a|b`.
    fn alternatives(&mut self) -> Option<Vec<String>> {
        let mut all = self.sequence()?;
        while self.take("|") {
            all.extend(self.sequence()?);
        }
        (all.len() <= MOST).then_some(all)
    }

    /// One part behind the other.
    fn sequence(&mut self) -> Option<Vec<String>> {
        let mut all = vec![String::new()];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let parts = self.part(all[0].ends_with(':'))?;
            all = all
                .iter()
                .flat_map(|start| parts.iter().map(move |part| format!("{start}{part}")))
                .collect();
            if all.len() > MOST {
                return None;
            }
        }
        Some(all)
    }

    /// One character or group, and how often it may occur.
    fn part(&mut self, behind_colon: bool) -> Option<Vec<String>> {
        if self.take("^") || self.take("$") {
            return Some(vec![String::new()]);
        }
        if [".*", ".+"].iter().any(|any| self.take(any)) {
            self.take("?");
            return Some(vec!["*".to_owned()]);
        }
        // In other places `*` would match more than digits.
        let digits = ["\\d+", "\\d*", "[0-9]+", "[0-9]*"];
        if behind_colon && digits.iter().any(|digits| self.take(digits)) {
            return Some(vec!["*".to_owned()]);
        }
        let mut part = if self.take("(") {
            self.take("?:");
            self.depth += 1;
            let inside = (self.depth <= MOST).then(|| self.alternatives())??;
            self.depth -= 1;
            self.take(")").then_some(inside)?
        } else {
            let escaped = self.take("\\");
            let c = self.rest.chars().next()?;
            let special = if escaped {
                c.is_ascii_alphanumeric()
            } else {
                "[]{}*+?".contains(c)
            };
            self.rest = &self.rest[c.len_utf8()..];
            (!special).then(|| vec![c.to_string()])?
        };
        if self.take("?") {
            part.insert(0, String::new());
        }
        (!self.rest.starts_with(['*', '+', '{'])).then_some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::{patterns, sign};

    #[test]
    fn expressions_and_the_patterns_that_mean_the_same() {
        let cases: &[(&str, Option<&[&str]>)] = &[
            (
                r"https://.*\.example\.com",
                Some(&["https://*.example.com"]),
            ),
            (
                r"^https://app\.example\.com$",
                Some(&["https://app.example.com"]),
            ),
            (
                r"/https:\/\/app\.example\.com/i",
                Some(&["https://app.example.com"]),
            ),
            (
                r"https://(a|b)\.example\.com",
                Some(&["https://a.example.com", "https://b.example.com"]),
            ),
            (
                r"https?://example\.com",
                Some(&["http://example.com", "https://example.com"]),
            ),
            (
                r"https://(.+\.)?example\.com",
                Some(&["https://example.com", "https://*.example.com"]),
            ),
            (r"http://localhost:\d+", Some(&["http://localhost:*"])),
            (
                r"http://localhost(:[0-9]+)?",
                Some(&["http://localhost", "http://localhost:*"]),
            ),
            (".*", Some(&["*"])),
            ("https://.*.example.com", Some(&["https://*.example.com"])),
            // What a `*` would match here is more.
            (r"https://[a-z]+\.example\.com", None),
            (r"https://\w+\.example\.com", None),
            (r"https://a\d+\.example\.com", None),
            (r"https://(a.)*example\.com", None),
            (r"https://a{2}\.example\.com", None),
            ("(a|b|c|d)(e|f|g)", None),
            ("(a", None),
            ("a)", None),
            ("a\\", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|all| all.iter().map(|s| s.to_string()).collect());
            assert_eq!(patterns(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_expression() {
        for text in [
            "https://app.example.com",
            "https://*.example.com",
            "http://[::1]:3000",
            "http://[a::1]",
            "https:\\\\example.com",
            "//example.com/",
            "/",
            "https://é",
            "",
        ] {
            assert_eq!(sign(text), None, "{text}");
        }
    }
}
