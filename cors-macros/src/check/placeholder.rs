//! Text that a template, a shell or a deployment tool was to fill, and did not.

use std::ops::Range;

use crate::finding::Finding;
use crate::json::Text;
use crate::literal::beginning;
use crate::rules;

/// What placeholders begin and end with. Of two that begin alike the longer comes first.
const BRACKETS: [(&str, &str); 15] = [
    ("{{", "}}"),
    ("{%", "%}"),
    ("${", "}"),
    ("$(", ")"),
    ("#{", "}"),
    ("%{", "}"),
    ("%(", ")s"),
    ("((", "))"),
    ("{", "}"),
    ("<", ">"),
    ("[[", "]]"),
    ("@@", "@@"),
    ("@", "@"),
    ("__", "__"),
    ("%", "%"),
];

/// Where the first placeholder of a text is.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let text = beginning(text);
    text.char_indices()
        .filter(|(_, c)| !c.is_alphanumeric())
        .find_map(|(at, _)| begins(&text[..at], &text[at..]).map(|len| at..at + len))
}

/// How long the placeholder is that a text begins with.
fn begins(before: &str, text: &str) -> Option<usize> {
    let in_brackets = BRACKETS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open)?;
        let name = &inside[..inside.find(close)?];
        is_name(open, name, before).then_some(open.len() + name.len() + close.len())
    });
    let variable = || {
        let name = text.strip_prefix('$')?;
        let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let name = &name[..len.unwrap_or(name.len())];
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        is_name.then_some(1 + name.len())
    };
    let argument = || {
        let verb = ["%s", "%d"]
            .into_iter()
            .find(|verb| text.starts_with(verb))?;
        // Not the escape `%d0`.
        let is_escape = verb == "%d" && text[2..].starts_with(|c: char| c.is_ascii_hexdigit());
        (!is_escape).then_some(verb.len())
    };
    in_brackets.or_else(variable).or_else(argument)
}

/// Whether the text between the brackets can be what a tool fills in.
fn is_name(open: &str, name: &str, before: &str) -> bool {
    let has_letter = name.contains(|c: char| c.is_alphabetic());
    let is_upper = |name: &str| {
        name.bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    match open {
        // A header name may begin with underscores, and a host may have escapes.
        "__" | "@@" => has_letter && is_upper(name),
        "%" => has_letter && name.len() > 2 && is_upper(name),
        // The groups of a regular expression may begin alike, and user info ends with an `@`.
        "((" | "@" | "%(" => has_letter && name.chars().all(is_of_name),
        // The arguments of a format, where no repetition can be.
        "{" if name.bytes().all(|b| b.is_ascii_digit()) => name.is_empty() || !is_repeated(before),
        // An origin may be in brackets, and several in braces.
        "{" | "<" | "[[" => has_letter && !name.contains([':', '/', ',']),
        _ => true,
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "._-".contains(c)
}

/// Whether a text ends with what a regular expression can repeat: a letter, a group, any character.
fn is_repeated(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || "])}?+*".contains(c))
        || text
            .strip_suffix('.')
            .is_some_and(|text| !text.ends_with(char::is_alphanumeric))
}

pub(super) const LABEL: &str = "this is taken literally";

pub(super) fn title(written: &str) -> String {
    format!("`{written}` is a placeholder that nothing has filled")
}

/// The finding for a placeholder in an entry.
pub(super) fn finding(entry: &Text<'_>, at: Range<usize>) -> Finding {
    let title = title(&entry.as_str()[at.clone()]);
    Finding::new(&rules::PLACEHOLDER, entry.part(at), title, LABEL)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn placeholders_and_what_looks_like_them() {
        let placeholders = [
            ("https://{env}.example.com", "{env}"),
            ("$HOST", "$HOST"),
            ("https://*.$DOMAIN", "$DOMAIN"),
            ("https://${HOST:-localhost}:3000", "${HOST:-localhost}"),
            ("$(HOST)", "$(HOST)"),
            ("%ORIGIN%", "%ORIGIN%"),
            ("https://__ORIGIN__", "__ORIGIN__"),
            ("__HOST_2__", "__HOST_2__"),
            ("%APP_ORIGIN_1%", "%APP_ORIGIN_1%"),
            ("<origin>", "<origin>"),
            ("https://@@HOST@@", "@@HOST@@"),
            ("{{ .Values.origin }}", "{{ .Values.origin }}"),
            ("https://{% host %}", "{% host %}"),
            ("#{Origin}#", "#{Origin}"),
            ("é{env}", "{env}"),
            ("https://{0}.example.com", "{0}"),
            ("https://app.{1}:3000", "{1}"),
            ("{}", "{}"),
            ("https://app{}.example.com", "{}"),
            ("((app_origin))", "((app_origin))"),
            ("https://%(HOST)s:3000", "%(HOST)s"),
            ("%{ORIGIN}e", "%{ORIGIN}"),
            ("@app.origin@", "@app.origin@"),
            ("https://%s.example.com", "%s"),
            ("http://localhost:%d", "%d"),
        ];
        for (text, expected) in placeholders {
            assert_eq!(find(text).map(|at| &text[at]), Some(expected), "{text}");
        }
        for text in [
            "",
            "$",
            "{",
            "^https://a{2,3}$",
            "https://a{2}.example",
            "https://.{3}\\.example",
            "https://[a-z]{3}.example",
            "https://{a,b}.example",
            "((a|b).)?example",
            "%d0%b0",
            "me@a.example",
            "https://a%2E%2Eb",
            "%AB%",
            "__RequestVerificationToken",
            "X__a__",
            "a<b",
            "<https://app.example.com>",
            "100%",
            "$1",
            "https://user@@a",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
