//! One mistake, with everything that its message says.

use std::collections::HashSet;
use std::ops::Range;

use crate::literal::quoted_list;
use crate::rules::{Level, Rule};

/// Bytes of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Place {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The bracket or the quotation mark that it begins with.
    pub(crate) fn opening(self) -> Self {
        Self::new(self.start, self.start + 1)
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place and the text beside it.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) place: Place,
    pub(crate) text: String,
}

/// A mistake as it is shown to the user.
///
/// What the rule says of every such mistake, why it is one and what to do, is in the [`Rule`]. Here
/// is what depends on the file.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    title: Title,
    /// Where it is. Several places are the same mistake in one list; none is the file's path.
    pub(crate) at: Vec<Label>,
    /// Places that have their part in it.
    pub(crate) also: Vec<Label>,
    /// What to say besides the rule's meaning.
    pub(crate) notes: Vec<Note>,
    /// When the call should accept it. `{it}` is what the title names.
    accepted_if: Option<&'static str>,
    pub(crate) help: Help,
}

/// What a message says besides the meaning of its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) text: String,
    /// Whether it is about the reader of a file: KrakenD reads no object in a call.
    pub(crate) is_of_file: bool,
}

/// What is wrong, in lower case and without a full stop; it names the value.
#[derive(Clone, Debug)]
enum Title {
    Of(String),
    /// `{}` is replaced by the values: other entries of the list may have the same mistake.
    OfEntries {
        list: Place,
        text: &'static str,
        values: Vec<String>,
    },
}

/// What to do about a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Help {
    /// The rule's help says it.
    OfRule,
    /// To write a text in place of another, or nothing. Then the mistake is gone, and no other is there.
    Write(Place, String),
    /// To remove elements of a list or members of an object, each with its comma.
    Remove(Vec<Place>),
    /// To add an element to a list, or a member to an object.
    Add(Place, String),
    /// What to write depends on what is meant.
    Words(String),
}

impl Help {
    /// To write elements in place of one of a list. The list may be that one text, which is a mistake of
    /// its own: then several need the brackets of a list.
    pub(crate) fn write_elements(list: Place, element: Place, texts: &[impl AsRef<str>]) -> Self {
        let elements = quoted_list(texts);
        let needs_brackets = list == element && texts.len() > 1;
        Self::Write(
            element,
            if needs_brackets {
                format!("[{elements}]")
            } else {
                elements
            },
        )
    }
}

/// So many places of a mistake are shown; the rest is counted.
pub(crate) const SHOWN: usize = 3;

impl Finding {
    pub(crate) fn new(
        rule: &'static Rule,
        place: Place,
        title: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        let title = title.into();
        debug_assert!(!title.ends_with('.'), "a title has no full stop");
        Self::of(rule, place, Title::Of(title), label)
    }

    /// A mistake that several entries of a list may have, which make one finding then. The title
    /// has `{}` for the entries.
    pub(crate) fn of_entry(
        rule: &'static Rule,
        list: Place,
        (place, value): (Place, &str),
        text: &'static str,
        label: impl Into<String>,
    ) -> Self {
        debug_assert!(text.contains("{}"), "a title names the entries");
        let values = vec![value.to_owned()];
        Self::of(rule, place, Title::OfEntries { list, text, values }, label)
    }

    /// A mistake in the path, and not in what the file says.
    pub(crate) fn of_path(rule: &'static Rule, title: String) -> Self {
        Self::at(rule, Vec::new(), Title::Of(title))
    }

    fn of(rule: &'static Rule, place: Place, title: Title, label: impl Into<String>) -> Self {
        let label = label.into();
        Self::at(rule, vec![Label { place, text: label }], title)
    }

    fn at(rule: &'static Rule, at: Vec<Label>, title: Title) -> Self {
        Self {
            rule,
            title,
            at,
            also: Vec::new(),
            notes: Vec::new(),
            accepted_if: None,
            help: Help::OfRule,
        }
    }

