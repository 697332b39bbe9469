//! Rust literals as JSON writes them.

use proc_macro2::{Group, Literal, TokenTree};
use syn::{Lit, LitFloat, LitInt};

use crate::literal::{LONGEST, quoted, suffix, text};

/// Something that JSON does not have.
pub(super) struct Wrong {
    /// How JSON writes the same, if that is certain.
    pub(super) meant: Option<String>,
    pub(super) title: String,
    pub(super) label: &'static str,
    pub(super) note: Option<&'static str>,
}

impl Wrong {
    fn literal(meant: Option<String>, title: String) -> Self {
        Self {
            meant,
            title,
            label: "not JSON",
            note: None,
        }
    }

    /// What only Rust knows the value of.
    pub(super) fn expression(written: &str) -> Self {
        Self {
            meant: None,
            title: format!("the macro cannot evaluate `{written}`"),
            label: "expected JSON",
            note: Some("the macro runs before Rust evaluates anything"),
        }
    }
}

/// The types of Rust's numbers, which say nothing of the value.
const TYPES: [&str; 14] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64",
];

pub(super) fn json(literal: &Literal, negative: bool, is_duration: bool) -> Result<String, Wrong> {
    let sign = if negative { "-" } else { "" };
    let digits = literal.to_string();
    let written = format!("{sign}{digits}");
    if digits.len() > LONGEST && digits.starts_with(|c: char| c.is_ascii_digit()) {
        // The parser says what is wrong with it.
        return Ok(written);
    }
    let (value, type_name) = match syn::parse_str::<Lit>(&digits) {
        Ok(Lit::Int(int)) => number(LitInt::base10_digits(&int), int.suffix()),
        Ok(Lit::Float(float)) => number(LitFloat::base10_digits(&float), float.suffix()),
        Ok(other) if !negative => {
            return match text(&other) {
                Some((text, None)) => Ok(quoted(&text)),
                Some((text, Some(is))) => {
                    let title = format!("`{written}` {is}; JSON has none");
                    Err(Wrong::literal(Some(quoted(&text)), title))
                }
                None => Err(Wrong::literal(
                    None,
                    format!("`{written}` is not a JSON value"),
                )),
            };
        }
        _ => return Err(Wrong::expression(&written)),
    };
    let meant = is_number(&value).then(|| format!("{sign}{value}"));
    match suffix(&type_name) {
        None if is_number(&digits) => Ok(written),
        None => {
            let title = format!("`{written}` is not a number as JSON writes it");
            Err(Wrong::literal(meant, title))
        }
        Some(_) if is_duration && !TYPES.contains(&&*type_name) => Err(Wrong {
            meant: Some(quoted(&written.replace('_', ""))),
            title: format!("`{written}` is not in quotation marks"),
            label: "a duration is a string",
            note: None,
        }),
        Some(has) => {
            let meant = meant.filter(|_| TYPES.contains(&&*type_name));
            Err(Wrong::literal(
                meant,
                format!("`{written}` {has}; JSON has none"),
            ))
        }
    }
}

/// The digits without a point at the end, and the suffix.
fn number(digits: &str, suffix: &str) -> (String, String) {
    (digits.trim_end_matches('.').to_owned(), suffix.to_owned())
}

fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// The text of a doc comment, which is an attribute to a macro: its first line.
pub(super) fn doc_comment(attribute: &Group) -> Option<String> {
    let mut trees = attribute.stream().into_iter();
    match (trees.next()?, trees.next()?, trees.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text))
            if name == "doc" =>
        {
            match syn::parse_str(&text.to_string()).ok()? {
                Lit::Str(text) => Some(text.value().lines().next()?.trim_end().to_owned()),
                _ => None,
            }
        }
        _ => None,
    }
}
