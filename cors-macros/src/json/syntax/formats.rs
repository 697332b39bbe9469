//! Texts that are something else than JSON: templates, fragments, other formats, remarks.

use super::Stop;
use crate::finding::{Finding, Place};
use crate::rules;

const EXAMPLE: &str = "{ \"version\": 3, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }";

pub(super) fn empty() -> Finding {
    Finding::new(
        &rules::EMPTY_FILE,
        Place::new(0, 0),
        "the file is empty",
        "",
    )
    .note("KrakenD does not start with it")
    .words(EXAMPLE)
}

/// `{{ … }}`, either bare or with quotation marks of its own inside a string.
pub(super) fn template(stop: &Stop<'_>) -> Option<Finding> {
    let in_string = || {
        let string = stop.scan.string.clone()?;
        let inside = stop.text.get(string.clone())?.find("{{")?;
        (string.end >= stop.at).then_some(string.start + inside)
    };
    let at = stop.scan.template.or_else(in_string)?;
    Some(
        Finding::new(
            &rules::TEMPLATE,
            Place::new(at, at + 2),
            "this is a template of KrakenD's flexible configuration, not yet JSON",
            "a template begins here",
        )
        .note("what it becomes depends on settings, partials and environment variables that are not in this file")
        .words("render it and name the result: FC_ENABLE=1 FC_OUT=out.json krakend check -c krakend.json"),
    )
}

/// `"security/cors": { … }`, as it is pasted into tickets and included by templates.
pub(super) fn fragment(stop: &Stop<'_>) -> Option<Finding> {
    let key = stop.scan.string.clone()?;
    let begins = stop.text.len() - stop.text.trim_start().len() == key.start;
    (begins && stop.found() == Some(':') && stop.before().trim_end().len() == key.end).then(|| {
        Finding::new(
            &rules::FRAGMENT,
            Place::new(key.start, key.end),
            "a member of an object without the object around it",
            "a `{` is missing before this",
        )
        .note("this is a part of a configuration; KrakenD reads a whole one")
        .words(EXAMPLE)
    })
}

/// YAML, TOML and the like: their first line cannot begin JSON.
pub(super) fn other(text: &str) -> Option<Finding> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"));
    let line = lines.next()?;
    let format = format(line, lines.next().unwrap_or_default())?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(
        Finding::new(
            &rules::OTHER_FORMAT,
            Place::new(start, start + line.len()),
            format!("this looks like {format}, not JSON"),
            "JSON begins with `{`",
        )
        .note("KrakenD reads some other formats too, but the policy is compiled from JSON alone")
        .words(match format {
            "YAML" => "name the JSON file itself; if it is embedded here, move it out, or convert it: yq -o=json krakend.yaml > krakend.json",
            _ => "convert it to JSON, and name the result",
        }),
    )
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

/// A remark. Only its first line is shown.
pub(super) fn comment(stop: &Stop<'_>) -> Option<Finding> {
    let at = stop.scan.comment?;
    let line = stop.text.get(at..)?.lines().next()?.trim_end();
    let (whole, remark) = match line.strip_prefix("/*") {
        Some(rest) => match rest.split_once("*/") {
            Some((remark, _)) => (&line[..remark.len() + 4], remark),
            None => (line, rest),
        },
        None => (line, line.trim_start_matches(['/', '#'])),
    };
    Some(
        Finding::new(
            &rules::COMMENT,
            Place::new(at, at + whole.len()),
            "JSON has no comments",
            "remove this",
        )
        .note("KrakenD refuses the file; keys that begin with `@`, `$`, `_` or `#` are ignored, and may hold remarks")
        .words(format!(
            "\"@comment\": {}",
            serde_json::Value::from(remark.trim_matches(['*', ' ', '\t']))
        )),
    )
}
