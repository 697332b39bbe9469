//! A finding in words.

use crate::entry::Shown;
use crate::literal::sentence;
use crate::rules::{Level, Reader, Rule};

/// The entry of the findings page, for a terminal.
pub(super) fn explain(rule: &Rule) -> String {
    let name = rule.name;
    let level = match rule.level {
        Level::Error => "an error that cannot be turned off",
        Level::Denied => "an error, unless it is allowed",
        Level::Warning => "a warning",
        Level::Hint => "a hint, silent unless it is asked for",
    };
    let meaning = sentence(rule.meaning(Reader::Gateway));
    let code = |shown: Shown| format!("    {}\n\n", shown.text.replace('\n', "\n    "));
    let wrong = Shown::wrong(rule).map(code).unwrap_or_default();
    let right = Shown::right(rule).map(|right| format!("Use instead:\n\n{}", code(right)));
    let right = right.unwrap_or_default();
    let help = sentence(rule.help(Reader::Gateway));
    let accepted = rule.accepted_if;
    let accepted = accepted.map(|case| format!(" If {case}, add `--allow {name}`."));
    let accepted = accepted.unwrap_or_default();
    let source = source(rule.source);
    let link = rule.link();
    format!("{name}: {level}\n\n{meaning}\n\n{wrong}{right}{help}{accepted}\n\n{source}\n{link}\n")
}

/// A link of the page as text. Only there the items of `cors-runtime` have addresses of their own.
fn source(link: &str) -> String {
    let inside = link
        .strip_prefix('[')
        .and_then(|link| link.strip_suffix(')'));
    let Some((name, address)) = inside.and_then(|inside| inside.split_once("](")) else {
        return format!("Source: {link}");
    };
    match address.strip_prefix("crate::") {
        Some(item) => format!("Source: the documentation of {name}, {}", documented(item)),
        None => format!("Source: {name}, {address}"),
    }
}

/// The address of a macro, with the name of a part of its documentation.
fn documented(item: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let (name, part) = item.split_once('#').unwrap_or((item, ""));
    format!("https://docs.rs/cors-runtime/{version}/cors_runtime/macro.{name}.html#{part}")
}
