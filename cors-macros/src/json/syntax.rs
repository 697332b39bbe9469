//! What is wrong with a text that is not JSON, in words that help.

mod formats;
mod scan;
mod structure;
mod tokens;

use crate::finding::{Finding, Place};
use crate::rules;
use scan::Scan;

/// Nesting that Go's reader, and so KrakenD, gives up at.
const DEEPEST: usize = 10_000;

/// The mistakes that keep a text from being JSON: the first, and where that is a missing pair of
/// braces, the one inside them too.
pub(super) fn explain(text: &str, error: &serde_json::Error) -> Vec<Finding> {
    if text.trim().is_empty() {
        return vec![formats::empty()];
    }
    let stop = Stop::new(text, error);
    let alone = formats::template(&stop)
        .or_else(|| deep(&stop.scan))
        .or_else(|| formats::other(text));
    if let Some(finding) = alone {
        return vec![finding];
    }
    if let Some(finding) = formats::fragment(&stop) {
        let mut findings = vec![finding];
        findings.extend(inside_of_fragment(text));
        return findings;
    }
    let finding = formats::comment(&stop)
        .or_else(|| structure::explain(&stop))
        .unwrap_or_else(|| tokens::explain(&stop));
    vec![finding]
}

/// A document nested deeper than KrakenD reads.
pub(super) fn too_deep(text: &str) -> Option<Finding> {
    deep(&Scan::over(text, text.len()))
}

fn deep(scan: &Scan) -> Option<Finding> {
    let at = scan.too_deep?;
    let finding = Finding::new(
        &rules::NOT_JSON,
        Place::new(at, at + 1),
        format!("nested more than {DEEPEST} levels deep"),
        "one level too many",
    );
    Some(
        finding
            .note("KrakenD stops reading here, and does not start")
            .words("remove what nests this deep; no gateway needs it"),
    )
}

/// What is wrong with a fragment beside its missing braces.
fn inside_of_fragment(text: &str) -> Vec<Finding> {
    // On lines of their own, so that a comment at the end does not swallow the brace.
    let whole = format!("{{{text}\n}}");
    let Err(error) = serde_json::from_str::<&serde_json::value::RawValue>(&whole) else {
        return Vec::new();
    };
    let back = |place: Place| {
        let moved = |at: usize| at.saturating_sub(1).min(text.len());
        Place::new(moved(place.start), moved(place.end))
    };
    let mut findings = explain(&whole, &error);
    for finding in &mut findings {
        for mark in &mut finding.at {
            mark.place = back(mark.place);
        }
        // The brace that was put in front is nothing to point at.
        finding.also.retain(|mark| mark.place.start > 0);
        for mark in &mut finding.also {
            mark.place = back(mark.place);
        }
    }
    findings
}

/// Where and why the parser stopped.
struct Stop<'t> {
    text: &'t str,
    at: usize,
    /// The parser's own words, without the place.
    words: String,
    is_end: bool,
    /// What stands before.
    scan: Scan,
}

impl<'t> Stop<'t> {
    fn new(text: &'t str, error: &serde_json::Error) -> Self {
        let at = offset(text, error);
        let words = error.to_string();
        Self {
            text,
            at,
            words: words.split(" at line ").next().unwrap_or_default().into(),
            is_end: error.is_eof(),
            scan: Scan::over(text, at),
        }
    }

    /// The character that the parser stopped at.
    fn found(&self) -> Option<char> {
        self.after().chars().next()
    }

    fn after(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// The place of the character, or of the end.
    fn place(&self) -> Place {
        let len = self.found().map_or(0, char::len_utf8);
        Place::new(self.at, self.at + len)
    }

    /// The bracket that is open here, and the one that closes it.
    fn open(&self) -> Option<(usize, char, char)> {
        let at = *self.scan.open.last()?;
        match self.text.as_bytes().get(at)? {
            b'{' => Some((at, '{', '}')),
            _ => Some((at, '[', ']')),
        }
    }
}

/// Where `serde_json` stopped, in bytes.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.trim_end().len();
    }
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A mistake in the text that has no name of its own.
fn not_json(
    place: Place,
    headline: impl Into<String>,
    label: impl Into<String>,
    help: impl Into<String>,
) -> Finding {
    Finding::new(&rules::NOT_JSON, place, headline, label)
        .note("KrakenD does not start with it")
        .words(help)
}
