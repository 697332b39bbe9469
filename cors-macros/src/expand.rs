//! The tokens that a call becomes: data, or the report of what is wrong.

mod patterns;
mod table;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::call::Call;
use crate::finding::Finding;
use crate::policy::{Headers, Origins, Policy};
use crate::report::{MOST, Verdict, draw};
use crate::rules::Rule;
use crate::source::Source;
use table::{Key, Table};

/// So many texts are searched one after another, which is as fast.
const FEW: usize = 8;

/// What a call becomes.
pub(crate) fn expand(
    call: &Call,
    source: &Source,
    policy: Option<&Policy>,
    verdict: &Verdict,
) -> TokenStream {
    let tracked = tracked(call, source);
    match policy {
        Some(policy) if verdict.errors.is_empty() => {
            let warnings = verdict.warnings.iter().take(MOST);
            let warnings = warnings.map(|finding| warning(call, source, finding));
            let unused = verdict
                .unused
                .iter()
                .map(|(rule, span)| unused(rule, *span));
            let policy = static_policy(&call.runtime, policy);
            quote!({
                #tracked
                #(#warnings)*
                #(#unused)*
                #policy
            })
        }
        _ => {
            let errors = errors(call, source, &verdict.errors);
            quote!({
                #tracked
                #errors
            })
        }
    }
}

/// A call that is not understood.
pub(crate) fn misused(mistakes: syn::Error) -> TokenStream {
    let errors = mistakes
        .into_iter()
        .map(|mistake| error(mistake.span(), &mistake.to_string()));
    quote!({ #(#errors);* })
}

/// Makes cargo build again when the file changes.
fn tracked(call: &Call, source: &Source) -> Option<TokenStream> {
    let path = source.path()?.to_str()?;
    let runtime = &call.runtime;
    Some(quote!(const _: &[u8] = #runtime::__private::core::include_bytes!(#path);))
}

/// One `compile_error!` a finding. The last stands where the policy would, so that its type is
/// unknown and leads to no error of the compiler's own.
fn errors(call: &Call, source: &Source, findings: &[Finding]) -> TokenStream {
    let mut errors: Vec<TokenStream> = findings
        .iter()
        .take(MOST)
        .map(|finding| error(span(call, source, finding), &draw(finding, source)))
        .collect();
    if findings.len() > MOST {
        let more = findings.len() - MOST;
        let them = if more == 1 { "mistake" } else { "mistakes" };
        let message = format!("{more} more {them}, not shown");
        errors.push(error(call.span(), &message));
    }
    if errors.is_empty() {
        // A policy is missing only where an error says why.
        errors.push(error(call.span(), "this configuration allows nobody"));
    }
    quote!(#(#errors);*)
}

/// All tokens have the one span, for the compiler to show: the path must not begin elsewhere.
fn error(span: Span, message: &str) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error!(#message))
}

/// Where the compiler shows a finding: the token, or the path of the file.
fn span(call: &Call, source: &Source, finding: &Finding) -> Span {
    source
        .token(finding.at.place)
        .unwrap_or_else(|| call.span())
}

/// Stable Rust has one way for a macro to warn: the use of something deprecated.
fn warning(call: &Call, source: &Source, finding: &Finding) -> TokenStream {
    deprecated(
        finding.rule.name,
        span(call, source, finding),
        &draw(finding, source),
    )
}

fn unused(rule: &Rule, span: Span) -> TokenStream {
    let message = format!(
        "this `allow` silences nothing\n= note: the configuration has no `{}`\n= help: remove it",
        rule.name
    );
    deprecated("unused_allow", span, &message)
}

fn deprecated(name: &str, span: Span, message: &str) -> TokenStream {
    let name = Ident::new(name, span);
    quote_spanned! {span=>
        const _: () = {
            #[deprecated(note = #message)]
            #[allow(non_upper_case_globals)]
            const #name: () = ();
            #name
        };
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
