//! A part of the source with `…` for what is not shown.

use crate::finding::Place;

const HIDDEN: &str = "…";

pub(in crate::draw) struct Shown {
    pub(in crate::draw) text: String,
    part: Place,
    /// What is hidden in that part, in order.
    hidden: Vec<Place>,
}

impl Shown {
    /// `hidden` is in order. It may overlap, and go beyond the part.
    pub(in crate::draw) fn new(
        source: &str,
        part: Place,
        hidden: impl Iterator<Item = Place>,
    ) -> Self {
        let inside = hidden
            .take_while(|place| place.start < part.end)
            .map(|place| Place::new(place.start.max(part.start), place.end.min(part.end)))
            .filter(|place| place.start < place.end);
        let mut hidden: Vec<Place> = Vec::new();
        for place in inside {
            match hidden.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => hidden.push(place),
            }
        }
        let mut text = String::new();
        let mut at = part.start;
        for place in &hidden {
            text.push_str(source.get(at..place.start).unwrap_or_default());
            text.push_str(HIDDEN);
            at = place.end;
        }
        text.push_str(source.get(at..part.end).unwrap_or_default());
        Self { text, part, hidden }
    }

    /// Whether nothing is hidden.
    pub(in crate::draw) fn is_whole(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Where a place of the source is in the text.
    pub(in crate::draw) fn place(&self, place: Place) -> Place {
        let end = self.at(place.end, HIDDEN.len());
        let start = if place.start == place.end {
            end
        } else {
            self.at(place.start, 0)
        };
        Place::new(start, end)
    }

    /// Where a byte of the source is in the text: of what is hidden, so many bytes behind its start.
    fn at(&self, at: usize, behind: usize) -> usize {
        let (mut text, mut source) = (0, self.part.start);
        for hidden in self.hidden.iter().take_while(|hidden| hidden.start < at) {
            text += hidden.start - source;
            if at < hidden.end {
                return text + behind;
            }
            text += HIDDEN.len();
            source = hidden.end;
        }
        text + at.saturating_sub(source)
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::finding::Place;

    #[test]
    fn places_that_overlap_are_hidden_as_one() {
        let places = [(0, 3), (1, 2), (2, 5), (7, 8), (8, 9), (10, 20)];
        let places = places.map(|(start, end)| Place::new(start, end));
        let shown = Shown::new("0123456789abcdef", Place::new(1, 12), places.into_iter());
        assert_eq!(shown.text, "…56……9…");
        // Before, in, and behind what is hidden.
        for (before, after) in [((1, 5), (0, 3)), ((5, 7), (3, 5)), ((9, 10), (11, 12))] {
            let place = shown.place(Place::new(before.0, before.1));
            assert_eq!((place.start, place.end), after, "{before:?}");
        }
    }
}
