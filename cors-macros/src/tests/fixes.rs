//! What all suggestions together make of a file, as `cors-check --fix` takes them.
//!
//! `CORS_TEST_CASES=300 cargo test -p cors-macros fixes` looks at 300 times as many random files.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::mutations::{mutate, mutation, right};
use super::splices::{splices, texts};
use super::suggestions::{broken, hides};
use super::titles::decoded;
use super::{is_fault, named, tries};
use crate::check::Ceiling;
use crate::checked::{Checked, Terms};
use crate::finding::Finding;
use crate::fixes::{self, Kept};
use crate::levels::{Levels, Override, Target, Weight};
use crate::policy::{Headers, Origins, Policy};
use crate::report::Report;
use crate::rules::{self, Level};
use crate::source::{File, Source};
use crate::spelling::within;
use crate::stages::check_source;

/// What became of the files.
#[derive(Debug, Default)]
struct Counts {
    /// No suggestion is certain.
    right: usize,
    fixed: usize,
    /// How many findings that were.
    findings: usize,
    templates: usize,
    /// They would still not be JSON.
    kept: usize,
    /// The policy before and after was compared.
    compared: usize,
}

/// Hints are reported, so that their suggestions are taken too.
fn levels() -> Levels<usize> {
    let target = Target::Group(Level::Hint);
    let weight = Weight::Warning;
    Levels {
        overrides: vec![Override {
            weight,
            target,
            at: 0,
        }],
        ..Levels::default()
    }
}

fn checked(text: &str, ceiling: Option<&Ceiling>) -> Checked {
    let levels = &levels();
    let terms = Terms { levels, ceiling };
    Checked::new(Path::new("krakend.json"), text.into(), terms)
}

/// The file after `--fix`, and the first of its texts that was JSON.
fn fixed(text: &str, count: &mut usize) -> Result<Option<(Checked, Option<String>)>, Kept> {
    let levels = &levels();
    let terms = Terms {
        levels,
        ceiling: None,
    };
    let mut first = None;
    let tell = |before: &Checked, _: &Finding| {
        *count += 1;
        let text = before.source.text();
        if first.is_none() && is_json(text) {
            first = Some(text.to_owned());
        }
    };
    let fixed = fixes::fix(&checked(text, None), terms, tell)?;
    Ok(fixed.map(|fixed| (fixed, first)))
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

/// Whether a tool has to fill something in, as far as that concerns the policy.
fn is_template(text: &str) -> bool {
    let found = super::findings("krakend.json", text.as_bytes()).1;
    let rules = [
        &rules::TEMPLATE,
        &rules::ENDPOINTS_NOT_COMPARED,
        &rules::PLACEHOLDER,
    ];
    found.iter().any(|finding| rules.contains(&finding.rule))
}

/// Whether a text is what templates include: with a comma behind it, or without braces around it.
fn is_part(text: &str) -> bool {
    let inside = text.trim();
    let inside = inside.strip_suffix(',').unwrap_or(inside);
    is_json(inside) || is_json(&format!("{{{inside}}}"))
}

/// What is wrong with what `--fix` makes of a file.
fn complaint(text: &str, counts: &mut Counts) -> Result<(), String> {
    let mut findings = 0;
    let (after, first) = match fixed(text, &mut findings) {
        Ok(Some(fixed)) => fixed,
        Ok(None) => {
            counts.right += 1;
            return Ok(());
        }
        Err(Kept::Template) => {
            counts.templates += 1;
            return Ok(());
        }
        Err(Kept::NotJson) => {
            counts.kept += 1;
            return Ok(());
        }
    };
    counts.fixed += 1;
    counts.findings += findings;
    let written = after.source.text();
    let complain = |what: String| Err(format!("{what}, in {written}\nafter {text}"));
    if written == text {
        return complain("nothing was changed".to_owned());
    }
    if is_template(text) || is_template(written) {
        return complain("a template was changed".to_owned());
    }
    if !is_json(written) && !is_part(written) {
        return complain("it is not JSON".to_owned());
    }
    // What is not JSON hides all else that is wrong.
    if let Some(rule) = added(first.as_deref().unwrap_or(written), written) {
        return complain(format!("{rule} is there"));
    }
    if let Some(what) = unnamed(text, written) {
        return complain(what);
    }
    match widened(text, written) {
        Some(widened) if widened.is_empty() => counts.compared += 1,
        Some(widened) => return complain(format!("{widened:?} beyond the policy before")),
        None => {}
    }
    match fixed(written, &mut 0) {
        Ok(None) => Ok(()),
        Ok(Some((again, _))) => complain(format!("again: {}", again.source.text())),
        Err(kept) => complain(format!("again: {kept:?}")),
    }
}

/// A rule above a hint that is broken more often than before. An entry that is right now may have a hint.
fn added(before: &str, after: &str) -> Option<&'static str> {
    let found = |text: &str| {
        let mut found = super::findings("krakend.json", text.as_bytes()).1;
        found.retain(is_fault);
        broken(&found)
    };
    let before = found(before);
    let hidden = |rule: &str| {
        before.keys().any(|other| {
            let other = rules::all().find(|known| known.name == *other);
            other.is_some_and(|other| hides(other, rule))
        })
    };
    found(after).into_iter().find_map(|(rule, (_, count))| {
        let known = before.get(rule).map_or(0, |(_, count)| *count);
        (count > known && !hidden(rule)).then_some(rule)
    })
}

