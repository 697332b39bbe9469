//! What a message says of a finding, however it is shown.

use std::borrow::Cow;

use super::secrets::{Secrets, without_logins};
use super::{laid_out, printable, short};
use crate::finding::{Finding, Help, Place};
use crate::literal::escaped;
use crate::rules::Reader;
use crate::source::Source;

/// The texts of a message. None has a character that a terminal would act on, but for line feeds.
pub(crate) struct Message {
    /// What is wrong. It names the value, and not the place.
    pub(crate) title: String,
    /// Why it is a mistake: first what the rule says of all of them.
    pub(crate) notes: Vec<String>,
    /// What to change in the configuration.
    pub(crate) help: Vec<String>,
    /// When to accept it instead, and how.
    pub(crate) acceptance: Option<String>,
    /// Where all that is documented.
    pub(crate) link: String,
}

impl Message {
    /// `accept` says how to accept a finding, as the rest of a sentence.
    pub(crate) fn of(
        finding: &Finding,
        source: &Source,
        accept: impl FnOnce(&Finding) -> String,
    ) -> Self {
        let secrets = Secrets::of(finding, source);
        let (rule, reader) = (finding.rule, source.reader());
        let meaning = format!("`{}`: {}", rule.name, rule.meaning(reader));
        let notes = finding.notes.iter();
        let notes = notes.filter(|note| reader == Reader::Gateway || !note.is_of_file);
        let notes = notes.map(|note| shown(&note.text));
        let acceptance = finding.acceptance();
        Self {
            title: on_one_line(&secrets.title()),
            notes: [meaning].into_iter().chain(notes).collect(),
            help: match finding.help {
                Help::Render(needs) if reader == Reader::Gateway => source.recipe(needs).into(),
                _ => vec![shown(&help(finding, reader, &secrets))],
            },
            acceptance: acceptance.map(|case| printable(&format!("{case}, {}", accept(finding)))),
            link: rule.link(),
        }
    }

    /// What to do, in the order of the message, and where to read more.
    pub(crate) fn helps(&self) -> impl Iterator<Item = &str> {
        let helps = self.help.iter().chain(&self.acceptance);
        helps.chain([&self.link]).map(String::as_str)
    }
}

/// Whether a message shows all of a text that is to be written in a place.
#[allow(dead_code, reason = "only the program writes edits")]
pub(crate) fn is_shown(finding: &Finding, source: &Source, place: Place, text: &str) -> bool {
    let literal = Secrets::of(finding, source)
        .literal(place, text)
        .into_owned();
    without_logins(&literal) == text
}

/// A text without passwords that fits on a screen.
fn shown(text: &str) -> String {
    printable(&short(&without_logins(text)))
}

fn help<'f>(finding: &'f Finding, reader: Reader, secrets: &Secrets<'_>) -> Cow<'f, str> {
    match &finding.help {
        Help::OfRule | Help::Render(_) => finding.rule.help(reader).into(),
        Help::Words(words) => words.into(),
        Help::Write(place, text) if text.is_empty() => {
            format!("remove `{}`", short(&secrets.shown(*place))).into()
        }
        Help::Write(place, text) => {
            let literal = secrets.literal(*place, text);
            format!("write {}", set_off(&escaped(&literal))).into()
        }
        Help::Add(_, text) => format!("add {}", set_off(&escaped(text))).into(),
        Help::Remove(places) => match places.as_slice() {
            [place] => {
                let text = secrets.shown(*place);
                match text.lines().count() {
                    1 => format!("remove {}", short(&laid_out(&text))).into(),
                    _ => "remove it".into(),
                }
            }
            _ => "remove them".into(),
        },
    }
}

/// A literal; in backquotes if it is hardly more than a sign, which would be overlooked.
fn set_off(literal: &str) -> Cow<'_, str> {
    let is_word = literal.starts_with(|c: char| c.is_alphanumeric());
    if is_word || literal.starts_with('"') && literal.matches('"').count() > 1 {
        literal.into()
    } else {
        format!("`{literal}`").into()
    }
}

/// A title that quotes the file must not have the file's line breaks.
pub(crate) fn on_one_line(message: &str) -> String {
    let mut line = String::new();
    for c in message.chars() {
        if c.is_control() {
            line.extend(c.escape_debug())
        } else {
            line.push(c)
        }
    }
    printable(&line)
}
