//! Rust tokens as people write them, for messages.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// So many characters are shown.
const LONGEST: usize = 60;

/// An expression in a message: with the usual spaces, and not too long.
pub(crate) fn written(trees: &[TokenTree]) -> String {
    let mut text = String::new();
    write(trees.iter().cloned(), &mut text);
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.replace_range(end.., "…");
    }
    text
}

/// What the last token was, as far as it decides on a space behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, or what the next token belongs to.
    Nothing,
    /// A value, or the name of something that is called.
    Value,
    /// The first character of a sign.
    Sign,
    /// The `!` of a macro.
    Bang,
    /// A word or a sign before which a value has ended.
    Other,
}

fn write(trees: impl IntoIterator<Item = TokenTree>, text: &mut String) {
    let mut before = Before::Nothing;
    for tree in trees {
        // Four bytes are the longest character.
        if text.len() > 4 * LONGEST {
            return;
        }
        let is_value = before == Before::Value;
        let (is_apart, next) = match &tree {
            TokenTree::Punct(punct) => {
                let joint = punct.spacing() == Spacing::Joint;
                match punct.as_char() {
                    '.' | ':' if joint => (false, Before::Nothing),
                    '.' => (false, Before::Nothing),
                    ':' if text.ends_with(':') => (false, Before::Nothing),
                    ',' | ';' | '?' | ':' => (false, Before::Other),
                    '!' if is_value && !joint => (false, Before::Bang),
                    // Of `&&`, the second has a space behind it.
                    _ if joint && is_value => (true, Before::Sign),
                    _ if joint => (before == Before::Other, Before::Nothing),
                    _ if before == Before::Sign => (false, Before::Other),
                    '&' | '*' | '-' | '!' | '#' | '$' if !is_value => {
                        (before == Before::Other, Before::Nothing)
                    }
                    _ => (before != Before::Nothing, Before::Other),
                }
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                (before == Before::Other, Before::Value)
            }
            TokenTree::Ident(word) if is_keyword(&word.to_string()) => {
                (before != Before::Nothing, Before::Other)
            }
            _ => (before != Before::Nothing, Before::Value),
        };
        if is_apart {
            text.push(' ');
        }
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if group.stream().is_empty() => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            other => text.push_str(&TokenStream::from(other).to_string()),
        }
        before = next;
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "as" | "else" | "if" | "in" | "let" | "match" | "move" | "mut" | "ref" | "return"
    )
}

#[cfg(test)]
mod tests {
    use proc_macro2::{TokenStream, TokenTree};

    use super::written;

    #[test]
    fn spaces_are_the_usual_ones() {
        for rust in [
            "Method::GET",
            "::http::header::CONTENT_TYPE",
            "Duration::from_secs(600)",
            "vec![\"a\", \"b\"]",
            "&[\"a\", B]",
            "std::env!(\"X\")",
            "\"a\".to_string()",
            "Some(1)",
            "a.b()?.c",
            "..Default::default()",
            "if cfg!(unix) { 1 } else { 2 }",
            "match x { A => 1, _ => {} }",
            "true && !false",
            "a != b",
            "1 - 2 * -3",
            "*a.example.com",
            "()",
            "[#[a] 1]",
        ] {
            let stream: TokenStream = rust.parse().unwrap();
            let trees: Vec<TokenTree> = stream.into_iter().collect();
            assert_eq!(written(&trees), rust);
        }
    }

    #[test]
    fn what_is_long_is_cut() {
        let rust: TokenStream = format!("[{}]", "a, ".repeat(100_000)).parse().unwrap();
        let text = written(&rust.into_iter().collect::<Vec<_>>());
        assert_eq!(text.chars().count(), 61, "{text}");
    }
}
