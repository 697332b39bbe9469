//! Regular expressions, which other products read and KrakenD does not.

use std::ops::Range;

/// More entries than this are not suggested for one expression.
const MOST: usize = 8;

/// What shows that a text is a regular expression, if it is one.
pub(crate) fn sign(text: &str) -> Option<Range<usize>> {
    if text.starts_with('/') && !text.starts_with("//") && slashes(text).is_some() {
        return Some(0..text.len());
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
    let anything = text.match_indices(".*");
    let mut anything = anything.filter(|(at, _)| *at == 0 || text[..*at].ends_with('/'));
    let open = ["(", "[a-z", "[^", "[0-9", "[\\", "s?:", ".+"];
    escape
        .or_else(|| open.iter().find_map(|sign| text.match_indices(sign).next()))
        .or_else(|| anything.next())
        .map(|(at, sign)| at..at + sign.len())
}

/// The text between the slashes of `/…/i`.
fn slashes(text: &str) -> Option<&str> {
    let (inside, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    (!inside.is_empty() && flags.bytes().all(|b| b.is_ascii_lowercase())).then_some(inside)
}

/// The entries that match the same, if there are any: of expressions with choices, optional parts, any
/// text, and digits for a port.
pub(crate) fn patterns(text: &str) -> Option<Vec<String>> {
    let text = slashes(text).unwrap_or(text);
    let mut plain = format!("({text})").replace("(?:", "(");
    for (anchored, meant) in [("(^", "("), ("|^", "|"), ("$)", ")"), ("$|", "|")] {
        plain = plain.replace(anchored, meant);
    }
    // What is put in for others, groups of other kinds, and anchors inside.
    if plain.contains(['\0', '\u{1}', '^', '$']) || plain.contains("(?") {
        return None;
    }
    // Only for digits, a `*` would match too much in other places than a port.
    for digits in [r":\d+", r":\d*", ":[0-9]+", ":[0-9]*"] {
        plain = plain.replace(digits, ":\0");
    }
    // What is meant literally is not read again.
    for (written, meant) in [(r"\.", "\u{1}"), (r"\/", "/"), (r"\-", "-"), (r"\:", ":")] {
        plain = plain.replace(written, meant);
    }
    for any in [".*?", ".+?", ".*", ".+"] {
        plain = plain.replace(any, "\0");
    }
    // The dot may be meant for the one behind a star: `.*example.com`.
    if plain
        .split('\0')
        .skip(1)
        .any(|rest| rest.starts_with(char::is_alphanumeric))
    {
        return None;
    }
    let mut open = vec![plain];
    let mut done = Vec::new();
    while let Some(text) = open.pop() {
        match choices(&text)? {
            Some(choices) => open.extend(choices.into_iter().rev()),
            None if text.contains(['\\', '[', ']', '{', '}', '*', '+']) => return None,
            None => {
                let pattern = text.replace('\u{1}', ".").replace('\0', "*");
                if !done.contains(&pattern) {
                    done.push(pattern);
                }
            }
        }
        if open.len() + done.len() > MOST {
            return None;
        }
    }
    Some(done)
}

/// The texts that an expression stands for, by its first group or its first optional character. The
/// outer `None` says that the expression cannot be read, the inner that it has none of them.
fn choices(text: &str) -> Option<Option<Vec<String>>> {
    let (start, end, mut parts) = match text.find(')') {
        Some(end) => {
            let start = text[..end].rfind('(')?;
            (start, end + 1, text[start + 1..end].split('|').collect())
        }
        None if text.contains(['(', '|']) => return None,
        None => {
            let Some(end) = text.find('?') else {
                return Some(None);
            };
            let start = text[..end].char_indices().next_back()?.0;
            (start, end, vec![&text[start..end]])
        }
    };
    let (before, mut after) = (&text[..start], &text[end..]);
    if let Some(rest) = after.strip_prefix('?') {
        parts.insert(0, "");
        after = rest;
    }
    let is_repeated = after.starts_with(['*', '+', '{', '?']);
    let all = parts.iter().map(|part| format!("{before}{part}{after}"));
    (!is_repeated).then(|| Some(all.collect()))
}

#[cfg(test)]
mod tests;
