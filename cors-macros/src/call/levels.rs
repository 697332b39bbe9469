//! `allow(…)`, `warn(…)` and `deny(…)` in a call.

use proc_macro2::{Span, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, Lit, LitStr, Token, token};

use crate::levels::{Levels, Override, Target, Weight};
use crate::rules::Level;
use crate::spelling::nearest;

const EXPECTED: &str = "expected `allow(…)`, `warn(…)` or `deny(…)` with names of findings";

/// `, allow(a, b), warn(c), deny(d)` to the end of the call.
pub(super) fn levels(input: ParseStream<'_>) -> syn::Result<Levels> {
    let mut levels = Levels::default();
    let mut mistakes: Option<syn::Error> = None;
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        let verb: Ident = input
            .parse()
            .map_err(|e| syn::Error::new(e.span(), EXPECTED))?;
        let weight = match verb.to_string().as_str() {
            "allow" => Weight::Silent,
            "warn" => Weight::Warning,
            "deny" => Weight::Error,
            _ => return Err(syn::Error::new(verb.span(), EXPECTED)),
        };
        for Name { name, headers } in names(&verb, input)? {
            let target = target(&name, weight).and_then(|target| named(target, &name, headers));
            match target {
                Ok(targets) => {
                    levels
                        .overrides
                        .extend(targets.into_iter().map(|(target, span)| Override {
                            weight,
                            target,
                            span,
                        }))
                }
                Err(error) => match &mut mistakes {
                    Some(mistakes) => mistakes.combine(error),
                    None => mistakes = Some(error),
                },
            }
        }
    }
    mistakes.map_or(Ok(levels), Err)
}

/// A name, and in parentheses after it the headers that it is limited to.
struct Name {
    name: Ident,
    headers: Option<Vec<LitStr>>,
}

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let headers = input.peek(token::Paren).then(|| {
            let headers;
            syn::parenthesized!(headers in input);
            let listed = Punctuated::<LitStr, Token![,]>::parse_terminated(&headers)?;
            syn::Result::Ok(listed.into_iter().collect())
        });
        Ok(Self {
            name,
            headers: headers.transpose()?,
        })
    }
}

/// What an override speaks of, each with its place.
fn named(
    target: Target,
    name: &Ident,
    headers: Option<Vec<LitStr>>,
) -> syn::Result<Vec<(Target, Span)>> {
    let Some(headers) = headers else {
        return Ok(vec![(target, name.span())]);
    };
    let message = match target {
        Target::Rule(rule) if rule.names_headers() && !headers.is_empty() => {
            let headers = headers.iter();
            let targets = headers.map(|header| {
                let target = Target::Header(rule, header.value());
                (target, header.span())
            });
            return Ok(targets.collect());
        }
        Target::Rule(rule) if rule.names_headers() => {
            format!("expected names of headers, such as `{name}(\"X-Client-Id\")`")
        }
        _ => format!("`{name}` cannot be limited to headers\n= help: write `{name}`"),
    };
    Err(syn::Error::new(name.span(), message))
}

/// The names in the parentheses. If they have another form, the error shows the usual one.
fn names(verb: &Ident, input: ParseStream<'_>) -> syn::Result<Vec<Name>> {
    let written = input.fork();
    let listed = Punctuated::<Name, Token![,]>::parse_terminated;
    if input.peek(token::Paren)
        && let TokenTree::Group(group) = input.parse()?
        && let Ok(names) = listed.parse2(group.stream())
    {
        return Ok(names.into_iter().collect());
    }
    let span = written.span();
    let mut words = Vec::new();
    while !written.is_empty() && !written.peek(Token![,]) {
        collect(written.parse()?, &mut words);
    }
    let meant = words.iter().filter_map(|word| match Target::named(word) {
        Some(_) => Some(word.as_str()),
        None => nearest(word, Target::names()),
    });
    let meant = meant.collect::<Vec<_>>().join(", ");
    let meant = if meant.is_empty() { "name" } else { &meant };
    let message = format!(
        "expected names of findings in parentheses after `{verb}`\n\
         = help: write `{verb}({meant})`"
    );
    Err(syn::Error::new(span, message))
}

/// The words in whatever somebody has written for a list of names.
fn collect(tree: TokenTree, words: &mut Vec<String>) {
    match tree {
        TokenTree::Ident(name) => words.push(name.to_string()),
        TokenTree::Literal(literal) => {
            if let Lit::Str(name) = Lit::new(literal) {
                words.push(name.value());
            }
        }
        TokenTree::Group(group) => {
            for tree in group.stream() {
                collect(tree, words);
            }
        }
        TokenTree::Punct(_) => {}
    }
}

fn target(name: &Ident, weight: Weight) -> syn::Result<Target> {
    let text = name.to_string();
    let Some(target) = Target::named(&text) else {
        let hint = match nearest(&text, Target::names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cors_runtime::findings` lists them all".to_owned(),
        };
        return Err(syn::Error::new(
            name.span(),
            format!("no finding is called `{text}`\n= help: {hint}"),
        ));
    };
    match target {
        Target::Rule(rule) if rule.level == Level::Error && weight != Weight::Error => {
            Err(syn::Error::new(
                name.span(),
                format!(
                    "`{text}` is an error that cannot be turned off\n= note: {}\n= help: {}",
                    rule.meaning, rule.help
                ),
            ))
        }
        _ => Ok(target),
    }
}