    /// Another place that has its part in the mistake.
    pub(crate) fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push(Label {
            place,
            text: label.into(),
        });
        self
    }

    /// Adds a note besides the rule's meaning.
    pub(crate) fn note(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        let is_of_file = false;
        self.notes.push(Note { text, is_of_file });
        self
    }

    /// Adds a note on what KrakenD makes of the file. It is not shown of an object in the call.
    pub(crate) fn note_of_file(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        let is_of_file = true;
        self.notes.push(Note { text, is_of_file });
        self
    }

    /// Adds when the call should accept it: not everybody needs what it reports.
    pub(crate) fn accepted_if(mut self, case: &'static str) -> Self {
        self.accepted_if = Some(case);
        self
    }

    /// Writing this text in a place fixes it.
    pub(crate) fn write(mut self, place: Place, text: impl Into<String>) -> Self {
        self.help = Help::Write(place, text.into());
        self
    }

    /// Writing elements in place of one of a list fixes it.
    pub(crate) fn write_elements(
        mut self,
        list: Place,
        element: Place,
        texts: &[impl AsRef<str>],
    ) -> Self {
        self.help = Help::write_elements(list, element, texts);
        self
    }

    /// Removing an element or a member fixes it.
    pub(crate) fn remove(mut self, place: Place) -> Self {
        self.help = Help::Remove(vec![place]);
        self
    }

    /// Adding an element to the list in a place, or a member to the object there, fixes it.
    pub(crate) fn add(mut self, place: Place, text: impl Into<String>) -> Self {
        self.help = Help::Add(place, text.into());
        self
    }

    /// What to do, where that depends on what is meant.
    pub(crate) fn words(mut self, words: impl Into<String>) -> Self {
        self.help = Help::Words(words.into());
        self
    }

    /// Where it begins.
    pub(crate) fn place(&self) -> Place {
        let first = self.at.first();
        first.map_or(Place::new(0, 0), |label| label.place)
    }

    pub(crate) fn title(&self) -> String {
        match &self.title {
            Title::Of(text) => text.clone(),
            Title::OfEntries { text, values, .. } => text.replacen("{}", &listed(values), 1),
        }
    }

    /// The entries of a list that it is about, as they are written.
    pub(crate) fn entries(&self) -> &[String] {
        match &self.title {
            Title::Of(_) => &[],
            Title::OfEntries { values, .. } => values,
        }
    }

    /// When the call should accept it, as the beginning of a sentence.
    pub(crate) fn acceptance(&self) -> Option<String> {
        let it = if self.entries().len() > 1 {
            "them"
        } else {
            "it"
        };
        match self.accepted_if {
            Some(case) => Some(format!("if {}", case.replace("{it}", it))),
            None => (self.rule.level == Level::Denied).then(|| "to accept it".to_owned()),
        }
    }

    /// Whether it is the same mistake as another, of two entries of a list.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let same_title = match (&self.title, &other.title) {
            (
                Title::OfEntries { list, text, .. },
                Title::OfEntries {
                    list: its_list,
                    text: its_text,
                    ..
                },
            ) => (list, text) == (its_list, its_text),
            _ => false,
        };
        let same_help = match (&self.help, &other.help) {
            (Help::Remove(_), Help::Remove(_)) => true,
            (Help::Add(place, _), Help::Add(its_place, _)) => place == its_place,
            (help, its_help) => help == its_help,
        };
        same_title && same_help && self.rule == other.rule && self.notes == other.notes
    }

    /// One finding in place of others that are alike. Of what has its part in them, each first is in
    /// front, since the rest may not be shown.
    pub(crate) fn merge(&mut self, others: Vec<Self>) {
        let mut rest = self.also.split_off(self.also.len().min(1));
        let mut added = Vec::new();
        for other in others {
            self.at.extend(other.at);
            let mut also = other.also.into_iter();
            self.also.extend(also.next());
            rest.extend(also);
            if let (Title::OfEntries { values, .. }, Title::OfEntries { values: more, .. }) =
                (&mut self.title, other.title)
            {
                values.extend(more);
            }
            match (&mut self.help, other.help) {
                (Help::Remove(places), Help::Remove(more)) => places.extend(more),
                (Help::Add(..), Help::Add(_, text)) => added.push(text),
                _ => {}
            }
        }
        if let Help::Add(_, text) = &mut self.help {
            added.insert(0, std::mem::take(text));
            *text = added.join(", ");
        }
        self.also.extend(rest);
        for labels in [&mut self.at, &mut self.also] {
            let mut places = HashSet::new();
            labels.retain(|label| places.insert(label.place));
        }
    }
}

/// The values as a sentence has them: the first, and how many more.
pub(crate) fn listed(values: &[impl AsRef<str>]) -> String {
    let (shown, more) = values.split_at(values.len().min(SHOWN));
    let shown = shown.iter().map(|value| format!("`{}`", value.as_ref()));
    let shown: Vec<String> = shown.collect();
    match shown.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        some if !more.is_empty() => format!("{} and {} more", some.join(", "), more.len()),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
