//! The tokens that a call becomes: data, or the report of what is wrong.

mod patterns;
mod table;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::call::{Call, Misuse};
use crate::draw::draw;
use crate::finding::Finding;
use crate::levels::Target;
use crate::policy::{Headers, Origins, Policy};
use crate::report::{MOST, Verdict};
use crate::source::Source;
use table::{Key, Table};

/// So many texts are searched one after another, which is as fast.
const FEW: usize = 8;

/// A text that a call has, or names, and what was found in it.
pub(crate) struct Judged {
    pub(crate) source: Source,
    pub(crate) verdict: Verdict<Span>,
}

/// What a call becomes.
pub(crate) fn expand(call: &Call, judged: &[Judged], policy: Option<&Policy>) -> TokenStream {
    let each = |expand: fn(&Call, &Judged) -> TokenStream| -> TokenStream {
        judged.iter().map(|judged| expand(call, judged)).collect()
    };
    let tracked = each(|call, judged| tracked(call, &judged.source));
    let warnings = each(warnings);
    let rest = match policy {
        Some(policy) if judged.iter().all(|one| one.verdict.errors.is_empty()) => {
            let unused = each(|_, judged| unused(&judged.verdict.unused));
            let policy = static_policy(&call.runtime, policy);
            quote!(#unused #policy)
        }
        _ => {
            let mut errors = each(errors);
            if errors.is_empty() {
                // A policy is missing only where an error says why.
                let of_call = (call.span(), call.span());
                errors = error(of_call, "this configuration allows nobody");
            }
            let refused = refused(Some(&call.runtime));
            quote!(#errors #refused)
        }
    };
    quote!({ #tracked #warnings #rest })
}

/// A call that is not understood.
pub(crate) fn misused(misuse: Misuse) -> TokenStream {
    let errors = misuse
        .mistakes
        .into_iter()
        .map(|mistake| error((mistake.span(), mistake.span()), &mistake.to_string()));
    let refused = refused(misuse.runtime.as_ref());
    quote!({ #(#errors)* #refused })
}

/// What comes after errors: something of the policy's type, so that neither the compiler nor an
/// editor, to which an error is nothing, has to complain of another one.
fn refused(runtime: Option<&TokenStream>) -> TokenStream {
    match runtime {
        Some(runtime) => quote!(#runtime::__private::refused()),
        None => quote!(loop {}),
    }
}

/// Makes cargo build again when a file or a variable changes. The length of the file is written
/// out for rust-analyzer, which reads no bytes and asks for a type otherwise.
fn tracked(call: &Call, source: &Source) -> TokenStream {
    let runtime = &call.runtime;
    let core = quote!(#runtime::__private::core);
    let files = source.files().iter();
    let (files, lengths): (Vec<&str>, Vec<usize>) = files
        .filter_map(|(file, length)| Some((file.to_str()?, *length)))
        .unzip();
    let variables = source.variables();
    quote! {
        #(const _: &[#core::primitive::u8; #lengths] = #core::include_bytes!(#files);)*
        #(const _: #core::option::Option<&#core::primitive::str> = #core::option_env!(#variables);)*
    }
}

/// One `compile_error!` a finding.
fn errors(call: &Call, Judged { source, verdict }: &Judged) -> TokenStream {
    let findings = &verdict.errors;
    let of_call = (call.span(), call.span());
    let mut errors: Vec<TokenStream> = findings
        .iter()
        .take(MOST)
        .map(|finding| {
            let message = draw(finding, source, &call.levels);
            error(spans(call, source, finding), &message)
        })
        .collect();
    if let Some(message) = not_shown(findings, "mistake") {
        errors.push(error(of_call, &message));
    }
    quote!(#(#errors)*)
}

/// The compiler shows what is from the first token to the last: the path must not begin elsewhere.
fn error((first, last): (Span, Span), message: &str) -> TokenStream {
    let name = quote_spanned!(first=> ::core::compile_error);
    quote_spanned!(last=> #name!(#message);)
}

/// Where the compiler shows a finding: its tokens, or the path of the file.
fn spans(call: &Call, source: &Source, finding: &Finding) -> (Span, Span) {
    let tokens = source.tokens(finding.place());
    tokens.unwrap_or_else(|| (call.span(), call.span()))
}

/// How many findings are beyond those that are shown.
fn not_shown(findings: &[Finding], what: &str) -> Option<String> {
    match findings.len().saturating_sub(MOST) {
        0 => None,
        1 => Some(format!("1 more {what}, not shown")),
        more => Some(format!("{more} more {what}s, not shown")),
    }
}

fn warnings(call: &Call, Judged { source, verdict }: &Judged) -> TokenStream {
    let findings = &verdict.warnings;
    let mut warnings: Vec<TokenStream> = findings
        .iter()
        .take(MOST)
        .map(|finding| {
            let message = draw(finding, source, &call.levels);
            deprecated(finding.rule.name, spans(call, source, finding).0, &message)
        })
        .collect();
    if let Some(message) = not_shown(findings, "warning") {
        warnings.push(deprecated("more_warnings", call.span(), &message));
    }
    // The caller may allow what is deprecated, and means the use of other items. It is one attribute
    // for all, since the compiler explains each attribute that sets a level.
    if warnings.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[warn(deprecated)] const _: () = { #(#warnings)* };)
    }
}

fn unused(allowed: &[(Target, Span)]) -> TokenStream {
    let warnings = allowed.iter().map(|(target, span)| {
        let message = format!(
            "this `allow` silences nothing\n= note: the configuration has no {target}\n= help: remove it"
        );
        deprecated("unused_allow", *span, &message)
    });
    quote!(#(#warnings)*)
}

/// Stable Rust has one way for a macro to warn: the use of something deprecated. The compiler looks
/// at macros before anything else, so it shows the warning beside errors.
fn deprecated(name: &str, span: Span, message: &str) -> TokenStream {
    let name = Ident::new(name, span);
    quote_spanned! {span=>
        {
            #[deprecated(note = #message)]
            macro_rules! #name { () => {} }
            #name!();
        }
    }
}

/// The policy as data. Statics hold the header values, since a constant may refer to a policy
/// only if nothing in it can change, and `HeaderValue` counts reference.
fn static_policy(runtime: &TokenStream, policy: &Policy) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Policy {
        origins,
        methods,
        headers,
        exposed,
        max_age,
        credentials,
        private_network,
        debug,
        passthrough,
        status,
    } = policy;
    let header = |value: &str| header_value(&private, value);
    let allow_origins = allow_origins(&private, origins);
    let allow_headers = allow_headers(&private, headers);
    let methods_value = header(&methods_value(methods));
    let expose_value = option(
        &private,
        (!exposed.is_empty()).then(|| header(&exposed.join(", "))),
    );
    let max_age = max_age.map(|seconds| {
        let value = header(&seconds.to_string());
        quote!((#seconds, #value))
    });
    let max_age = option(&private, max_age);
    quote! {
        static POLICY: #runtime::Policy = #private::policy(#private::Parts {
            allow_origins: #allow_origins,
            allow_methods: &[#(#methods),*],
            allow_methods_value: #methods_value,
            allow_headers: #allow_headers,
            expose_headers: &[#(#exposed),*],
            expose_headers_value: #expose_value,
            max_age: #max_age,
            allow_credentials: #credentials,
            allow_private_network: #private_network,
            debug: #debug,
            options_passthrough: #passthrough,
            options_success_status: #private::status(#status),
        });
        &POLICY
    }
}

/// `Option` by its full path: the caller's prelude may be another.
fn option(private: &TokenStream, value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(#private::core::option::Option::Some(#value)),
        None => quote!(#private::core::option::Option::None),
    }
}

fn header_value(private: &TokenStream, value: &str) -> TokenStream {
    quote!({
        static VALUE: #private::HeaderValue = #private::HeaderValue::from_static(#value);
        &VALUE
    })
}

/// The methods as they are sent: KrakenD lets OPTIONS pass whether it is listed or not.
fn methods_value(methods: &[String]) -> String {
    let mut value = methods.join(", ");
    if !methods.iter().any(|method| method == "OPTIONS") {
        value.push_str(", OPTIONS");
    }
    value
}

fn allow_origins(private: &TokenStream, origins: &Origins) -> TokenStream {
    let (exact, patterns) = match origins {
        Origins::Any => return quote!(#private::Origins::Any),
        Origins::Listed { exact, patterns } => (exact, patterns),
    };
    let exact: Vec<Key<'_>> = exact.iter().map(|origin| Key::Text(origin)).collect();
    let exact = set(private, &exact);
    let patterns = patterns::tokens(private, patterns);
    quote!(#private::Origins::Listed { exact: #exact, patterns: #patterns })
}

fn set(private: &TokenStream, keys: &[Key<'_>]) -> TokenStream {
    if keys.len() > FEW {
        let table = Table::new(keys).tokens(private);
        return quote!(#private::Set::Many(#table));
    }
    let texts = keys.iter().map(|key| key.to_string());
    quote!(#private::Set::Few(&[#(#texts),*]))
}

fn allow_headers(private: &TokenStream, headers: &Headers) -> TokenStream {
    let names = match headers {
        Headers::Any => return quote!(#private::Headers::Any),
        Headers::Listed(names) => names,
    };
    let value = header_value(private, &names.join(", "));
    let mut sorted: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    sorted.sort_unstable();
    let keys: Vec<Key<'_>> = sorted.iter().map(|name| Key::Text(name)).collect();
    let table = (keys.len() > FEW).then(|| Table::new(&keys).tokens(private));
    let table = option(private, table);
    quote!(#private::Headers::Listed {
        sorted: &[#(#sorted),*],
        table: #table,
        value: #value,
    })
}
