//! Lines and columns of a text.

use std::cell::OnceCell;

use crate::finding::Place;

/// Within so many bytes of a line, characters are counted each time.
const BLOCK: usize = 4096;

/// What is known of the lines of a text.
#[derive(Debug)]
pub(super) struct Index {
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters are before each block of bytes. Only long lines need it: to count all of
    /// one for each of its findings takes time with the square of their number.
    characters: OnceCell<Vec<usize>>,
}

impl Index {
    pub(super) fn of(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            starts: std::iter::once(0).chain(breaks).collect(),
            characters: OnceCell::new(),
        }
    }
}

/// The lines of a text.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    index: &'t Index,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, index: &'t Index) -> Self {
        Self { text, index }
    }

    /// Where a line begins that is counted from zero.
    fn start(&self, line: usize) -> Option<usize> {
        self.index.starts.get(line).copied()
    }

    /// The line of a byte, counted from zero.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.index.starts.partition_point(|start| *start <= at) - 1
    }

    /// The line and the column where a place begins, both counted from one, in characters.
    pub(crate) fn position(&self, place: Place) -> (usize, usize) {
        let line = self.line(place.start);
        let start = self.start(line).unwrap_or_default();
        let before = if place.start - start <= BLOCK {
            self.count(start, place.start)
        } else {
            self.before(place.start) - self.before(start)
        };
        (line + 1, before + 1)
    }

    /// How many characters begin between two bytes.
    fn count(&self, from: usize, to: usize) -> usize {
        let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
        bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
    }

    /// How many characters begin before a byte.
    fn before(&self, at: usize) -> usize {
        let characters = self.index.characters.get_or_init(|| {
            let blocks = (0..=self.text.len() / BLOCK).map(|block| block * BLOCK);
            blocks
                .scan(0, |before, start| {
                    let here = *before;
                    *before += self.count(start, self.text.len().min(start + BLOCK));
                    Some(here)
                })
                .collect()
        });
        let block = at / BLOCK;
        characters.get(block).copied().unwrap_or_default() + self.count(block * BLOCK, at)
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
        let start = self.start(first).unwrap_or_default();
        let Some(next) = self.start(last + 1) else {
            return Place::new(start, self.text.len());
        };
        let end = next - 1;
        let carriage = self.text.as_bytes().get(..end);
        let carriage = carriage.is_some_and(|before| before.ends_with(b"\r"));
        Place::new(start, (end - usize::from(carriage)).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Index, Lines};
    use crate::finding::Place;

    #[test]
    fn a_column_is_a_character_on_long_lines_too() {
        let unit = "aä漢𝄞\r";
        let line = unit.repeat(3 * BLOCK / unit.len());
        let text = format!("ä\n{line}\n{line}");
        let index = Index::of(&text);
        let lines = Lines::new(&text, &index);
        for (at, _) in text.char_indices() {
            let before = &text[..at];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let expected = (
                before.matches('\n').count() + 1,
                text[start..at].chars().count() + 1,
            );
            assert_eq!(lines.position(Place::new(at, at)), expected, "{at}");
        }
    }
}
