//! The findings as SARIF 2.1.0, which GitHub, GitLab and editors read.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::shown::Range;
use crate::checked::{Checked, Found};
use crate::finding::{Finding, SHOWN};
use crate::rules::{self, Level, Reader, Rule};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    let numbers: HashMap<&str, usize> = rules::all()
        .enumerate()
        .map(|(number, rule)| (rule.name, number))
        .collect();
    let results = checked.iter().flat_map(|file| {
        let found = file.found.iter();
        found.map(|found| {
            let number = numbers.get(found.finding.rule.name);
            result(file, found, number.copied())
        })
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cors-check",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://docs.rs/cors-runtime",
                "rules": rules::all().map(described).collect::<Vec<Value>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<Value>>(),
        }],
    });
    writeln!(out, "{log}")
}

fn described(rule: &Rule) -> Value {
    let (is_enabled, level) = match rule.level {
        Level::Hint => (false, "note"),
        Level::Warning => (true, "warning"),
        Level::Denied | Level::Error => (true, "error"),
    };
    json!({
        "id": rule.name,
        "shortDescription": text(rule.meaning(Reader::Gateway)),
        "help": text(rule.help(Reader::Gateway)),
        "helpUri": rule.link(),
        "defaultConfiguration": { "enabled": is_enabled, "level": level },
    })
}

fn text(text: &str) -> Value {
    json!({ "text": text })
}

fn result(file: &Checked, found: &Found, number: Option<usize>) -> Value {
    let finding = &found.finding;
    let message = file.message(finding);
    let said = [&message.title].into_iter().chain(&message.notes);
    let said = said.chain(&message.help).chain(&message.acceptance);
    let said: Vec<&str> = said.map(String::as_str).collect();
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": number,
        "level": found.level(),
        "message": text(&said.join("\n")),
        "locations": [{ "physicalLocation": location(file, file.range(finding)) }],
    });
    let related = related(file, finding);
    let more = [
        (
            "relatedLocations",
            (!related.is_empty()).then(|| json!(related)),
        ),
        ("fixes", fix(file, finding, &message.help.join("\n"))),
    ];
    if let Some(result) = result.as_object_mut() {
        for (key, value) in more {
            result.extend(value.map(|value| (key.to_owned(), value)));
        }
    }
    result
}

/// The other places of the finding that a drawing shows.
fn related(file: &Checked, finding: &Finding) -> Vec<Value> {
    let at = finding.at.iter().skip(1).take(SHOWN - 1);
    let labels = at.chain(finding.also.iter().take(SHOWN));
    labels
        .map(|label| {
            json!({
                "physicalLocation": location(file, Some(file.range_of(label.place))),
                "message": text(&label.text),
            })
        })
        .collect()
}

fn fix(file: &Checked, finding: &Finding, help: &str) -> Option<Value> {
    let edits = file.suggestion(finding)?.into_iter();
    let replacements = edits.map(|(range, written)| {
        json!({ "deletedRegion": region(range), "insertedContent": text(&written) })
    });
    Some(json!([{
        "description": text(help),
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&file.path()) },
            "replacements": replacements.collect::<Vec<Value>>(),
        }],
    }]))
}

fn location(file: &Checked, range: Option<Range>) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(&file.path()) } });
    if let (Some(location), Some(range)) = (location.as_object_mut(), range) {
        location.insert("region".to_owned(), region(range));
    }
    location
}

fn region(Range { start, end }: Range) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a reference relative to where the program runs. A colon is escaped, since what is before
/// the first one could be a scheme.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
