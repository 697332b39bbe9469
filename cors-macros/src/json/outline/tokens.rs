//! The tokens of a Go template that writes JSON, as far as it can be known what they write.

use super::super::syntax::string_end;
use crate::finding::Place;

/// Something outside of actions, or what an action writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of `{`, `}`, `[`, `]`, `:` and `,`.
    Punctuation(u8),
    /// A string; an action inside may write a part of it.
    String { has_action: bool },
    /// A number or a word.
    Other,
    /// An action that writes something.
    Output,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) place: Place,
    /// Whether an action around it decides if it is written, or how often.
    pub(super) is_conditional: bool,
}

/// What an action does.
enum Action {
    /// It begins a block, whose inside is written or not.
    Block,
    /// It begins a block that is written elsewhere.
    Define,
    Else,
    End,
    /// A comment or a variable, which writes nothing.
    Nothing,
    Output,
}

/// An open block: how many brackets were open where it began, and whether it is one of `define`.
struct Block {
    brackets: usize,
    is_definition: bool,
}

/// The tokens of a template. `None` if a bracket may depend on an action, or if it has the syntax of
/// another tool.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut brackets: Vec<u8> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..)?;
        if matches!(rest, [b'{', b'%' | b'#', ..]) {
            return None;
        }
        let (end, kind) = match byte {
            b'{' if rest.starts_with(b"{{") => {
                let end = action_end(bytes, at)?;
                let action = action(text.get(at + 2..end - 2)?);
                match action {
                    Action::Block | Action::Define => blocks.push(Block {
                        brackets: brackets.len(),
                        is_definition: matches!(action, Action::Define),
                    }),
                    Action::Else if blocks.last()?.brackets != brackets.len() => return None,
                    Action::End if blocks.pop()?.brackets != brackets.len() => return None,
                    _ => {}
                }
                let writes = matches!(action, Action::Output);
                (end, writes.then_some(Kind::Output))
            }
            b'"' => {
                let (end, has_action) = template_string_end(bytes, at)?;
                (end, Some(Kind::String { has_action }))
            }
            b'{' | b'[' => {
                brackets.push(byte + 2);
                (at + 1, Some(Kind::Punctuation(byte)))
            }
            b'}' | b']' => {
                let least = blocks.last().map_or(0, |block| block.brackets);
                if brackets.len() <= least || brackets.pop() != Some(byte) {
                    return None;
                }
                (at + 1, Some(Kind::Punctuation(byte)))
            }
            b':' | b',' => (at + 1, Some(Kind::Punctuation(byte))),
            _ if byte.is_ascii_whitespace() => (at + 1, None),
            _ => {
                let is_other = |b: &u8| !b" \t\r\n{}[]:,\"".contains(b);
                let len = rest.iter().take_while(|b| is_other(b)).count();
                (at + len, Some(Kind::Other))
            }
        };
        let is_defined = blocks.iter().any(|block| block.is_definition);
        if let Some(kind) = kind.filter(|_| !is_defined) {
            tokens.push(Token {
                kind,
                place: Place::new(at, end),
                is_conditional: !blocks.is_empty(),
            });
        }
        at = end;
    }
    (blocks.is_empty() && brackets.is_empty()).then_some(tokens)
}

/// The end of an action that begins at `at`. Its own strings may have braces in them.
fn action_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 2;
    let inside = bytes.get(at..)?;
    let inside = inside
        .strip_prefix(b"-")
        .unwrap_or(inside)
        .trim_ascii_start();
    if inside.starts_with(b"/*") {
        at += bytes.get(at..)?.windows(2).position(|two| two == b"*/")? + 2;
    }
    loop {
        match bytes.get(at)? {
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            b'"' => at = string_end(bytes, at + 1),
            b'`' => at += 2 + bytes.get(at + 1..)?.iter().position(|b| *b == b'`')?,
            _ => at += 1,
        }
    }
}

/// The end of a string that begins at `at`, and whether there is an action in it.
fn template_string_end(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    let (mut at, mut has_action) = (at + 1, false);
    loop {
        match bytes.get(at..)? {
            [b'{', b'{', ..] => {
                at = action_end(bytes, at)?;
                has_action = true;
            }
            [b'"', ..] => return Some((at + 1, has_action)),
            [b'\\', ..] => at += 2,
            [b'\n', ..] | [] => return None,
            _ => at += 1,
        }
    }
}

/// What the text between `{{` and `}}` does.
fn action(inside: &str) -> Action {
    let inside = inside.trim_matches('-').trim();
    let word = inside.split(|c: char| !c.is_alphanumeric() && c != '$' && c != '_');
    match word.into_iter().next().unwrap_or_default() {
        "if" | "range" | "with" | "block" => Action::Block,
        "define" => Action::Define,
        "else" => Action::Else,
        "end" => Action::End,
        "break" | "continue" => Action::Nothing,
        _ if inside.starts_with("/*") => Action::Nothing,
        name if name.starts_with('$') => {
            let rest = inside[name.len()..].trim_start();
            if rest.starts_with('=') || rest.starts_with(":=") {
                Action::Nothing
            } else {
                Action::Output
            }
        }
        _ => Action::Output,
    }
}
