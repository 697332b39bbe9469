//! Draws a finding as the compiler draws its own.

mod cut;

use std::borrow::Cow;

use annotate_snippets::{Group, Level, Message, Renderer};

use crate::finding::Finding;
use crate::levels;
use crate::source::Source;

/// Lines longer than this are cut around the place.
const WIDEST: usize = 120;

/// The most characters of a message: a help that repeats a huge entry helps nobody.
const LONGEST: usize = 400;

/// The finding as text, without the level in front: the compiler writes that.
///
/// A configuration that is written in the call is not drawn, since the compiler does so itself.
pub(crate) fn draw(finding: &Finding, source: &Source) -> String {
    let headline = on_one_line(&short(&finding.headline));
    let mut group = Group::with_title(Level::ERROR.primary_title(headline));
    // A headline that names the file says that it could not be read.
    let unread = |name| source.text().is_empty() && finding.headline.contains(name);
    let cuts = match source.name() {
        Some(name) if !unread(name) => cut::cuts(finding, source),
        _ => Vec::new(),
    };
    match source.name() {
        Some(name) => group = group.elements(cuts.iter().map(|cut| cut.snippet(name))),
        None => group = group.elements(tokens(finding, source)),
    }
    let mut notes = finding.notes.iter().map(|note| short(note));
    let first = notes.next().unwrap_or(Cow::Borrowed(finding.rule.meaning));
    group = group.element(Level::NOTE.message(format!("`{}`: {first}", finding.rule.name)));
    group = group.elements(notes.map(|note| Level::NOTE.message(note)));
    if finding.rule.level == levels::Level::Denied {
        let way_out = format!("allow({}) in the call accepts it", finding.rule.name);
        group = group.element(Level::NOTE.message(way_out));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(short(help)));
    }
    let mut drawn = Renderer::plain().term_width(WIDEST).render(&[group]);
    if let Some(name) = source.name() {
        for cut in &cuts {
            drawn = cut.with_column(name, drawn);
        }
    }
    let drawn = drawn.strip_prefix("error: ").unwrap_or(&drawn);
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// What is to be said of the tokens of a call: the compiler shows the first.
fn tokens<'a>(finding: &'a Finding, source: &Source) -> Vec<Message<'a>> {
    let mut messages = Vec::new();
    if !finding.at.label.is_empty() {
        messages.push(Level::NOTE.with_name("here").message(&finding.at.label));
    }
    for mark in &finding.also {
        let text = source.text().get(mark.place.range()).unwrap_or_default();
        // As it is laid out from tokens, a colon has a space before it.
        let text = text.replace("\" : ", "\": ");
        let message = format!("`{}`: {}", short(&text), mark.label);
        messages.push(Level::NOTE.with_name("and").message(message));
    }
    messages
}

/// A message that fits on a screen.
fn short(message: &str) -> Cow<'_, str> {
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &message[..end])),
        None => Cow::Borrowed(message),
    }
}

/// A headline that repeats what stands in the file must not break where that does.
fn on_one_line(message: &str) -> String {
    let mut line = String::new();
    for c in message.chars() {
        match c.is_control() {
            true => line.extend(c.escape_debug()),
            false => line.push(c),
        }
    }
    line
}
