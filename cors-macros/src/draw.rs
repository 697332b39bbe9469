//! Draws a finding as the compiler draws its own.

mod excerpt;
pub(crate) mod message;
mod secrets;

use std::borrow::Cow;

use annotate_snippets::{Group, Level, Renderer};

pub(crate) use self::message::{Message, on_one_line};
use self::secrets::Secrets;
use crate::finding::{Finding, SHOWN};
use crate::levels::Levels;
use crate::literal::is_invisible;
use crate::source::Source;

/// Lines longer than this are cut around the place.
const WIDEST: usize = 120;

/// The most characters of a message: a help that repeats a huge entry helps nobody.
const LONGEST: usize = 400;

/// The finding as the compiler shows it, without the level in front: the compiler writes that.
///
/// The first line names the value and the place, since an editor shows only that line. A
/// configuration that is written in the call is not drawn: the compiler does so itself.
pub(crate) fn draw<P: Copy>(finding: &Finding, source: &Source, levels: &Levels<P>) -> String {
    let message = Message::of(finding, source, |finding| {
        let levels = levels.and_allow(finding);
        let call = format!("cors_policy!({}, {levels})", source.argument());
        format!("write `{call}` in the service")
    });
    let drawn = drawn(finding, source, &message, Level::ERROR, false);
    drawn.strip_prefix("error: ").unwrap_or(&drawn).to_owned()
}

/// The finding with its level in front and the lines of the source, perhaps in colours.
pub(crate) fn drawn(
    finding: &Finding,
    source: &Source,
    message: &Message,
    level: Level<'static>,
    is_coloured: bool,
) -> String {
    let secrets = Secrets::of(finding, source);
    let renderer = if is_coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(WIDEST);
    let title = &message.title;
    let drawn = match source.name() {
        Some(name) if !finding.at.is_empty() => {
            let excerpts = excerpt::excerpts(finding, source, &secrets);
            let (line, column) = source.lines().position(finding.place());
            let title = format!("{name}:{line}:{column}: {title}");
            let snippets = excerpts.iter().map(|excerpt| excerpt.snippet(name));
            let group = Group::with_title(level.primary_title(on_one_line(&title)));
            let group = with_messages(group.elements(snippets), finding, message);
            let mut drawn = renderer.render(&[group]);
            excerpt::write_positions(&excerpts, name, &mut drawn);
            drawn
        }
        name => {
            let group = Group::with_title(level.primary_title(title));
            let tokens = match name {
                Some(_) => Vec::new(),
                None => tokens(finding, &secrets),
            };
            renderer.render(&[with_messages(group.elements(tokens), finding, message)])
        }
    };
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    // All but the lines of the source is printable already, and of those the renderer replaces escapes.
    escape(&lines.join("\n"), |c| {
        c == '\n' || c == '\u{1b}' && is_coloured
    })
}

/// The group with what is said below the lines of the source: why it is a mistake, what to change in
/// the configuration, what to change in the service's code, and where all that is documented.
fn with_messages<'a>(mut group: Group<'a>, finding: &Finding, message: &'a Message) -> Group<'a> {
    let notes = message.notes.iter();
    group = group.elements(notes.map(|note| Level::NOTE.message(note)));
    match finding.also.len().saturating_sub(SHOWN) {
        0 => {}
        1 => group = group.element(Level::NOTE.message("1 more place is not shown")),
        more => {
            let message = format!("{more} more places are not shown");
            group = group.element(Level::NOTE.message(message));
        }
    }
    group.elements(message.helps().map(|help| Level::HELP.message(help)))
}

/// The labels of a call's tokens: the compiler shows the first token.
fn tokens<'a>(finding: &'a Finding, secrets: &Secrets<'_>) -> Vec<annotate_snippets::Message<'a>> {
    let mut messages = Vec::new();
    let (first, more) = finding.at.split_at(finding.at.len().min(1));
    for label in first.iter().filter(|label| !label.text.is_empty()) {
        messages.push(Level::NOTE.with_name("here").message(&label.text));
    }
    let also = finding.also.iter().take(SHOWN);
    for label in more.iter().take(SHOWN - 1).chain(also) {
        let text = secrets.shown(label.place);
        let message = format!("`{}`: {}", short(&laid_out(&text)), label.text);
        messages.push(Level::NOTE.with_name("and").message(message));
    }
    messages
}

/// The text of tokens as it is usually written: laid out from them, a colon has a space before it.
fn laid_out(text: &str) -> String {
    text.replace("\" : ", "\": ")
}

/// A message that fits on a screen.
fn short(message: &str) -> Cow<'_, str> {
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &message[..end])),
        None => Cow::Borrowed(message),
    }
}

/// The text without characters that a terminal would act on or hide.
fn printable(text: &str) -> String {
    escape(text, |c| c == '\n')
}

/// The text with numbers for invisible characters, but for some of them.
fn escape(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) && !is_kept(c) {
            escaped.extend(c.escape_unicode());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::call::Levels;
    use crate::finding::{Finding, Place};
    use crate::rules;
    use crate::source::{File, Source};

    #[test]
    fn of_many_places_three_are_shown_and_the_rest_is_counted() {
        let text: String = (10..30).map(|n| format!("\"{n}\",\n")).collect();
        let source = Source::file(File::named("krakend.json"), text);
        let place = |nth: usize| Place::new(nth * 6, nth * 6 + 4);
        let list = Place::new(0, source.text().len());
        let entry = |nth: usize| {
            let value = (place(nth), &source.text()[place(nth).range()]);
            Finding::of_entry(&rules::DUPLICATE_METHOD, list, value, "{} here", "this")
                .remove(place(nth))
        };
        let mut finding = entry(0);
        finding.merge((1..10).map(entry).collect());
        let drawn = draw(&finding, &source, &Levels::default());
        assert_eq!(drawn.matches("^^^^ this").count(), 3, "{drawn}");
        assert!(drawn.contains("`\"12\"` and 7 more here"), "{drawn}");

        let cases = [
            (3, None),
            (4, Some("1 more place is")),
            (12, Some("9 more places are")),
        ];
        for (count, expected) in cases {
            let finding =
                (1..=count).fold(entry(0), |finding, nth| finding.also(place(nth), "that"));
            let drawn = draw(&finding, &source, &Levels::default());
            assert_eq!(drawn.matches("---- that").count(), 3, "{drawn}");
            assert_eq!(drawn.contains("not shown"), expected.is_some(), "{drawn}");
            assert!(
                expected.is_none_or(|words| drawn.contains(words)),
                "{drawn}"
            );
        }
    }
}
