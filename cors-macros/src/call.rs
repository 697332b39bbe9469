//! What stands between the parentheses of `cors_policy!(…)`.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, parenthesized, token};

use crate::json::quoted;
use crate::levels::{Levels, Override, Target, Weight};
use crate::rules::Level;
use crate::spelling::nearest;

/// One call of the macro.
pub(crate) struct Call {
    /// The path of `cors-runtime`, as the caller knows it.
    pub(crate) runtime: TokenStream,
    pub(crate) input: Input,
    pub(crate) levels: Levels,
}

/// Where the configuration stands.
pub(crate) enum Input {
    /// In a file.
    File(LitStr),
    /// In the call itself: one object in braces.
    Object(proc_macro2::Group),
}

impl Call {
    /// Where a message about the configuration as a whole is shown.
    pub(crate) fn span(&self) -> Span {
        match &self.input {
            Input::File(path) => path.span(),
            Input::Object(object) => object.span_open(),
        }
    }
}

const USAGE: &str = "expected the path of a KrakenD configuration, `cors_policy!(\"krakend.json\")`, \
     or the CORS object itself, `cors_policy!({ \"allow_origins\": [\"https://app.example.com\"] })`";

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `$crate`, handed on by the declarative macro of `cors-runtime`.
        let runtime = input.call(Ident::parse_any)?;
        let runtime = quote!(#runtime);
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            return Err(syn::Error::new(Span::call_site(), USAGE));
        }
        let configuration = if input.peek(LitStr) {
            Input::File(path(input)?)
        } else if input.peek(token::Brace) {
            Input::Object(input.parse()?)
        } else {
            return Err(input.error(USAGE));
        };
        Ok(Self {
            runtime,
            input: configuration,
            levels: levels(input)?,
        })
    }
}

fn path(input: ParseStream<'_>) -> syn::Result<LitStr> {
    let path: LitStr = input.parse()?;
    match path.suffix() {
        "" => Ok(path),
        suffix => Err(syn::Error::new(
            path.span(),
            format!(
                "the path has the suffix `{suffix}`\n= help: write {}",
                quoted(&[path.value()])
            ),
        )),
    }
}

/// `, allow(a, b), warn(c), deny(d)` to the end of the call.
fn levels(input: ParseStream<'_>) -> syn::Result<Levels> {
    const EXPECTED: &str = "expected `allow(…)`, `warn(…)` or `deny(…)` with names of findings";
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
        let names;
        parenthesized!(names in input);
        for name in Punctuated::<Ident, Token![,]>::parse_terminated(&names)? {
            match target(&name, weight) {
                Ok(target) => levels.overrides.push(Override {
                    weight,
                    target,
                    span: name.span(),
                }),
                Err(error) => match &mut mistakes {
                    Some(mistakes) => mistakes.combine(error),
                    None => mistakes = Some(error),
                },
            }
        }
    }
    mistakes.map_or(Ok(levels), Err)
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
                    rule.meaning, rule.remedy
                ),
            ))
        }
        _ => Ok(target),
    }
}
