//! Texts that are something else than one JSON document.

use super::SyntaxError;
use crate::finding::{Finding, Place};
use crate::rules;

pub(super) fn empty() -> Finding {
    let nowhere = Place::new(0, 0);
    Finding::new(&rules::EMPTY_FILE, nowhere, "the file is empty", "")
}

/// The two sides of a file that Git could not merge.
pub(super) fn merge_conflict(text: &str) -> Option<Finding> {
    // No string of JSON goes over a line, so such a line never is part of one.
    let lines = |sign: &'static str| {
        let is_sign = move |line: &&str| {
            let rest = line.strip_prefix(sign);
            rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
        };
        text.lines().filter(is_sign).map(|line| {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            Place::new(start, start + line.trim_end().len())
        })
    };
    let first = lines("<<<<<<<").next()?;
    let behind = |sign| lines(sign).find(|place| place.start > first.start);
    let line = text.get(first.range()).unwrap_or_default();
    let mut finding = Finding::new(
        &rules::MERGE_CONFLICT,
        first,
        format!("`{line}` begins a merge conflict"),
        "one side",
    );
    for (sign, label) in [("=======", "the other side"), (">>>>>>>", "the end")] {
        if let Some(place) = behind(sign) {
            finding = finding.also(place, label);
        }
    }
    Some(match lines("<<<<<<<").count() - 1 {
        0 => finding,
        1 => finding.note("there is one more conflict in the file"),
        more => finding.note(format!("there are {more} more conflicts in the file")),
    })
}

/// `"security/cors": { … }`, as it is pasted into tickets and included by templates.
pub(super) fn fragment(error: &SyntaxError<'_>) -> Option<Finding> {
    let (key, name) = error.string()?;
    let begins = error.text.len() - error.text.trim_start().len() == key.start;
    (begins && error.found() == Some(':') && error.before().trim_end().len() == key.end).then(
        || {
            Finding::new(
                &rules::FRAGMENT,
                key,
                format!("the file begins with the key {name}, not with `{{`"),
                "`{` is missing before this",
            )
        },
    )
}

/// YAML, TOML and the like: their first line cannot begin JSON.
pub(super) fn other(text: &str) -> Option<Finding> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"));
    let line = lines.next()?;
    let place = |line: &str| {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        Place::new(start, start + line.len())
    };
    if let Some(fence) = ["```", "~~~"]
        .iter()
        .find(|fence| line.starts_with(**fence))
    {
        let finding = Finding::new(
            &rules::OTHER_FORMAT,
            place(line),
            "the file has the code fence of a Markdown document",
            "JSON begins with `{`",
        );
        let mut ends = text.lines().filter(|end| end.trim() == *fence);
        let finding = match ends.find(|end| place(end).start > place(line).start) {
            Some(end) => finding.also(place(end.trim()), "the fence ends"),
            None => finding,
        };
        return Some(finding.words("remove the lines before and after the JSON"));
    }
    let format = format(line, lines.next().unwrap_or_default())?;
    Some(
        Finding::new(
            &rules::OTHER_FORMAT,
            place(line),
            format!("this looks like {format}, not JSON"),
            "JSON begins with `{`",
        )
        .words(match format {
            "YAML" => "name the JSON file itself, if it is embedded here; or convert this: `yq -o=json krakend.yaml > krakend.json`",
            _ => "convert it to JSON, and name the result",
        }),
    )
}

/// A file whose name says that it is something else: its first line may begin JSON all the same.
pub(super) fn named(name: &str, error: &SyntaxError<'_>) -> Option<Finding> {
    let (format, option) = match name.rsplit_once('.')?.1 {
        "yaml" | "yml" => ("YAML", "-p=yaml"),
        "toml" => ("TOML", "-p=toml"),
        _ => return None,
    };
    let finding = Finding::new(
        &rules::OTHER_FORMAT,
        error.place(),
        format!("`{name}` is {format}, not JSON"),
        "this is not JSON",
    );
    Some(finding.words(format!(
        "convert it, and name the result: `yq {option} -o=json {name} > krakend.json`"
    )))
}

/// What a text looks like that begins with these two lines.
fn format(first: &str, second: &str) -> Option<&'static str> {
    let key = |sign: char| {
        first.split_once(sign).is_some_and(|(key, _)| {
            let key = key.trim_end();
            let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"_-./".contains(&b);
            !key.is_empty() && key.bytes().all(is_plain)
        })
    };
    let table = first.starts_with('[')
        && first.ends_with(']')
        && first[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '[');
    // A quoted key is JSON's, unless a block of lines follows it.
    let block = first.starts_with('"')
        && first.ends_with(':')
        && second.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
    let script = ["module.exports", "export ", "const ", "let ", "var "];
    if first == "---" || first.starts_with("- ") || first.starts_with('%') || block || key(':') {
        Some("YAML")
    } else if script.iter().any(|start| first.starts_with(start)) {
        Some("JavaScript")
    } else if table || key('=') {
        Some("TOML")
    } else if first.to_ascii_lowercase().contains("html") && first.starts_with('<') {
        Some("HTML")
    } else if first.starts_with('<') {
        Some("XML")
    } else {
        None
    }
}
