//! What is wrong with a text that is not JSON, in words that help.

use crate::finding::{Finding, Place};
use crate::rules;

/// Nesting that Go's reader, and so KrakenD, gives up at.
const DEEPEST: usize = 10_000;

/// The mistake that keeps a text from being JSON.
pub(super) fn explain(text: &str, error: &serde_json::Error) -> Finding {
    let at = offset(text, error);
    let scan = Scan::over(text, at);
    not_json_at_all(text)
        .or_else(|| template(&scan))
        .or_else(|| fragment(text, at))
        .or_else(|| other_format(text))
        .or_else(|| comment(text, &scan))
        .or_else(|| trailing_comma(text, at))
        .or_else(|| unclosed(text, at, &scan))
        .unwrap_or_else(|| plain(text, at, error))
}

/// A document nested deeper than KrakenD reads.
pub(super) fn too_deep(text: &str) -> Option<Finding> {
    let scan = Scan::over(text, text.len());
    let at = scan.too_deep?;
    Some(
        Finding::new(
            &rules::NOT_JSON,
            Place::new(at, at + 1),
            format!("nested more than {DEEPEST} levels deep"),
            "one level too many",
        )
        .note("KrakenD stops reading here, and starts without its configuration")
        .help("remove what nests this deep; no gateway needs it"),
    )
}

/// Where `serde_json` stopped, in bytes.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.trim_end().len();
    }
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What stands outside the strings of a text up to some place.
#[derive(Default)]
struct Scan {
    /// The first `{{`.
    template: Option<usize>,
    /// The first `//`, `/*` or `#`.
    comment: Option<usize>,
    /// The brackets that are open at the end.
    open: Vec<usize>,
    too_deep: Option<usize>,
}

impl Scan {
    fn over(text: &str, end: usize) -> Self {
        let bytes = text.as_bytes();
        let mut scan = Self::default();
        let mut at = 0;
        // A template's second brace and a comment's second slash stand behind the error.
        let end = (end + 2).min(bytes.len());
        while let Some(&byte) = bytes.get(at).filter(|_| at < end) {
            let next = bytes.get(at + 1).copied();
            match byte {
                b'"' => at = string_end(bytes, at + 1),
                b'{' | b'[' => {
                    if byte == b'{' && next == Some(b'{') {
                        scan.template.get_or_insert(at);
                    }
                    scan.open.push(at);
                    if scan.open.len() > DEEPEST {
                        scan.too_deep.get_or_insert(at);
                    }
                }
                b'}' | b']' => {
                    scan.open.pop();
                }
                b'#' => {
                    scan.comment.get_or_insert(at);
                }
                b'/' if matches!(next, Some(b'/' | b'*')) => {
                    scan.comment.get_or_insert(at);
                }
                _ => {}
            }
            at += 1;
        }
        scan
    }
}

/// The closing quotation mark of a string whose inside begins at `at`.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            // An unclosed string must not swallow the rest of the file.
            b'\n' => return at,
            _ => at += 1,
        }
    }
    at
}

fn not_json_at_all(text: &str) -> Option<Finding> {
    text.trim().is_empty().then(|| {
        Finding::new(
            &rules::EMPTY_FILE,
            Place::new(0, 0),
            "the file is empty",
            "",
        )
        .note("KrakenD does not start with it")
        .help(EXAMPLE)
    })
}

const EXAMPLE: &str = "{ \"version\": 3, \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } } }";

fn template(scan: &Scan) -> Option<Finding> {
    let at = scan.template?;
    Some(
        Finding::new(
            &rules::TEMPLATE,
            Place::new(at, at + 2),
            "this is a template of KrakenD's flexible configuration, not yet JSON",
            "a template begins here",
        )
        .note("what it becomes depends on settings, partials and environment variables that are not in this file")
        .help("render it and name the result: FC_ENABLE=1 FC_OUT=out.json krakend check -c krakend.json"),
    )
}

/// `"security/cors": { … }`, as it is pasted into tickets and included by templates.
fn fragment(text: &str, at: usize) -> Option<Finding> {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].strip_prefix('"')?;
    let after = text.get(at..)?;
    let colon = after.trim_start().starts_with(':') && !first.is_empty();
    colon.then(|| {
        Finding::new(
            &rules::FRAGMENT,
            Place::new(start, at.max(start + 1)),
            "a member of an object without the object around it",
            "braces are missing before this",
        )
        .note("this is a part of a configuration; KrakenD reads a whole one")
        .help(EXAMPLE)
    })
}

