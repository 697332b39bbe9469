//! Lines and columns of a text.

use crate::finding::Place;

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: &'t [usize],
}

/// The starts of all lines.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, starts: &'t [usize]) -> Self {
        Self { text, starts }
    }

    /// The line of a byte, counted from zero.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// The line and the column where a place begins, both counted from one, in characters.
    pub(crate) fn position(&self, place: Place) -> (usize, usize) {
        let line = self.line(place.start);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(start..place.start);
        (line + 1, before.map_or(0, |text| text.chars().count()) + 1)
    }

    /// The first and the last line of a place.
    pub(crate) fn of(&self, place: Place) -> (usize, usize) {
        let Place { start, end } = place;
        (
            self.line(start),
            self.line(end.saturating_sub(1).max(start)),
        )
    }

    /// The bytes of some lines, both included, without the last line break.
    pub(crate) fn bytes(&self, (first, last): (usize, usize)) -> Place {
        let start = self.starts.get(first).copied().unwrap_or_default();
        let Some(next) = self.starts.get(last + 1) else {
            return Place::new(start, self.text.len());
        };
        let end = next - 1;
        let carriage = self.text.as_bytes().get(..end);
        let carriage = carriage.is_some_and(|before| before.ends_with(b"\r"));
        Place::new(start, (end - usize::from(carriage)).max(start))
    }
}
