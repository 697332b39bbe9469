//! A configuration that is written in the call: its tokens, laid out as JSON text.
//!
//! Rust that is not JSON is laid out as `null`, so that the rest is checked all the same.

mod constants;
mod expression;
mod literal;

use proc_macro2::{Delimiter, Group, Literal, Spacing, Span, TokenStream, TokenTree};

pub(crate) use self::expression::{Expression, settle, suggested};
use self::expression::{Slot, is_conditional};
use self::literal::Wrong;
use super::{Origin, Source, Token};
use crate::config::Key;
use crate::finding::{Finding, Place};
use crate::literal::quoted;
use crate::report::Report;
use crate::rules;
use crate::written::written;

impl Source {
    /// The text of a braced object, with the place of every token, and what in it is not JSON.
    pub(crate) fn inline(object: &Group, report: &mut Report) -> (Self, Vec<Expression>) {
        let mut layout = Layout::default();
        layout.group(object);
        for finding in layout.findings {
            report.push(finding);
        }
        let mut source = Self::new(layout.text, Origin::Inline(layout.tokens));
        source.is_readable = !layout.lacks_members;
        (source, layout.expressions)
    }
}

#[derive(Default)]
struct Layout {
    text: String,
    tokens: Vec<Token>,
    expressions: Vec<Expression>,
    findings: Vec<Finding>,
    /// Whether a key is unknown: then nobody knows what the object lacks.
    lacks_members: bool,
}

impl Layout {
    /// An object or a list.
    fn group(&mut self, group: &Group) {
        let is_object = group.delimiter() == Delimiter::Brace;
        let (open, close) = if is_object { ("{", "}") } else { ("[", "]") };
        self.token(open, group.span_open(), group.span_open());
        let elements = elements(group.stream());
        let last = elements.iter().rposition(|element| !element.is_empty());
        for (nth, element) in elements.iter().enumerate() {
            self.attributes(&element.attributes);
            if is_object {
                self.member(&element.trees);
            } else {
                self.value(&element.trees, Slot::Element);
            }
            // Rust ends lists with a comma, and so may who writes JSON in Rust.
            let ends_list = last == Some(nth) && (nth > 0 || !element.trees.is_empty());
            if let Some(comma) = element.comma.filter(|_| !ends_list) {
                self.token(",", comma, comma);
            }
        }
        self.token(close, group.span_close(), group.span_close());
    }

    fn attributes(&mut self, attributes: &[(Span, Group)]) {
        let doc = |(_, group): &(Span, Group)| literal::doc_comment(group);
        for run in attributes.chunk_by(|one, next| doc(one).is_some() && doc(next).is_some()) {
            let [first, ..] = run else { continue };
            let last = run.last().map_or(first.0, |(_, group)| group.span_close());
            let place = self.token("", first.0, last);
            let finding = match doc(first) {
                Some(text) => Finding::new(
                    &rules::COMMENT,
                    place,
                    format!("`///{text}` is a doc comment; JSON has none"),
                    "the macro sees this",
                )
                .words("write `//`: Rust drops such a comment before the macro sees it"),
                None => {
                    let trees: Vec<TokenTree> = first.1.stream().into_iter().collect();
                    let title = format!("`#[{}]` is an attribute; JSON has none", written(&trees));
                    let finding = Finding::new(&rules::NOT_JSON, place, title, "not JSON");
                    finding.words(if is_conditional(&trees) {
                        expression::CHOOSE
                    } else {
                        "remove it"
                    })
                }
            };
            self.findings.push(finding);
        }
    }

    fn member(&mut self, trees: &[TokenTree]) {
        let Some((key, sign, value)) = around_colon(trees) else {
            return self.value(trees, Slot::Member);
        };
        let name = self.key(key);
        for tree in sign {
            self.tree(tree, Slot::Member);
        }
        self.value(value, Slot::Value(&name));
    }

    /// A key, and its name if that is known.
    fn key(&mut self, trees: &[TokenTree]) -> String {
        let inside = inside(trees);
        let trees = inside.as_deref().unwrap_or(trees);
        let (meant, title, label) = match trees {
            [TokenTree::Ident(name)] => {
                let name = name.to_string();
                let name = name.trim_start_matches("r#");
                let title = format!("the key `{name}` is not in quotation marks");
                (quoted(name), title, "a key is a string")
            }
            [TokenTree::Literal(key)] => match literal::json(key, false, false) {
                Err(Wrong {
                    meant: Some(meant),
                    title,
                    label,
                    ..
                }) => (meant, title, label),
                right => {
                    self.value(trees, Slot::Key);
                    return right
                        .ok()
                        .and_then(|key| serde_json::from_str(&key).ok())
                        .unwrap_or_default();
                }
            },
            _ => {
                self.value(trees, Slot::Key);
                return String::new();
            }
        };
        let (first, last) = ends(trees);
        let place = self.token(&meant, first, last);
        let finding = Finding::new(&rules::NOT_JSON, place, title, label);
        let name: String = serde_json::from_str(&meant).unwrap_or_default();
        self.findings.push(match Key::named(&name) {
            Some(_) => finding.write(place, meant),
            None => finding.words("write a key in double quotation marks"),
        });
        name
    }

    fn value(&mut self, trees: &[TokenTree], slot: Slot<'_>) {
        let inside = inside(trees);
        let trees = inside.as_deref().unwrap_or(trees);
        match trees {
            [TokenTree::Punct(minus), TokenTree::Literal(literal)] if minus.as_char() == '-' => {
                self.literal(trees, literal, slot);
            }
            // Of commas and colons that are missing or too many, the parser says what to do.
            _ if trees.iter().all(is_of_json) && !trees.windows(2).any(is_path_separator) => {
                for tree in trees {
                    self.tree(tree, slot);
                }
            }
            _ => {
                let wrong = Wrong {
                    meant: constants::text(trees).map(quoted),
                    ..Wrong::expression(&written(trees))
                };
                self.expression(trees, wrong, slot);
            }
        }
    }

