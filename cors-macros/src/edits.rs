//! A suggestion as edits of the text that it is about.

use crate::finding::{Finding, Help, Place};

/// A text to write in a place. The place is empty where something is added, the text where something
/// is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) place: Place,
    pub(crate) text: String,
}

/// What a finding suggests, in order. `None` where that is in words.
pub(crate) fn of(finding: &Finding, text: &str) -> Option<Vec<Edit>> {
    let edit = |place: Place, text: &str| Edit {
        place,
        text: text.to_owned(),
    };
    let edits = match &finding.help {
        Help::Write(place, with) => vec![edit(*place, with)],
        Help::Remove(places) => {
            let places = neighbours(text, places).into_iter();
            places
                .map(|place| edit(with_comma(text, place), ""))
                .collect()
        }
        Help::Add(place, with) => {
            let end = place.end.saturating_sub(1);
            let inside = text.get(place.start + 1..end)?;
            let comma = if inside.trim().is_empty() { "" } else { ", " };
            vec![edit(Place::new(end, end), &format!("{comma}{with}"))]
        }
        Help::OfRule | Help::Render(_) | Help::Words(_) => return None,
    };
    Some(edits)
}

/// The text after what a finding suggests is done. `None` where that is in words.
pub(crate) fn mended(text: &str, finding: &Finding) -> Option<String> {
    let edits = of(finding, text)?;
    Some(apply(text, &edits))
}

