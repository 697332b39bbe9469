//! What is shown of a file: the lines of the labels, and of long lines what is around them.

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use super::secrets::{Secrets, Shown};
use super::{WIDEST, printable};
use crate::finding::{Finding, Label, Place, SHOWN};
use crate::literal::boundary;
use crate::source::Source;

/// Labels further apart than this many lines are drawn as snippets of their own.
const FARTHEST: usize = 12;

/// More bytes than this are not shown at once, however few lines they are.
const LARGEST: usize = 4096;

/// How much of a long line is kept on either side of a label. It is more than is shown, so that the
/// drawing shows that the line goes on.
const AROUND: usize = 4 * WIDEST;

/// Some lines with their labels.
pub(super) struct Excerpt<'a> {
    shown: Shown,
    /// Counted from one.
    first_line: usize,
    /// Places of what is shown.
    labels: Vec<(AnnotationKind, Place, &'a str)>,
    /// The line and the column of the first label in the source.
    position: (usize, usize),
}

type Labels<'a> = Vec<(AnnotationKind, &'a Label)>;

/// The lines to be shown: one excerpt, or one for each label where they are far apart.
pub(super) fn excerpts<'a>(
    finding: &'a Finding,
    source: &'a Source,
    secrets: &Secrets<'a>,
) -> Vec<Excerpt<'a>> {
    let at = finding.at.iter().take(SHOWN);
    let also = finding.also.iter().take(SHOWN);
    let labels: Labels<'a> = at
        .map(|label| (AnnotationKind::Primary, label))
        .chain(also.map(|label| (AnnotationKind::Context, label)))
        .collect();
    if fits(&labels, source) {
        vec![Excerpt::new(labels, source, secrets)]
    } else {
        labels
            .into_iter()
            .map(|label| Excerpt::new(vec![label], source, secrets))
            .collect()
    }
}

/// Whether all labels can be seen at once.
fn fits(labels: &Labels<'_>, source: &Source) -> bool {
    let (first, last) = lines(labels, source);
    let bytes = source.lines().bytes((first, last));
    if last - first > FARTHEST || bytes.end - bytes.start > LARGEST {
        return false;
    }
    // On one line they must not be further apart than the line is shown.
    first < last || {
        let start = labels.iter().map(|(_, label)| label.place.start).min();
        let end = labels.iter().map(|(_, label)| label.place.end).max();
        end.zip(start)
            .is_none_or(|(end, start)| end - start < WIDEST)
    }
}

/// The first and the last line of some labels.
fn lines(labels: &Labels<'_>, source: &Source) -> (usize, usize) {
    let lines = source.lines();
    let ranges: Vec<_> = labels
        .iter()
        .map(|(_, label)| lines.of(label.place))
        .collect();
    let first = ranges.iter().map(|range| range.0).min().unwrap_or_default();
    let last = ranges.iter().map(|range| range.1).max().unwrap_or_default();
    (first, last)
}

impl<'a> Excerpt<'a> {
    fn new(labels: Labels<'a>, source: &'a Source, secrets: &Secrets<'_>) -> Self {
        let lines = source.lines();
        let fits = fits(&labels, source);
        let first = labels
            .first()
            .map_or(Place::new(0, 0), |(_, label)| label.place);
        let (first_line, last_line) = if fits {
            self::lines(&labels, source)
        } else {
            (lines.line(first.start), lines.line(first.start))
        };
        let part = lines.bytes((first_line, last_line));
        let part = if fits {
            part
        } else {
            around(first.start, part, source.text())
        };
        let shown = secrets.part(part);
        let labels = labels
            .into_iter()
            .map(|(kind, label)| {
                let Place { start, end } = label.place;
                let end = end.min(part.end).max(start);
                let end = if fits {
                    end
                } else {
                    boundary(source.text(), end.min(start + WIDEST / 2))
                };
                (kind, shown.place(Place::new(start, end)), &*label.text)
            })
            .collect();
        Self {
            shown,
            first_line: first_line + 1,
            labels,
            position: lines.position(first),
        }
    }

    pub(super) fn snippet(&'a self, name: &'a str) -> Snippet<'a, Annotation<'a>> {
        let annotations = self.labels.iter().map(|(kind, place, label)| {
            let annotation = kind.span(place.range());
            if label.is_empty() {
                annotation
            } else {
                annotation.label(printable(label))
            }
        });
        Snippet::source(&self.shown.text)
            .path(name)
            .line_start(self.first_line)
            .annotations(annotations)
    }

    /// The line and the column of the first label in what is shown.
    fn shown_position(&self) -> (usize, usize) {
        let first = self.labels.first().map_or(0, |(_, place, _)| place.start);
        let before = self.shown.text.get(..first).unwrap_or_default();
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (self.first_line + before.matches('\n').count(), column)
    }
}

/// A drawing knows only what is shown: writes the places in the source instead.
pub(super) fn write_positions(excerpts: &[Excerpt<'_>], name: &str, drawn: &mut String) {
    let place = |(line, column)| format!("{name}:{line}:{column}\n");
    let mut from = 0;
    for excerpt in excerpts {
        let shown = place(excerpt.shown_position());
        if let Some(at) = drawn.get(from..).and_then(|rest| rest.find(&shown)) {
            let written = place(excerpt.position);
            drawn.replace_range(from + at..from + at + shown.len(), &written);
            from += at + written.len();
        }
    }
}

/// The part of a line that surrounds a byte.
fn around(at: usize, line: Place, text: &str) -> Place {
    let start = boundary(text, at.saturating_sub(AROUND));
    let end = boundary(text, at.saturating_add(AROUND).min(text.len()));
    Place::new(start.max(line.start), end.min(line.end).max(at))
}
