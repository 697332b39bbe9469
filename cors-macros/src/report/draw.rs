//! Draws a finding as the compiler draws its own.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::finding::{Finding, Mark, Place};
use crate::source::Source;

/// Lines longer than this are cut around the place.
const WIDEST: usize = 120;

/// Marks further apart than this many lines are drawn as snippets of their own.
const FARTHEST: usize = 12;

/// The finding as text, without the level in front: the compiler writes that.
///
/// A configuration that is written in the call is not drawn, since the compiler does so itself.
pub(crate) fn draw(finding: &Finding, source: &Source) -> String {
    let mut group = Group::with_title(Level::ERROR.primary_title(&finding.headline));
    match source.name() {
        Some(name) if !source.text().is_empty() => {
            let lines = Lines::of(source.text());
            group = group.elements(cuts(finding, &lines).iter().map(|cut| cut.snippet(name)));
        }
        Some(_) => {}
        None => {
            if !finding.at.label.is_empty() {
                let label = &finding.at.label;
                group = group.element(Level::NOTE.with_name("here").message(label));
            }
            for mark in &finding.also {
                let text = &source.text()[mark.place.range()];
                let message = format!("`{text}`: {}", mark.label);
                group = group.element(Level::NOTE.with_name("and").message(message));
            }
        }
    }
    let mut notes = finding.notes.iter().map(String::as_str);
    let first = notes.next().unwrap_or(finding.rule.meaning);
    group = group.element(Level::NOTE.message(format!("`{}`: {first}", finding.rule.name)));
    group = group.elements(notes.map(|note| Level::NOTE.message(note)));
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help));
    }
    let drawn = Renderer::plain().term_width(WIDEST).render(&[group]);
    let drawn = drawn.strip_prefix("error: ").unwrap_or(&drawn);
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            text,
            starts: std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// The first and the last line of a place, counted from zero.
    fn of_mark(&self, mark: &Mark) -> (usize, usize) {
        let line = |at| self.starts.partition_point(|start| *start <= at) - 1;
        let Place { start, end } = mark.place;
        (line(start), line(end.saturating_sub(1).max(start)))
    }

    /// The bytes of some lines, both ends included.
    fn bytes(&self, (first, last): (usize, usize)) -> Place {
        let end = self
            .starts
            .get(last + 1)
            .copied()
            .unwrap_or(self.text.len());
        Place::new(self.starts[first], end)
    }
}

/// A run of lines with its marks.
struct Cut<'a> {
    text: &'a str,
    first_line: usize,
    start: usize,
    marks: Vec<(AnnotationKind, &'a Mark)>,
}

/// The lines to be shown: one cut, or one a mark where the marks stand far apart.
fn cuts<'a>(finding: &'a Finding, lines: &Lines<'a>) -> Vec<Cut<'a>> {
    let cut = |marks: Vec<(AnnotationKind, &'a Mark)>| {
        let ranges: Vec<_> = marks.iter().map(|(_, mark)| lines.of_mark(mark)).collect();
        let first = ranges.iter().map(|range| range.0).min().unwrap_or_default();
        let last = ranges.iter().map(|range| range.1).max().unwrap_or_default();
        let place = lines.bytes((first, last));
        let cut = Cut {
            text: &lines.text[place.range()],
            first_line: first + 1,
            start: place.start,
            marks,
        };
        (cut, last - first)
    };
    let marks: Vec<_> = std::iter::once((AnnotationKind::Primary, &finding.at))
        .chain(
            finding
                .also
                .iter()
                .map(|mark| (AnnotationKind::Context, mark)),
        )
        .collect();
    match cut(marks.clone()) {
        (whole, distance) if distance <= FARTHEST => vec![whole],
        _ => marks.into_iter().map(|mark| cut(vec![mark]).0).collect(),
    }
}

impl<'a> Cut<'a> {
    fn snippet(&self, name: &'a str) -> Snippet<'a, Annotation<'a>> {
        let annotations = self.marks.iter().map(|(kind, mark)| {
            let Place { start, end } = mark.place;
            let annotation = kind.span(start - self.start..end - self.start);
            match mark.label.is_empty() {
                true => annotation,
                false => annotation.label(&mark.label),
            }
        });
        Snippet::source(self.text)
            .path(name)
            .line_start(self.first_line)
            .annotations(annotations)
    }
}
