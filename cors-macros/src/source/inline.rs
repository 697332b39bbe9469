//! A configuration that is written in the call: its tokens, laid out as JSON text.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};
use syn::Lit;

use super::{Origin, Source};
use crate::finding::{Finding, Place};
use crate::literal::{self, quoted, suffix};
use crate::report::Report;
use crate::rules;

impl Source {
    /// The text of a braced object, with the place of every token. Literals may not have what only
    /// Rust knows.
    pub(crate) fn inline(object: &Group, report: &mut Report) -> Self {
        let mut layout = Layout::default();
        layout.group(object);
        for finding in layout.mistakes {
            report.push(finding);
        }
        Self::new(layout.text, Origin::Inline(layout.tokens))
    }
}

#[derive(Default)]
struct Layout {
    text: String,
    tokens: Vec<(Place, Span)>,
    mistakes: Vec<Finding>,
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
        let mut is_first = true;
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            // Rust ends lists with a comma, and so may who writes JSON in Rust.
            let is_comma = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ',');
            if is_comma && trees.peek().is_none() && !is_first {
                break;
            }
            is_first = false;
            // A minus belongs to the number after it.
            if !minus {
                self.text.push(' ');
            }
            minus = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '-');
            match tree {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Literal(literal) => self.literal(&literal),
                TokenTree::Ident(ident) => _ = self.token(&ident.to_string(), ident.span()),
                TokenTree::Punct(punct) => _ = self.token(&punct.to_string(), punct.span()),
            }
        }
    }

    /// A literal as JSON writes it. What JSON does not know stays as it is, for the parser to
    /// refuse; what that would read as two tokens, a suffix or a prefix, is refused here.
    fn literal(&mut self, literal: &Literal) {
        let written = literal.to_string();
        let (text, mistake) = match syn::parse_str(&written) {
            Ok(Lit::Int(int)) => (without(&written, int.suffix()), suffix(int.suffix())),
            Ok(Lit::Float(float)) => (without(&written, float.suffix()), suffix(float.suffix())),
            Ok(other) => match literal::text(&other) {
                Some((text, mistake)) => (quoted(&text), mistake),
                None => (written.clone(), None),
            },
            Err(_) => (written.clone(), None),
        };
        let place = self.token(&text, literal.span());
        if let Some(mistake) = mistake {
            let title = format!("`{written}` {mistake}; JSON has none");
            let finding = Finding::new(&rules::NOT_JSON, place, title, "not JSON");
            self.mistakes.push(finding.write(place, text));
        }
    }

    fn token(&mut self, text: &str, span: Span) -> Place {
        let start = self.text.len();
        self.text.push_str(text);
        let place = Place::new(start, self.text.len());
        self.tokens.push((place, span));
        place
    }
}

fn without(number: &str, suffix: &str) -> String {
    let digits = number.strip_suffix(suffix).unwrap_or(number);
    digits.trim_end_matches('_').to_owned()
}
