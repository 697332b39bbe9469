//! The path in a call: a string literal, or `concat!` and `env!` of string literals.
//!
//! A macro sees the tokens of its call and the value of none, so these two macros are read here as
//! the compiler reads them.

use std::env::VarError;
use std::fmt;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, Lit, Token};

use crate::literal::{self, quoted};
use crate::written::written;

/// The path as it is written: its parts, without the `concat!`s around them.
pub(crate) struct Path {
    span: Span,
    parts: Vec<Part>,
}

#[derive(Clone)]
enum Part {
    Text(String),
    Variable {
        name: String,
        /// What the author has to say if the variable is not set.
        message: Option<String>,
    },
}

/// What a path comes to in one environment.
pub(crate) struct Evaluated {
    pub(crate) value: Result<String, NoValue>,
    /// The variables that were asked for. The build depends on them.
    pub(crate) variables: Vec<String>,
}

/// A variable without a usable value.
pub(crate) struct NoValue {
    pub(crate) variable: String,
    pub(crate) is_set: bool,
    pub(crate) message: Option<String>,
}

impl Path {
    pub(super) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let whole = input.fork();
        let span = input.span();
        let parts = parts(input)?;
        if !input.is_empty() && !input.peek(Token![,]) && !input.peek(Ident) {
            return Err(unknown(&whole));
        }
        Ok(Self { span, parts })
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn evaluate(&self, env: impl Fn(&str) -> Result<String, VarError>) -> Evaluated {
        let mut variables = Vec::new();
        let value = self.parts.iter().map(|part| match part {
            Part::Text(text) => Ok(text.clone()),
            Part::Variable { name, message } => {
                variables.push(name.clone());
                env(name).map_err(|error| NoValue {
                    variable: name.clone(),
                    is_set: error != VarError::NotPresent,
                    message: message.clone(),
                })
            }
        });
        Evaluated {
            value: value.collect(),
            variables,
        }
    }

    /// How to write another path in place of this one, whose value is `value`. `None` if it takes
    /// more than another text at the end.
    pub(crate) fn rewritten(&self, value: &str, other: &str) -> Option<String> {
        let (before, last) = match self.parts.split_last() {
            Some((Part::Text(last), before)) => (before, last.as_str()),
            _ => (&*self.parts, ""),
        };
        let rest = other.strip_prefix(value.strip_suffix(last)?)?;
        let parts = [before, &[Part::Text(rest.to_owned())]].concat();
        let span = self.span;
        Some(Self { span, parts }.to_string())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts.iter().map(|part| match part {
            Part::Text(text) => quoted(text),
            Part::Variable { name, .. } => format!("env!({})", quoted(name)),
        });
        match parts.collect::<Vec<_>>().as_slice() {
            [only] => f.write_str(only),
            parts => write!(f, "concat!({})", parts.join(", ")),
        }
    }
}

/// Whether a literal of text other than a string is next.
pub(super) fn has_text(input: ParseStream<'_>) -> bool {
    matches!(
        input.fork().parse(),
        Ok(Lit::ByteStr(_) | Lit::CStr(_) | Lit::Char(_))
    )
}

fn parts(input: ParseStream<'_>) -> syn::Result<Vec<Part>> {
    if let Some(inside) = without_delimiters(input) {
        return parts.parse2(inside);
    }
    if input.peek(Lit) {
        return Ok(vec![Part::Text(text(&input.parse()?)?)]);
    }
    let whole = input.fork();
    match macro_call(input) {
        Some((name, arguments)) if name == "concat" => {
            let listed = |input: ParseStream<'_>| {
                Punctuated::<_, Token![,]>::parse_terminated_with(input, parts)
            };
            Ok(listed.parse2(arguments)?.into_iter().flatten().collect())
        }
        Some((name, arguments)) if name == "env" => Ok(vec![variable.parse2(arguments)?]),
        _ => Err(unknown(&whole)),
    }
}

/// What another macro has handed on as one expression.
fn without_delimiters(input: ParseStream<'_>) -> Option<TokenStream> {
    let group = input.step(|cursor| match cursor.group(Delimiter::None) {
        Some((inside, _, rest)) => Ok((inside.token_stream(), rest)),
        None => Err(cursor.error("no group")),
    });
    group.ok()
}

/// `concat!(…)`, `std::env!(…)` and the like: the name and what is in the parentheses.
fn macro_call(input: ParseStream<'_>) -> Option<(Ident, TokenStream)> {
    let leading = input.parse::<Option<Token![::]>>().ok()?.is_some();
    let mut name: Ident = input.parse().ok()?;
    let is_std = name == "std" || name == "core";
    if input.peek(Token![::]) && is_std {
        input.parse::<Token![::]>().ok()?;
        name = input.parse().ok()?;
    } else if leading {
        return None;
    }
    input.parse::<Token![!]>().ok()?;
    match input.parse().ok()? {
        TokenTree::Group(group) => Some((name, group.stream())),
        _ => None,
    }
}

/// The arguments of `env!(…)`.
fn variable(input: ParseStream<'_>) -> syn::Result<Part> {
    let name = text(&input.parse()?)?;
    let mut message = None;
    if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
        message = Some(text(&input.parse()?)?);
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(Part::Variable { name, message })
}

/// The text of a string literal. Any other can be written as one.
fn text(literal: &Lit) -> syn::Result<String> {
    let (text, is) = match (literal::text(literal), literal) {
        (Some((text, None)), _) => return Ok(text),
        (Some((text, Some(is))), _) => (text, is),
        (None, other) => {
            let text = other.to_token_stream().to_string();
            (text, "is not a string".to_owned())
        }
    };
    let written = literal.to_token_stream();
    let message = format!("`{written}` {is}\n= help: write {}", quoted(&text));
    Err(syn::Error::new(literal.span(), message))
}

/// An expression whose value the compiler knows later than the macro.
fn unknown(whole: ParseStream<'_>) -> syn::Error {
    let span = whole.span();
    let help = match macro_call(&whole.fork()).and_then(meant) {
        Some(path) => format!("write {path}"),
        None if whole.peek(Token![if]) || whole.peek(Token![match]) => {
            "choose between calls: `if cfg!(…) { cors_policy!(\"a.json\") } else { … }`".to_owned()
        }
        None => "write \"krakend.json\", or concat!(env!(\"OUT_DIR\"), \"/krakend.json\") for a \
                 file that a build script writes"
            .to_owned(),
    };
    let mut trees = Vec::new();
    while !whole.is_empty() && !whole.peek(Token![,]) {
        trees.extend(whole.parse::<TokenTree>());
    }
    let message = format!(
        "the macro does not know the value of `{}`\n\
         = note: it runs before anything is evaluated, so the path must stand in the call: a string \
         literal, or `concat!` and `env!` of string literals\n= help: {help}",
        written(&trees),
    );
    syn::Error::new(span, message)
}

/// The path in a call of a macro that reads files or variables in another way.
fn meant((name, arguments): (Ident, TokenStream)) -> Option<Path> {
    let parts = match name.to_string().as_str() {
        "include" | "include_str" | "include_bytes" => parts.parse2(arguments).ok()?,
        "option_env" => vec![variable.parse2(arguments).ok()?],
        _ => return None,
    };
    let span = name.span();
    Some(Path { span, parts })
}
