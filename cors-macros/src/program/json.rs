//! The findings as JSON, one object a line. The guide `gateway_repository` of
//! `cors-runtime` documents it.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::shown::Range;
use crate::checked::{Checked, Found};

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    for file in checked {
        for found in &file.found {
            writeln!(out, "{}", object(file, found))?;
        }
    }
    Ok(())
}

fn object(file: &Checked, found: &Found) -> Value {
    let finding = &found.finding;
    let message = file.message(finding);
    let mut object = range(file.range(finding));
    let fix = file.suggestion(finding).map(|edits| {
        let edit = |(place, text): (Range, String)| {
            let mut edit = range(Some(place));
            edit.insert("text".to_owned(), text.into());
            Value::from(edit)
        };
        edits.into_iter().map(edit).collect::<Vec<Value>>()
    });
    for (key, value) in [
        ("rule", json!(finding.rule.name)),
        ("level", json!(found.level())),
        ("file", json!(file.path())),
        ("message", json!(message.title)),
        ("note", json!(message.notes.join("\n"))),
        ("help", json!(message.help.join("\n"))),
        ("accept", json!(message.acceptance)),
        ("link", json!(message.link)),
        ("fix", json!(fix)),
    ] {
        object.insert(key.to_owned(), value);
    }
    object.into()
}

/// Lines and columns, or `null` for a finding that is about the file as a whole.
fn range(range: Option<Range>) -> Map<String, Value> {
    let numbers =
        range.map(|Range { start, end }| [start.line, start.column, end.line, end.column]);
    let keys = ["line", "column", "end_line", "end_column"];
    let members = keys.into_iter().enumerate().map(|(nth, key)| {
        let number = numbers.and_then(|numbers| numbers.get(nth).copied());
        (key.to_owned(), json!(number))
    });
    members.collect()
}