fn policy_of(text: &str) -> Option<Policy> {
    let source = Source::file(File::named("krakend.json"), text.to_owned());
    check_source(&source, None, &mut Report::default())
}

/// What the policy allows that the file did not name.
fn unnamed(before: &str, after: &str) -> Option<String> {
    let policy = policy_of(after)?;
    let lower = before.to_ascii_lowercase();
    let packed: String = lower.split_whitespace().collect();
    let entries = strings(before);
    let is_named = |origin: &&String| {
        let mut entries = entries.iter();
        entries.any(|entry| named::names(entry, origin))
    };
    if let Origins::Listed { exact, patterns } = &policy.origins {
        let patterns = patterns.iter().map(|pattern| &pattern.text);
        let mut origins = exact.iter().chain(patterns);
        if let Some(origin) = origins.find(|origin| !is_named(origin)) {
            return Some(format!("{origin} is new"));
        }
    }
    let known = policy_of(before).map(|policy| policy.methods);
    let known = known.unwrap_or_default();
    let words = || before.split(|c: char| !c.is_ascii_alphabetic());
    let is_named = |method: &&String| {
        ["GET", "HEAD", "POST"].contains(&method.as_str())
            || known.contains(method)
            || before.contains(method.as_str())
            || words().any(|word| within(2, &word.to_ascii_uppercase(), method))
    };
    // A `*` stays, and means every method in the policy of a file with this error.
    let found = super::findings("krakend.json", after.as_bytes()).1;
    let is_every = found
        .iter()
        .any(|finding| *finding.rule == rules::STAR_METHOD);
    let mut methods = policy.methods.iter().filter(|_| !is_every);
    if let Some(method) = methods.find(|method| !is_named(method)) {
        return Some(format!("{method} is new"));
    }
    let is_named = |name: &&String| {
        let name = name.to_ascii_lowercase();
        let mut entries = entries.iter();
        entries.any(|entry| entry.to_ascii_lowercase().contains(&name))
    };
    if let Headers::Listed(names) = &policy.headers
        && let Some(name) = names.iter().find(|name| !is_named(name))
    {
        return Some(format!("{name} is new"));
    }
    for (key, is_on) in [
        ("credentials", policy.credentials),
        ("privatenetwork", policy.private_network),
    ] {
        let written = packed.replace(['_', '-', '"', '\''], "");
        if is_on && !(written.contains(&key[..8]) && written.contains("true")) {
            return Some(format!("{key} is new"));
        }
    }
    None
}

/// The strings of a text, but for those of its endpoints.
fn strings(text: &str) -> Vec<String> {
    fn collect(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::String(text) => into.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
            Value::Object(members) => members
                .iter()
                .filter(|(key, _)| *key != "endpoints")
                .for_each(|(_, value)| collect(value, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let Ok(value) = serde_json::from_str(text) else {
        return vec![decoded(text)];
    };
    let mut strings = Vec::new();
    collect(&value, &mut strings);
    strings
}

/// What a file allows beyond the policy that it had before. `None` if it had none.
fn widened(before: &str, after: &str) -> Option<Vec<String>> {
    let found = super::findings("krakend.json", before.as_bytes()).1;
    let is_error = |finding: &Finding| finding.rule.level == Level::Error;
    if found.iter().any(is_error) {
        return None;
    }
    let ceiling = Ceiling::from_policy(policy_of(before)?);
    let beyond = checked(after, Some(&ceiling)).found.into_iter();
    let beyond = beyond.map(|found| found.finding);
    let beyond = beyond.filter(|finding| *finding.rule == rules::BEYOND_CEILING);
    Some(beyond.map(|finding| finding.title()).collect())
}

#[test]
fn files_of_the_project_are_fixed() {
    let mut counts = Counts::default();
    let complaints: Vec<String> = texts()
        .iter()
        .filter_map(|text| complaint(text, &mut counts).err())
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    println!("{counts:?}");
    assert!(counts.fixed > 150 && counts.compared > 20, "{counts:?}");
    assert!(counts.templates > 0 && counts.kept > 0, "{counts:?}");
}

#[test]
fn spoilt_files_are_fixed() {
    let mut counts = Counts::default();
    // What is spliced, and what is spoilt in a right file.
    let cases = (splices(texts()), right(), any::<Index>(), mutation());
    let config = Config {
        cases: tries(250),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counted = std::cell::RefCell::new(&mut counts);
    let outcome = runner.run(&cases, |(spliced, members, at, mutation)| {
        for text in [spliced, mutate(members, at, &mutation)] {
            complaint(&text, &mut counted.borrow_mut()).map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{counts:?}");
    assert!(counts.fixed > 100, "{counts:?}");
}