/// YAML, TOML and the like: their first line cannot begin JSON.
fn other_format(text: &str) -> Option<Finding> {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"))?;
    let key = |sign: char| {
        line.split_once(sign).is_some_and(|(key, _)| {
            !key.is_empty()
                && key
                    .trim()
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"_-./".contains(&b))
        })
    };
    let table = line.starts_with('[')
        && line.ends_with(']')
        && line[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '[');
    let format = if line == "---" || line.starts_with("- ") || key(':') {
        "YAML"
    } else if table || key('=') {
        "TOML"
    } else if line.starts_with('<') {
        "XML"
    } else {
        return None;
    };
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(
        Finding::new(
            &rules::OTHER_FORMAT,
            Place::new(start, start + line.len()),
            format!("this looks like {format}, not JSON"),
            "JSON begins with `{`",
        )
        .note("KrakenD reads other formats too, but the policy is compiled from JSON alone")
        .help(match format {
            "YAML" => "name the JSON file itself; if it is embedded here, move it out, or convert it: yq -o=json krakend.yaml > krakend.json",
            _ => "convert it to JSON and name the result",
        }),
    )
}

fn comment(text: &str, scan: &Scan) -> Option<Finding> {
    let at = scan.comment?;
    let line = text.get(at..)?.lines().next()?;
    Some(
        Finding::new(
            &rules::COMMENT,
            Place::new(at, at + line.trim_end().len()),
            "JSON has no comments",
            "remove this",
        )
        .note("KrakenD refuses the file; keys that begin with `@`, `$`, `_` or `#` are ignored, and may hold remarks")
        .help(format!(
            "\"@comment\": {}",
            serde_json::Value::from(line.trim_start_matches(['/', '*', '#']).trim_end_matches(['*', '/']).trim())
        )),
    )
}

fn trailing_comma(text: &str, at: usize) -> Option<Finding> {
    let closing = text.get(at..)?.trim_start().chars().next()?;
    let before = text.get(..at)?.trim_end();
    if !matches!(closing, '}' | ']') || !before.ends_with(',') {
        return None;
    }
    let comma = before.len() - 1;
    Some(
        Finding::new(
            &rules::TRAILING_COMMA,
            Place::new(comma, comma + 1),
            format!("a comma before `{closing}`"),
            "remove this",
        )
        .note("JSON separates with commas and does not end with one; KrakenD refuses the file")
        .help("end the last element without a comma"),
    )
}

/// The text ends while something is open, or closes what was not opened last.
fn unclosed(text: &str, at: usize, scan: &Scan) -> Option<Finding> {
    if at < text.trim_end().len() {
        return None;
    }
    let open = *scan.open.last()?;
    let (bracket, closing) = match text.as_bytes().get(open)? {
        b'{' => ('{', '}'),
        _ => ('[', ']'),
    };
    Some(
        Finding::new(
            &rules::NOT_JSON,
            Place::new(at, at),
            format!("the file ends before `{bracket}` is closed"),
            format!("`{closing}` is missing"),
        )
        .also(Place::new(open, open + 1), "opened here")
        .note("KrakenD does not start with it")
        .help(format!("{closing}")),
    )
}

/// Everything else, in `serde_json`'s words.
fn plain(text: &str, at: usize, error: &serde_json::Error) -> Finding {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let (headline, label, help) = match words {
        "expected `,` or `}`" | "expected `,` or `]`" => {
            let before = text.get(..at).map_or(0, |t| t.trim_end().len());
            return Finding::new(
                &rules::NOT_JSON,
                Place::new(before, before),
                "two elements without a comma between them",
                "a comma is missing here",
            )
            .note("KrakenD does not start with it")
            .help("put a comma behind every element but the last");
        }
        "key must be a string" => (
            "a key is not in quotation marks".to_owned(),
            "write it as \"…\"",
            "JSON keys and strings stand in double quotation marks",
        ),
        "expected value" if text.get(at..).is_some_and(|t| t.starts_with('\'')) => (
            "a string in single quotation marks".to_owned(),
            "write it as \"…\"",
            "JSON keys and strings stand in double quotation marks",
        ),
        "expected value" => (
            "a value is missing or is none that JSON knows".to_owned(),
            "expected a value here",
            "a string in double quotation marks, a number, a list, an object, `true`, `false` or `null`",
        ),
        "trailing characters" => (
            "something follows after the end of the document".to_owned(),
            "the document ended before this",
            "one file holds one object",
        ),
        "expected `:`" => (
            "a key without a colon".to_owned(),
            "expected `:`",
            "\"key\": value",
        ),
        "control character (\\u0000-\\u001F) found while parsing a string" => (
            "a string runs over the end of its line, or holds a control character".to_owned(),
            "is a quotation mark missing before this?",
            "close the string, or write the character as an escape: \\n, \\t",
        ),
        other => (other.to_owned(), "here", "write it as JSON does"),
    };
    let end = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(at, |c| at + c.len_utf8());
    Finding::new(&rules::NOT_JSON, Place::new(at, end), headline, label)
        .note("KrakenD does not start with it")
        .help(help)
}
