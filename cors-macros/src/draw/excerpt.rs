//! What is shown of a file: the lines of the labels, and of long lines what is around them.

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use super::WIDEST;
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
    text: &'a str,
    /// Counted from one.
    first_line: usize,
    /// How much of the first line is left out in front, in characters.
    left_out: usize,
    start: usize,
    labels: Vec<(AnnotationKind, Place, &'a str)>,
}

type Labels<'a> = Vec<(AnnotationKind, &'a Label)>;

/// The lines to be shown: one excerpt, or one for each label where they are far apart.
pub(super) fn excerpts<'a>(finding: &'a Finding, source: &'a Source) -> Vec<Excerpt<'a>> {
    let at = finding.at.iter().take(SHOWN);
    let also = finding.also.iter().take(SHOWN);
    let labels: Labels<'a> = at
        .map(|label| (AnnotationKind::Primary, label))
        .chain(also.map(|label| (AnnotationKind::Context, label)))
        .collect();
    if fits(&labels, source) {
        vec![Excerpt::new(labels, source)]
    } else {
        labels
            .into_iter()
            .map(|label| Excerpt::new(vec![label], source))
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
    fn new(labels: Labels<'a>, source: &'a Source) -> Self {
        let lines = source.lines();
        let fits = fits(&labels, source);
        let first = labels.first().map_or(0, |(_, label)| label.place.start);
        let (first_line, last_line) = if fits {
            self::lines(&labels, source)
        } else {
            (lines.line(first), lines.line(first))
        };
        let line = lines.bytes((first_line, last_line));
        let shown = if fits {
            line
        } else {
            around(first, line, source.text())
        };
        let part = |place: Place| source.text().get(place.range()).unwrap_or_default();
        let labels = labels
            .into_iter()
            .map(|(kind, label)| {
                let end = label.place.end.min(shown.end).max(label.place.start);
                let end = if fits {
                    end
                } else {
                    boundary(source.text(), end.min(label.place.start + WIDEST / 2))
                };
                (kind, Place::new(label.place.start, end), &*label.text)
            })
            .collect();
        Self {
            text: part(Place::new(shown.start, shown.end)),
            first_line: first_line + 1,
            left_out: part(Place::new(line.start, shown.start)).chars().count(),
            start: shown.start,
            labels,
        }
    }

    pub(super) fn snippet(&self, name: &'a str) -> Snippet<'a, Annotation<'a>> {
        let annotations = self.labels.iter().map(|(kind, place, label)| {
            let annotation = kind.span(place.start - self.start..place.end - self.start);
            if label.is_empty() {
                annotation
            } else {
                annotation.label(*label)
            }
        });
        Snippet::source(self.text)
            .path(name)
            .line_start(self.first_line)
            .annotations(annotations)
    }

    /// Mends the column in a drawing that knows only what was cut out of the line.
    pub(super) fn with_column(&self, name: &str, drawn: String) -> String {
        let Some((_, place, _)) = self.labels.first().filter(|_| self.left_out > 0) else {
            return drawn;
        };
        let before = self.text.get(..place.start - self.start);
        let column = before.map_or(0, |before| before.chars().count()) + 1;
        let place = |column| format!("{name}:{}:{column}\n", self.first_line);
        drawn.replacen(&place(column), &place(column + self.left_out), 1)
    }
}

/// The part of a line that surrounds a byte.
fn around(at: usize, line: Place, text: &str) -> Place {
    let start = boundary(text, at.saturating_sub(AROUND));
    let end = boundary(text, at.saturating_add(AROUND).min(text.len()));
    Place::new(start.max(line.start), end.min(line.end).max(at))
}
