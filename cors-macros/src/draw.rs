//! Draws a finding as the compiler draws its own.

mod excerpt;
mod secrets;

use std::borrow::Cow;

use annotate_snippets::{Group, Level, Message, Renderer};

use self::secrets::{Secrets, without_logins};
use crate::finding::{Finding, Help, SHOWN};
use crate::levels::Levels;
use crate::literal::{escaped, is_invisible};
use crate::source::Source;

/// Lines longer than this are cut around the place.
const WIDEST: usize = 120;

/// The most characters of a message: a help that repeats a huge entry helps nobody.
const LONGEST: usize = 400;

/// The finding as text, without the level in front: the compiler writes that.
///
/// The first line names the value and the place, since an editor shows only that line. A
/// configuration that is written in the call is not drawn: the compiler does so itself.
pub(crate) fn draw(finding: &Finding, source: &Source, levels: &Levels) -> String {
    let secrets = Secrets::of(finding, source);
    let title = secrets.title();
    let mut drawn = match source.name() {
        Some(name) if !finding.at.is_empty() => {
            let excerpts = excerpt::excerpts(finding, source, &secrets);
            let (line, column) = source.lines().position(finding.place());
            let title = format!("{name}:{line}:{column}: {title}");
            let snippets = excerpts.iter().map(|excerpt| excerpt.snippet(name));
            let group = Group::with_title(Level::ERROR.primary_title(on_one_line(&title)));
            let mut drawn = render(group.elements(snippets), finding, source, &secrets, levels);
            excerpt::write_positions(&excerpts, name, &mut drawn);
            drawn
        }
        name => {
            let group = Group::with_title(Level::ERROR.primary_title(on_one_line(&title)));
            let tokens = match name {
                Some(_) => Vec::new(),
                None => tokens(finding, &secrets),
            };
            render(group.elements(tokens), finding, source, &secrets, levels)
        }
    };
    if let Some(rest) = drawn.strip_prefix("error: ") {
        drawn = rest.to_owned();
    }
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    printable(&lines.join("\n"))
}

/// The group with what is said below the lines of the source: why it is a mistake, what to change in
/// the configuration, what to change in the service's code, and where all that is documented.
fn render<'a>(
    mut group: Group<'a>,
    finding: &'a Finding,
    source: &Source,
    secrets: &Secrets<'_>,
    levels: &Levels,
) -> String {
    let rule = finding.rule;
    let is_file = source.is_whole_file();
    let meaning = format!("`{}`: {}", rule.name, rule.meaning(is_file));
    group = group.element(Level::NOTE.message(meaning));
    let notes = finding.notes.iter();
    let notes = notes.filter(|note| is_file || !note.is_of_file);
    let notes = notes.map(|note| short(&without_logins(&note.text)).into_owned());
    group = group.elements(notes.map(|note| Level::NOTE.message(note)));
    match finding.also.len().saturating_sub(SHOWN) {
        0 => {}
        1 => group = group.element(Level::NOTE.message("1 more place is not shown")),
        more => {
            let message = format!("{more} more places are not shown");
            group = group.element(Level::NOTE.message(message));
        }
    }
    if let Help::Render(needs) = finding.help {
        let recipe = source.recipe(needs);
        group = group.elements(recipe.into_iter().map(|help| Level::HELP.message(help)));
    } else {
        let help = help(finding, is_file, secrets);
        let help = short(&without_logins(&help)).into_owned();
        group = group.element(Level::HELP.message(help));
    }
    if let Some(case) = finding.acceptance() {
        let levels = levels.and_allow(finding);
        let call = format!("cors_policy!({}, {levels})", source.argument());
        let message = format!("{case}, write `{call}` in the service");
        group = group.element(Level::HELP.message(message));
    }
    group = group.element(Level::HELP.message(rule.link()));
    Renderer::plain().term_width(WIDEST).render(&[group])
}

fn help<'f>(finding: &'f Finding, is_file: bool, secrets: &Secrets<'_>) -> Cow<'f, str> {
    match &finding.help {
        Help::OfRule | Help::Render(_) => finding.rule.help(is_file).into(),
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

/// The labels of a call's tokens: the compiler shows the first token.
fn tokens<'a>(finding: &'a Finding, secrets: &Secrets<'_>) -> Vec<Message<'a>> {
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

/// A title that quotes the file must not have the file's line breaks.
fn on_one_line(message: &str) -> String {
    let mut line = String::new();
    for c in message.chars() {
        if c.is_control() {
            line.extend(c.escape_debug())
        } else {
            line.push(c)
        }
    }
    line
}

/// The text without characters that a terminal would act on or hide.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => printable.push(c),
            _ if is_invisible(c) => printable.extend(c.escape_unicode()),
            _ => printable.push(c),
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::finding::{Finding, Place};
    use crate::levels::Levels;
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
