//! The JSON types of the settings' values.
//!
//! Where it is clear what was meant, such as a string for a list of one, the value is read as that:
//! its other mistakes are reported at once. Otherwise nothing is read.

use super::keys::Key;
use super::{List, Status};
use crate::finding::{Finding, Place};
use crate::json::{Kind, Text, Value};
use crate::literal::quoted_list;
use crate::report::Report;
use crate::rules;

/// A setting that is a list of strings.
pub(super) struct ListKind {
    /// What KrakenD does where there is no list.
    pub(super) without: &'static str,
    pub(super) example: &'static str,
    /// Whether its absence opens something, so that nobody is told to remove it.
    pub(super) needed: bool,
}

/// A member of the CORS section, as its value's type is read.
pub(super) struct Written<'a> {
    pub(super) key: Key,
    pub(super) value: Value<'a>,
    pub(super) member: Place,
    /// Whether no other member means this setting.
    pub(super) is_only: bool,
}

impl<'a> Written<'a> {
    pub(super) fn list(&self, kind: &ListKind, report: &mut Report) -> Option<List<'a>> {
        let items = match self.value.kind() {
            Kind::List => self.value.items(),
            Kind::Null if !kind.needed => return self.null(report),
            _ => return self.no_list(kind, report),
        };
        let texts: Vec<Text<'a>> = items.iter().filter_map(Value::text).collect();
        for item in items.iter().filter(|item| item.kind() != Kind::String) {
            let finding = Finding::of_entry(
                &rules::WRONG_TYPE,
                self.value.place(),
                (item.place(), &brief(item)),
                "a list of strings holds {}",
                "not a string",
            );
            let finding = finding.note_of_file("KrakenD skips an element that is not a string");
            report.push(match item.kind() {
                Kind::Null if !texts.is_empty() => finding.remove(item.place()),
                _ => finding.words("write it as a string, or remove it"),
            });
        }
        let partial = texts.len() < items.len();
        Some(List {
            items: texts,
            partial,
        })
    }

    /// What is not a list; of a string it may be clear which list is meant.
    fn no_list(&self, kind: &ListKind, report: &mut Report) -> Option<List<'a>> {
        let finding = self
            .wrong("a list of strings")
            .note_of_file(format!("KrakenD finds no list, and {}", kind.without));
        let Some(text) = self.value.text() else {
            report.push(finding.words(format!("write a list, such as {}", kind.example)));
            return None;
        };
        let separators = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
        let parts: Vec<&str> = text
            .as_str()
            .split(separators)
            .filter(|part| !part.is_empty())
            .collect();
        match *parts {
            [] | ["*"] => {
                report.push(finding.words(format!("write a list, such as {}", kind.example)));
            }
            [one] if one == text.as_str() => {
                report.push(finding.write(text.place(), format!("[{}]", self.value.raw())));
                return Some(List {
                    items: vec![text],
                    partial: false,
                });
            }
            _ => report.push(finding.words(format!("write a list: [{}]", quoted_list(&parts)))),
        }
        None
    }

    pub(super) fn duration(&self, report: &mut Report) -> Option<Text<'a>> {
        if let Some(text) = self.value.text() {
            return Some(text);
        }
        if self.value.kind() == Kind::Null {
            return self.null(report);
        }
        let finding = self
            .wrong("a string")
            .note_of_file("KrakenD crashes on a `max_age` that is not a string");
        let seconds = self.value.raw().parse::<u32>().ok();
        report.push(match seconds {
            Some(seconds @ 1..=DAY) => finding.write(self.value.place(), format!("\"{seconds}s\"")),
            _ => finding.words("write a duration, such as \"10m\""),
        });
        None
    }

    pub(super) fn switch(&self, report: &mut Report) -> Option<bool> {
        match self.value.kind() {
            Kind::Boolean => return Some(self.value.raw() == "true"),
            Kind::Null => return self.null(report),
            _ => {}
        }
        let finding = self
            .wrong("`true` or `false`")
            .note_of_file("KrakenD silently reads this as `false`");
        let written = self.value.raw().trim_matches('"').to_ascii_lowercase();
        if matches!(&*written, "" | "false" | "no" | "off" | "0") {
            report.push(finding.write(self.value.place(), "false"));
            return Some(false);
        }
        report.push(finding.words("write `true` or `false`, whichever is meant"));
        None
    }

    pub(super) fn status(&self, report: &mut Report) -> Option<Status> {
        let number = self.value.raw().parse::<f64>().ok();
        if let (Kind::Number, Some(number)) = (self.value.kind(), number)
            && number.fract() == 0.0
        {
            return Some(Status(number));
        }
        let (finding, meant) = match self.value.kind() {
            Kind::Null => return self.null(report),
            Kind::Number => {
                let finding = self.wrong("a whole number");
                (
                    finding.note_of_file("KrakenD cuts off the fraction"),
                    number,
                )
            }
            _ => {
                let text = self.value.text();
                let meant = text.and_then(|text| text.as_str().parse().ok());
                let finding = self.wrong("a whole number");
                (finding.note_of_file("KrakenD ignores the status"), meant)
            }
        };
        let meant = meant
            .map(f64::trunc)
            .filter(|status| (200.0..300.0).contains(status));
        match meant {
            Some(status) => {
                report.push(finding.write(self.value.place(), status.to_string()));
                Some(Status(status))
            }
            None => {
                report.push(finding.words("write a status from 200 to 299, such as 204"));
                None
            }
        }
    }

    /// `null` in the place of a setting that need not be there.
    fn null<T>(&self, report: &mut Report) -> Option<T> {
        let finding = Finding::new(
            &rules::WRONG_TYPE,
            self.value.place(),
            format!("`{}` is `null`", self.key),
            "this is no value",
        )
        .note_of_file("KrakenD takes `null` for a missing value")
        .note_of_file(rules::LOST_SETTINGS);
        report.push(if self.is_only {
            finding.remove(self.member)
        } else {
            // Without this one, KrakenD would take another.
            finding.words(format!("set `{}` once, to what is meant", self.key))
        });
        None
    }

    fn wrong(&self, expected: &str) -> Finding {
        let written = match self.value.kind() {
            Kind::Number if self.value.raw().contains('.') => "a fraction".to_owned(),
            kind => kind.to_string(),
        };
        let finding = Finding::new(
            &rules::WRONG_TYPE,
            self.value.place(),
            format!("`{}` is {written}, not {expected}", self.key),
            format!("expected {expected}"),
        );
        match self.value.kind() {
            Kind::Null => finding.note_of_file(rules::LOST_SETTINGS),
            _ => finding,
        }
    }
}

/// What no browser keeps a preflight's response beyond, in seconds.
const DAY: u32 = 24 * 60 * 60;

/// The beginning of an element, for a title. What an object holds may be a secret.
fn brief(item: &Value<'_>) -> String {
    let raw = item.raw();
    match (item.kind(), raw.char_indices().nth(40)) {
        (Kind::Object, _) => "{…}".to_owned(),
        (Kind::List, _) if raw.contains('{') => "[…]".to_owned(),
        (_, Some((end, _))) => format!("{}…", &raw[..end]),
        (_, None) => raw.to_owned(),
    }
}
