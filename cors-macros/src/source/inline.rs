//! A configuration that is written in the call: its tokens, laid out as JSON text.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};

use super::{Origin, Source};
use crate::finding::Place;

impl Source {
    /// The text of a braced object, with the place of every token.
    pub(crate) fn inline(object: &Group) -> Self {
        let mut layout = Layout::default();
        layout.group(object);
        Self::new(layout.text, Origin::Inline(layout.tokens))
    }
}

#[derive(Default)]
struct Layout {
    text: String,
    tokens: Vec<(Place, Span)>,
}

impl Layout {
    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => ("", ""),
        };
        self.token(open, group.span_open());
        self.stream(group.stream());
        self.token(close, group.span_close());
    }

    fn stream(&mut self, stream: TokenStream) {
        let mut minus = false;
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            // Rust ends lists with a comma, and so may who writes JSON in Rust.
            let is_last = trees.peek().is_none();
            if is_last && matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ',') {
                break;
            }
            // A minus belongs to the number after it.
            if !minus {
                self.text.push(' ');
            }
            minus = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '-');
            match tree {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Literal(literal) => self.token(&json(&literal), literal.span()),
                TokenTree::Ident(ident) => self.token(&ident.to_string(), ident.span()),
                TokenTree::Punct(punct) => self.token(&punct.to_string(), punct.span()),
            }
        }
    }

    fn token(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.tokens.push((Place::new(start, self.text.len()), span));
    }
}

/// A literal as JSON writes it. What JSON does not know stays as it is, for the parser to refuse.
fn json(literal: &Literal) -> String {
    match syn::parse_str::<syn::Lit>(&literal.to_string()) {
        Ok(syn::Lit::Str(string)) => serde_json::Value::from(string.value()).to_string(),
        _ => literal.to_string(),
    }
}
