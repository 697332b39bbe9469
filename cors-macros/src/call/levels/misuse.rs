//! What somebody meant who wrote levels or `within` in another way.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};
use syn::Lit;

use super::{WITHIN, target};
use crate::levels::{Target, Weight};
use crate::spelling::nearest;

const EXPECTED: &str =
    "expected `allow(…)`, `warn(…)` or `deny(…)` with names of findings, or `within({ … })`";
/// `within` and its object, which is written already.
const SHORT: &str = "`within({ … })`";
const EXAMPLE: &str = "`within({ \"allow_origins\": [\"https://*.example.com\"] })`";
const ALL_NAMES: &str = "`cors_runtime::findings` lists all names";

/// What the name of a finding was written as.
enum Name {
    /// Its words, in any case and with any sign between them.
    Exact(&'static str),
    /// Something like it.
    Near(&'static str),
    Unknown,
}

/// The message for an argument of the call that is neither a verb and names in parentheses nor `within` and an
/// object.
pub(super) fn explain(argument: &[TokenTree], end: Span, is_file: bool) -> syn::Error {
    let span = argument.first().map_or(end, TokenTree::span);
    if let [_, TokenTree::Group(_), next @ TokenTree::Ident(verb), ..] = argument
        && (Weight::named(&verb.to_string()).is_some() || verb == WITHIN)
    {
        return syn::Error::new(next.span(), "expected `,`");
    }
    let Some((TokenTree::Ident(written), rest)) = argument.split_first() else {
        let message = match argument.first() {
            Some(tree) if is_object(tree) => format!("{EXPECTED}\n= help: did you mean {SHORT}?"),
            _ => EXPECTED.to_owned(),
        };
        return syn::Error::new(span, message);
    };
    let Some((verb, weight, is_certain)) = verb(written) else {
        let message = match nearest(&written.to_string(), [WITHIN]) {
            Some(_) => within(written, rest),
            None => EXPECTED.to_owned(),
        };
        return syn::Error::new(span, message);
    };
    let mut names = vec![Vec::new()];
    collect(rest, &mut names);
    let names: Vec<Name> = names.iter().flat_map(|words| meant(words)).collect();
    let mut known = Vec::new();
    let mut is_certain = is_certain;
    for name in &names {
        match *name {
            Name::Exact(name) => {
                // A name that cannot have this level is not suggested.
                if let Err(error) = target(span, name, weight, is_file) {
                    return error;
                }
                known.push(name);
            }
            Name::Near(name) => {
                is_certain = false;
                known.push(name);
            }
            Name::Unknown => {}
        }
    }
    let call = format!("{verb}({})", known.join(", "));
    let help = match known.len() {
        0 => ALL_NAMES.to_owned(),
        count if count < names.len() => ALL_NAMES.to_owned(),
        _ if is_certain => format!("write `{call}`"),
        _ => format!("did you mean `{call}`?"),
    };
    if written == verb {
        let span = rest.first().map_or(span, TokenTree::span);
        let message =
            format!("expected names of findings in parentheses after `{verb}`\n= help: {help}");
        syn::Error::new(span, message)
    } else {
        syn::Error::new(span, format!("{EXPECTED}\n= help: {help}"))
    }
}

/// What is wrong with a `within`, or with something like it.
fn within(written: &Ident, rest: &[TokenTree]) -> String {
    let help = match rest.last() {
        // The object is there.
        Some(TokenTree::Group(group)) if is_object_in(group) => format!("write {SHORT}"),
        _ => format!("write {EXAMPLE}"),
    };
    if written == WITHIN {
        format!("expected one CORS object in parentheses after `{WITHIN}`\n= help: {help}")
    } else {
        format!("{EXPECTED}\n= help: {help}")
    }
}

fn is_object(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Whether a group is an object, or has only one.
fn is_object_in(group: &Group) -> bool {
    let mut inside = group.stream().into_iter();
    group.delimiter() == Delimiter::Brace
        || inside.next().is_some_and(|tree| is_object(&tree)) && inside.next().is_none()
}

/// The verb that was meant, and whether that is certain.
fn verb(written: &Ident) -> Option<(&'static str, Weight, bool)> {
    let written = written.to_string();
    let (verb, is_certain) = match written.as_str() {
        "allow" | "expect" => ("allow", true),
        "warn" => ("warn", true),
        "deny" | "forbid" => ("deny", true),
        other => (nearest(other, ["allow", "warn", "deny"])?, false),
    };
    Some((verb, Weight::named(verb)?, is_certain))
}

/// The words in whatever somebody has written for a list of names, those of each name together.
fn collect(trees: &[TokenTree], names: &mut Vec<Vec<String>>) {
    let mut trees = trees.iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            // As lints of the compiler have it.
            TokenTree::Ident(word) if word == "reason" && trees.next_if(is_equals).is_some() => {
                trees.next();
            }
            TokenTree::Ident(word) => {
                if let Some(name) = names.last_mut() {
                    name.push(word.to_string());
                }
            }
            TokenTree::Literal(literal) => {
                if let Ok(Lit::Str(text)) = syn::parse_str(&literal.to_string()) {
                    for name in text.value().split(',') {
                        names.push(vec![name.trim().to_owned()]);
                    }
                }
            }
            TokenTree::Group(group) => {
                names.push(Vec::new());
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                collect(&inside, names);
                names.push(Vec::new());
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ';' | '|' | '&' | '+' => names.push(Vec::new()),
                // What is before it is a path to the name.
                ':' => names.last_mut().into_iter().for_each(Vec::clear),
                _ => {}
            },
        }
    }
}

fn is_equals(tree: &&TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '=')
}

/// The names that some words are: one, or one each if the comma between them is missing.
fn meant(words: &[String]) -> Vec<Name> {
    let named = |text: &str| {
        let text = text.to_ascii_lowercase().replace(['-', ' ', '.'], "_");
        Target::names().find(|name| *name == text)
    };
    let each: Option<Vec<Name>> = words
        .iter()
        .map(|word| named(word).map(Name::Exact))
        .collect();
    if let Some(each) = each {
        return each;
    }
    let text = words.join("_");
    let near = || nearest(&text, Target::names()).map(Name::Near);
    let name = named(&text).map(Name::Exact).or_else(near);
    vec![name.unwrap_or(Name::Unknown)]
}
