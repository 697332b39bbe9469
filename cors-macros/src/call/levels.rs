//! `within(…)`, `allow(…)`, `warn(…)` and `deny(…)` in a call.

mod misuse;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, token};

use crate::levels::{Levels, Override, Target, Weight};
use crate::rules::{Level, Reader};
use crate::spelling::nearest;

/// What limits the policy in a call.
const WITHIN: &str = "within";

/// `, within({ … }), allow(a, b), warn(c), deny(d)` to the end of the call.
pub(super) fn levels(input: ParseStream<'_>, is_file: bool) -> syn::Result<Levels<Span>> {
    let mut levels = Levels::default();
    let mut mistakes = None;
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        let mut argument = Vec::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            argument.push(input.parse()?);
        }
        // A comma may follow the last argument.
        if argument.is_empty() && input.is_empty() {
            break;
        }
        if let [TokenTree::Ident(word), TokenTree::Group(object)] = argument.as_slice()
            && word == WITHIN
            && let Some(object) = only_object(object)
        {
            match levels.within {
                None => levels.within = Some(object),
                Some(_) => {
                    let message = "`within` is written twice\n= help: write all limits into one";
                    add(&mut mistakes, syn::Error::new(word.span(), message));
                }
            }
            continue;
        }
        let named = match argument.as_slice() {
            [TokenTree::Ident(verb), TokenTree::Group(names)] => overrides(verb, names, is_file),
            _ => None,
        };
        match named.unwrap_or_else(|| Err(misuse::explain(&argument, input.span(), is_file))) {
            Ok(overrides) => levels.overrides.extend(overrides),
            Err(error) => add(&mut mistakes, error),
        }
    }
    mistakes.map_or(Ok(levels), Err)
}

/// The object that is all there is in these parentheses.
fn only_object(parentheses: &Group) -> Option<Group> {
    if parentheses.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let object = |input: ParseStream<'_>| {
        let object: Group = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(object)
    };
    let object = object.parse2(parentheses.stream()).ok()?;
    (object.delimiter() == Delimiter::Brace).then_some(object)
}

/// A name, and in parentheses after it the headers that it is limited to.
struct Name {
    name: Ident,
    headers: Option<TokenStream>,
}

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let headers = input.peek(token::Paren).then(|| {
            let headers;
            syn::parenthesized!(headers in input);
            headers.parse()
        });
        Ok(Self {
            name,
            headers: headers.transpose()?,
        })
    }
}

/// What an override speaks of, each with its place.
fn named(target: Target, Name { name, headers }: &Name) -> syn::Result<Vec<(Target, Span)>> {
    let Some(headers) = headers else {
        return Ok(vec![(target, name.span())]);
    };
    let listed = Punctuated::<LitStr, Token![,]>::parse_terminated;
    let message = match (target, listed.parse2(headers.clone())) {
        (Target::Rule(rule), Ok(headers)) if rule.names_headers() && !headers.is_empty() => {
            let headers = headers.iter();
            let targets = headers.map(|header| {
                let target = Target::Header(rule, header.value());
                (target, header.span())
            });
            return Ok(targets.collect());
        }
        (Target::Rule(rule), _) if rule.names_headers() => {
            format!("expected names of headers, such as `{name}(\"X-Client-Id\")`")
        }
        _ => format!("`{name}` cannot be limited to headers\n= help: write `{name}`"),
    };
    Err(syn::Error::new(name.span(), message))
}

/// What is in the parentheses; none if that is no list of names.
fn overrides(
    verb: &Ident,
    names: &Group,
    is_file: bool,
) -> Option<syn::Result<Vec<Override<Span>>>> {
    let weight = Weight::named(&verb.to_string())?;
    if names.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let listed = Punctuated::<Name, Token![,]>::parse_terminated;
    let names = listed.parse2(names.stream()).ok()?;
    let mut overrides = Vec::new();
    let mut mistakes = None;
    for name in &names {
        let target = target(name.name.span(), &name.name.to_string(), weight, is_file);
        match target.and_then(|target| named(target, name)) {
            Ok(targets) => overrides.extend(targets.into_iter().map(|(target, span)| Override {
                weight,
                target,
                at: span,
            })),
            Err(error) => add(&mut mistakes, error),
        }
    }
    Some(mistakes.map_or(Ok(overrides), Err))
}

fn add(mistakes: &mut Option<syn::Error>, error: syn::Error) {
    match mistakes {
        Some(mistakes) => mistakes.combine(error),
        None => *mistakes = Some(error),
    }
}

/// What a name names, if its level can be set to this.
fn target(span: Span, name: &str, weight: Weight, is_file: bool) -> syn::Result<Target> {
    let Some(target) = Target::named(name) else {
        let hint = match nearest(name, Target::names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cors_runtime::findings` lists them all".to_owned(),
        };
        let message = format!("no finding is called `{name}`\n= help: {hint}");
        return Err(syn::Error::new(span, message));
    };
    let reader = if is_file {
        Reader::Gateway
    } else {
        Reader::Call
    };
    match target {
        Target::Rule(rule) if rule.level == Level::Error && weight != Weight::Error => {
            let message = format!(
                "`{name}` is an error that cannot be turned off\n= note: {}\n= help: {}",
                rule.meaning(reader),
                rule.help(reader)
            );
            Err(syn::Error::new(span, message))
        }
        _ => Ok(target),
    }
}
