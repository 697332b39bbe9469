//! What is between the parentheses of `cors_policy!(…)`.

mod levels;
mod path;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Lit, LitStr, Token, token};

use crate::config;
use crate::literal::quoted;

pub(crate) use path::{Evaluated, NoValue, Path};

/// The levels of a call, each with its place in it.
pub(crate) type Levels = crate::levels::Levels<Span>;

/// One call of the macro.
pub(crate) struct Call {
    /// The path of `cors-runtime`, as the caller knows it.
    pub(crate) runtime: TokenStream,
    pub(crate) input: Input,
    pub(crate) levels: Levels,
}

/// Where the configuration is.
pub(crate) enum Input {
    /// In a file.
    File(Path),
    /// In the call itself: one object in braces.
    Object(proc_macro2::Group),
}

/// A call that is not understood.
pub(crate) struct Misuse {
    /// Nothing in a call that does not come from `cors-runtime`.
    pub(crate) runtime: Option<TokenStream>,
    pub(crate) mistakes: syn::Error,
}

const USAGE: &str = "expected the path of a KrakenD configuration, `cors_policy!(\"krakend.json\")`, \
     or the CORS object itself, `cors_policy!({ \"allow_origins\": [\"https://app.example.com\"] })`";

impl Call {
    pub(crate) fn read(tokens: TokenStream) -> Result<Self, Misuse> {
        let mut runtime = None;
        let arguments = |input: ParseStream<'_>| {
            // `$crate`, handed on by the declarative macro of `cors-runtime`.
            let name = input.call(Ident::parse_any)?;
            let name = runtime.insert(quote!(#name)).clone();
            input.parse::<Token![,]>()?;
            let configuration = configuration(input)?;
            let is_file = matches!(configuration, Input::File(_));
            Ok(Self {
                runtime: name,
                input: configuration,
                levels: levels::levels(input, is_file)?,
            })
        };
        let read = arguments.parse2(tokens);
        read.map_err(|mistakes| Misuse { runtime, mistakes })
    }

    /// Where a message about the configuration as a whole is shown.
    pub(crate) fn span(&self) -> Span {
        match &self.input {
            Input::File(path) => path.span(),
            Input::Object(object) => object.span_open(),
        }
    }
}

fn configuration(input: ParseStream<'_>) -> syn::Result<Input> {
    if input.is_empty() {
        return Err(syn::Error::new(Span::call_site(), USAGE));
    }
    if input.peek(token::Brace) {
        return Ok(Input::Object(input.parse()?));
    }
    if let Some(key) = bare_member(input) {
        let key = if config::is_setting(&key) {
            &key
        } else {
            "allow_origins"
        };
        let message = format!(
            "the CORS object has no braces around it\n\
             = help: write `cors_policy!({{ {}: … }})`",
            quoted(key),
        );
        return Err(syn::Error::new(input.span(), message));
    }
    let is_list = input.peek(token::Bracket);
    let is_number = input.peek(Lit) && !input.peek(LitStr) && !path::has_text(input);
    if is_list || is_number {
        Err(input.error(USAGE))
    } else {
        Path::parse(input).map(Input::File)
    }
}

/// A key of a gateway's configuration in front of a colon: members of an object without its braces.
fn bare_member(input: ParseStream<'_>) -> Option<String> {
    let input = input.fork();
    let key = if input.peek(LitStr) {
        input.parse::<LitStr>().ok()?.value()
    } else {
        input.call(Ident::parse_any).ok()?.to_string()
    };
    let is_colon = input.peek(Token![:]) && !input.peek(Token![::]);
    let is_member = is_colon || input.peek(Token![=]);
    (is_member && config::is_of_gateway(&key)).then_some(key)
}