/// The text after edits that are in order and do not overlap.
pub(crate) fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for Edit { place, text: with } in edits {
        edited.push_str(text.get(at..place.start).unwrap_or_default());
        edited.push_str(with);
        at = place.end;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

/// Where everything is after some edits.
pub(crate) struct Moved {
    /// The place of each edit, before and after all of them.
    places: Vec<(Place, Place)>,
}

impl Moved {
    /// The edits are in order.
    pub(crate) fn by(edits: &[&Edit]) -> Self {
        let (mut last, mut end) = (0, 0);
        let places = edits.iter().map(|Edit { place, text }| {
            let start = end + place.start.saturating_sub(last);
            (last, end) = (place.end, start + text.len());
            (*place, Place::new(start, end))
        });
        Self {
            places: places.collect(),
        }
    }

    /// The last edit that begins at a byte or before it.
    fn edit(&self, at: usize) -> Option<(Place, Place)> {
        let next = self.places.partition_point(|(place, _)| place.start <= at);
        self.places.get(next.checked_sub(1)?).copied()
    }

    /// What one edit has put in place of all that was in a place.
    pub(crate) fn replaced(&self, place: Place) -> Option<Place> {
        let (before, after) = self.edit(place.start)?;
        (place.end <= before.end).then_some(after)
    }

    /// Where a byte is that no edit has replaced.
    pub(crate) fn position(&self, at: usize) -> usize {
        match self.edit(at) {
            Some((before, after)) => after.end + at.saturating_sub(before.end),
            None => at,
        }
    }
}

/// The places, with elements next to each other as one.
fn neighbours(text: &str, places: &[Place]) -> Vec<Place> {
    let mut places = places.to_vec();
    places.sort_unstable();
    let between = |c: char| c == ',' || c.is_whitespace();
    let is_next = |last: Place, place: Place| {
        let gap = text.get(last.end..place.start);
        gap.is_some_and(|gap| gap.chars().all(between))
    };
    let mut merged: Vec<Place> = Vec::new();
    for place in places {
        match merged.last_mut() {
            Some(last) if is_next(*last, place) => last.end = place.end,
            _ => merged.push(place),
        }
    }
    merged
}

/// An element with the comma that separates it from the next, or else from the one before, and with
/// the space that it leaves.
fn with_comma(text: &str, Place { start, end }: Place) -> Place {
    let (before, after) = (
        text.get(..start).unwrap_or_default(),
        text.get(end..).unwrap_or_default(),
    );
    let rest = match after.trim_start().strip_prefix(',') {
        Some(rest) => rest,
        None => match before.trim_end().strip_suffix(',') {
            Some(before) => return Place::new(before.trim_end().len(), end),
            // Nothing is left between the brackets.
            None => {
                let after = after.trim_start();
                return Place::new(before.trim_end().len(), text.len() - after.len());
            }
        },
    };
    let blanks = [' ', '\t'];
    let (before, rest) = (
        before.trim_end_matches(blanks),
        rest.trim_start_matches(blanks),
    );
    let place = |start: usize, rest: &str| Place::new(start, text.len() - rest.len());
    match rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')) {
        // Nothing else is on its lines.
        Some(next) if before.ends_with('\n') => place(before.len(), next),
        Some(_) => place(before.len(), rest),
        None => place(start, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, Moved, apply, mended};
    use crate::finding::{Finding, Place};
    use crate::rules;

    /// What is left of a text without the entries that are `"x"`.
    fn without(text: &str) -> String {
        let place = |(at, x): (usize, &str)| Place::new(at, at + x.len());
        let mut places = text.match_indices("\"x\"").map(place);
        let list = Place::new(0, text.len());
        let entry = |place: Place| {
            let value = (place, "\"x\"");
            Finding::of_entry(&rules::DUPLICATE_METHOD, list, value, "{} here", "this")
                .remove(place)
        };
        let mut finding = entry(places.next().unwrap());
        finding.merge(places.map(entry).collect());
        mended(text, &finding).unwrap()
    }

    #[test]
    fn an_entry_is_removed_with_its_comma_and_its_space() {
        for (text, expected) in [
            (r#"["x"]"#, "[]"),
            (r#"["x", "b"]"#, r#"["b"]"#),
            (r#"["a", "x"]"#, r#"["a"]"#),
            (r#"["a", "x", "b"]"#, r#"["a", "b"]"#),
            (r#"["x", "x"]"#, "[]"),
            (r#"["a", "x", "x"]"#, r#"["a"]"#),
            (r#"["x", "a", "x"]"#, r#"["a"]"#),
            (r#"["x" ,"a" , "x" ]"#, r#"["a" ]"#),
            ("[\n  \"x\",\n  \"b\"\n]", "[\n  \"b\"\n]"),
            ("[\n  \"a\",\n  \"x\"\n]", "[\n  \"a\"\n]"),
            (
                "[\n  \"a\",\n  \"x\",\n  \"b\"\n]",
                "[\n  \"a\",\n  \"b\"\n]",
            ),
            ("[\n  \"x\"\n]", "[]"),
            ("[\r\n\t\"x\",\r\n\t\"b\"\r\n]", "[\r\n\t\"b\"\r\n]"),
            ("[\"a\", \"x\",\n \"b\"]", "[\"a\",\n \"b\"]"),
            ("[\n  \"x\", \"b\"\n]", "[\n  \"b\"\n]"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn places_move_with_the_edits_before_them() {
        let edit = |start, end, text: &str| Edit {
            place: Place::new(start, end),
            text: text.to_owned(),
        };
        let edits = [edit(2, 4, ""), edit(5, 6, "xyz"), edit(8, 8, "!")];
        let edits: Vec<&Edit> = edits.iter().collect();
        assert_eq!(apply("0123456789", edits.clone()), "014xyz67!89");
        let moved = Moved::by(&edits);
        for (before, after) in [(0, 0), (1, 1), (4, 2), (6, 6), (7, 7), (8, 9), (9, 10)] {
            assert_eq!(moved.position(before), after, "{before}");
        }
        for (before, after) in [
            ((2, 3), Some((2, 2))),
            ((2, 5), None),
            ((4, 5), None),
            ((5, 6), Some((3, 6))),
        ] {
            let place = |(start, end)| Place::new(start, end);
            assert_eq!(
                moved.replaced(place(before)),
                after.map(place),
                "{before:?}"
            );
        }
    }
}
