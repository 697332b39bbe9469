//! Files put together of the parts of two, and what must hold for any text.

use std::ops::Range;

use serde_json::Value;

use super::suggestions::{Counts, take};
use super::titles::misquoted;
use super::{draw, findings};

/// The parts of a file that are cut.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unit {
    File,
    Line,
    /// What is between two quotation marks of one line.
    String,
}

/// A cut in a text: in which of its parts, and where in that. Any two numbers say so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    pub(crate) part: usize,
    pub(crate) at: usize,
}

impl Unit {
    fn all(self, text: &str) -> Vec<Range<usize>> {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        });
        match self {
            Self::File => std::iter::once(0..text.len()).collect(),
            Self::Line => lines.collect(),
            Self::String => lines.flat_map(|line| strings(text, line)).collect(),
        }
    }

    /// The part and the byte in it.
    fn cut(self, text: &str, cut: Cut) -> (Range<usize>, usize) {
        let all = self.all(text);
        if all.is_empty() {
            return (0..0, 0);
        }
        let part = all[cut.part % all.len()].clone();
        let length = text[part.clone()].chars().count();
        let before = text[part.clone()].chars().take(cut.at % (length + 1));
        let at = part.start + before.map(char::len_utf8).sum::<usize>();
        (part, at)
    }
}

/// The insides of the strings of a line.
fn strings(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let marks: Vec<usize> = text[line.clone()]
        .match_indices('"')
        .map(|(at, _)| line.start + at)
        .collect();
    let pairs = marks.chunks_exact(2);
    pairs.map(|pair| pair[0] + 1..pair[1]).collect()
}

/// The first text, whose part goes on behind its cut as that of the second does behind its own.
pub(crate) fn spliced(
    unit: Unit,
    (one, first): (&str, Cut),
    (other, second): (&str, Cut),
) -> String {
    let (part, at) = unit.cut(one, first);
    let (its_part, its_at) = unit.cut(other, second);
    [&one[..at], &other[its_at..its_part.end], &one[part.end..]].concat()
}

/// What is wrong with the findings of a text.
pub(crate) fn complaint(text: &str, counts: &mut Counts) -> Result<(), String> {
    let (source, found) = findings("krakend.json", text.as_bytes());
    for finding in &found {
        let drawn = draw(finding, &source);
        if !drawn.contains(finding.rule.name) {
            return Err(format!("{drawn}\ndoes not say why, in {text}"));
        }
        if let Some(misquoted) = misquoted(finding, text) {
            return Err(format!("{misquoted}, in {text}"));
        }
    }
    if serde_json::from_str::<Value>(text).is_ok() {
        take("a splice", text, counts)?;
    }
    Ok(())
}
