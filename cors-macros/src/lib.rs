//! The procedural macro behind [`cors-runtime`](https://docs.rs/cors-runtime).
//!
//! Do not depend on this crate: use `cors_runtime::cors_policy!`, which calls the macro here and
//! tells it what the runtime crate is called.
//!
//! A configuration goes through these stages, each of which knows only the one before it:
//!
//! ```text
//! source → json → config + gateway → check → policy → expand
//! (file) (places)   (as written)    (rules)  (valid) (tokens)
//! ```
//!
//! What the call says in `within` takes the same way as far as `check`, which compares the two.
//!
//! `syn` reads the call, `serde_json` and `serde` the file, `humantime` durations in words;
//! `annotate-snippets` draws what is wrong, `strsim` finds what was meant. Large sets of origins get a perfect hash
//! from `phf_generator`, the part of phf that lays tables out. Its tables are emitted as byte strings, and not as a
//! `phf::Map`: the hash of the maps, SipHash, takes several times as long for an origin as the one that is used here;
//! their fields depend on the features that other crates ask for; and the compiler needs seconds for the literal of a
//! very large one.
#![forbid(unsafe_code)]

mod call;
mod check;
#[cfg(all(test, feature = "__workspace"))]
#[allow(dead_code, reason = "what the formats of the program need")]
mod checked;
mod config;
mod draw;
// What the program does with files; here the tests do.
#[cfg(test)]
mod edits;
#[cfg(all(test, feature = "__workspace"))]
mod entry;
mod expand;
mod finding;
#[cfg(all(test, feature = "__workspace"))]
mod fixes;
mod gateway;
mod json;
mod levels;
mod literal;
mod policy;
#[cfg(test)]
mod replace;
mod report;
mod rules;
mod source;
mod spelling;
mod stages;
mod written;

#[cfg(test)]
#[cfg(feature = "__workspace")]
mod tests;

use proc_macro2::TokenStream;

use crate::call::{Call, Input};
use crate::expand::Judged;
use crate::report::Report;
use crate::source::Source;
use crate::stages::{check_ceiling, check_source};

/// Compiles a KrakenD configuration into a `&'static Policy`.
///
/// This is what `cors_runtime::cors_policy!` calls, with the path of the runtime crate in front;
/// see there.
#[proc_macro]
pub fn cors_policy(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let beside = |span: proc_macro2::Span| span.unwrap().local_file();
    match Call::read(input.into()) {
        Ok(call) => compile(&call, beside).into(),
        Err(misuse) => expand::misused(misuse).into(),
    }
}

/// The whole way of one call, from the file to the tokens.
fn compile(
    call: &Call,
    local_file: impl Fn(proc_macro2::Span) -> Option<std::path::PathBuf>,
) -> TokenStream {
    let mut judged = Vec::new();
    let ceiling = call.levels.within.as_ref().and_then(|object| {
        let mut report = Report::default();
        let (source, ceiling) = check_object(object, check_ceiling, &mut report);
        let verdict = report.conclude(&call::Levels::default());
        // What is beyond a ceiling is known once that is right.
        let ceiling = ceiling.filter(|_| verdict.errors.is_empty());
        judged.push(Judged { source, verdict });
        ceiling
    });
    let mut report = Report::default();
    let check = |source: &Source, report: &mut Report| {
        let policy = check_source(source, ceiling.as_ref(), report);
        // Without its ceiling there is no policy, whatever was said of that.
        policy.filter(|_| ceiling.is_some() == call.levels.within.is_some())
    };
    let (source, policy) = match &call.input {
        Input::File(path) => {
            let source = Source::read(path, local_file(path.span()), &mut report);
            let policy = check(&source, &mut report);
            (source, policy)
        }
        Input::Object(object) => check_object(object, check, &mut report),
    };
    let verdict = report.conclude(&call.levels);
    judged.push(Judged { source, verdict });
    expand::expand(call, &judged, policy.as_ref())
}

/// An object in the call, checked.
fn check_object<T>(
    object: &proc_macro2::Group,
    check: impl Fn(&Source, &mut Report) -> Option<T>,
    report: &mut Report,
) -> (Source, Option<T>) {
    let (source, expressions) = Source::inline(object, report);
    let checked = check(&source, report);
    let suggested = source::suggested(&source, &expressions).map(|source| {
        let mut report = Report::default();
        check(&source, &mut report);
        report
    });
    source::settle(expressions, suggested, report);
    (source, checked)
}