    /// One token that JSON has, or a list or an object.
    fn tree(&mut self, tree: &TokenTree, slot: Slot<'_>) {
        let span = tree.span();
        match tree {
            TokenTree::Literal(literal) => {
                self.literal(std::slice::from_ref(tree), literal, slot);
            }
            TokenTree::Group(group) => self.group(group),
            TokenTree::Ident(_) => _ = self.token(&tree.to_string(), span, span),
            TokenTree::Punct(punct) => {
                self.token(&punct.to_string(), span, span);
                // `=>` is one sign.
                if punct.as_char() == '=' && punct.spacing() == Spacing::Joint {
                    self.text.pop();
                }
            }
        }
    }

    /// A literal as JSON writes it; before a number there may be a minus.
    fn literal(&mut self, trees: &[TokenTree], literal: &Literal, slot: Slot<'_>) {
        match literal::json(literal, trees.len() > 1, slot.is_duration()) {
            Ok(text) => {
                let (first, last) = ends(trees);
                self.token(&text, first, last);
            }
            Err(wrong) => self.expression(trees, wrong, slot),
        }
    }

    /// What is not JSON, and the JSON that it means, if that is certain.
    fn expression(&mut self, trees: &[TokenTree], wrong: Wrong, slot: Slot<'_>) {
        self.lacks_members |= wrong.meant.is_none() && matches!(slot, Slot::Key | Slot::Member);
        let (first, last) = ends(trees);
        // As long as what is meant, so that this can be in its place.
        let length = wrong.meant.as_ref().map_or(0, String::len);
        let place = self.token(&format!("{:length$}", "null"), first, last);
        if let Some(token) = self.tokens.last_mut() {
            token.written = Some(written(trees));
        }
        let finding = Finding::new(&rules::NOT_JSON, place, wrong.title, wrong.label);
        let finding = match wrong.note {
            Some(note) => finding.note(note),
            None => finding,
        };
        self.expressions
            .push(Expression::new(finding, wrong.meant, trees, slot));
    }

    fn token(&mut self, text: &str, first: Span, last: Span) -> Place {
        let start = self.text.len();
        self.text.push_str(text);
        let place = Place::new(start, self.text.len());
        self.text.push(' ');
        self.tokens.push(Token {
            place,
            first,
            last,
            written: None,
        });
        place
    }
}

/// What is between two commas.
#[derive(Default)]
struct Element {
    /// Doc comments and other attributes: the `#` of each, and what is in its brackets.
    attributes: Vec<(Span, Group)>,
    trees: Vec<TokenTree>,
    comma: Option<Span>,
}

impl Element {
    fn is_empty(&self) -> bool {
        self.trees.is_empty() && self.comma.is_none()
    }
}

fn elements(stream: TokenStream) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut element = Element::default();
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let span = tree.span();
        if is_punct(&tree, '#') {
            trees.next_if(|tree| is_punct(tree, '!'));
            let brackets = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
            if let Some(TokenTree::Group(group)) = trees.next_if(brackets) {
                element.attributes.push((span, group));
                continue;
            }
        }
        if is_punct(&tree, ',') {
            element.comma = Some(span);
            elements.push(std::mem::take(&mut element));
        } else {
            element.trees.push(tree);
        }
    }
    elements.push(element);
    elements
}

fn is_punct(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The key, the sign behind it, which should be a colon, and the value.
fn around_colon(trees: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree], &[TokenTree])> {
    let is = |at: usize, sign| trees.get(at).is_some_and(|tree| is_punct(tree, sign));
    let (start, end) = if is(1, '=') && !is(2, '=') {
        (1, 2 + usize::from(is(2, '>')))
    } else {
        let is_colon = |at: &usize| is(*at, ':') && !is(at + 1, ':');
        let start = (0..trees.len()).find(|at| is_colon(at) && !(*at > 0 && is(at - 1, ':')))?;
        (start, start + 1)
    };
    let (key, rest) = trees.split_at_checked(start)?;
    let (sign, value) = rest.split_at_checked(end - start)?;
    Some((key, sign, value))
}

/// Two colons as they are in a path.
fn is_path_separator(pair: &[TokenTree]) -> bool {
    match pair {
        [TokenTree::Punct(first), second] => {
            first.as_char() == ':' && first.spacing() == Spacing::Joint && is_punct(second, ':')
        }
        _ => false,
    }
}

/// What JSON may have, also where it is out of place.
fn is_of_json(tree: &TokenTree) -> bool {
    match tree {
        TokenTree::Literal(_) => true,
        TokenTree::Group(group) => {
            matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket)
        }
        TokenTree::Ident(word) => word == "true" || word == "false" || word == "null",
        TokenTree::Punct(punct) => matches!(punct.as_char(), ':' | ';' | '='),
    }
}

/// What another macro has handed on as one expression.
fn inside(trees: &[TokenTree]) -> Option<Vec<TokenTree>> {
    match trees {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
            let trees: Vec<TokenTree> = group.stream().into_iter().collect();
            Some(inside(&trees).unwrap_or(trees))
        }
        _ => None,
    }
}

/// Where the first token begins, and where the last one ends.
fn ends(trees: &[TokenTree]) -> (Span, Span) {
    let span = |tree: Option<&TokenTree>| tree.map_or_else(Span::call_site, TokenTree::span);
    (span(trees.first()), span(trees.last()))
}
