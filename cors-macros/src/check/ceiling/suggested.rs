//! Suggestions of other rules under a ceiling: one that leads beyond it would be refused next.

use serde_json::Value;

use super::limit::Limit;
use super::{Ceiling, list};
use crate::config::{Cors, Key, Setting};
use crate::finding::{Finding, Help, Place};
use crate::report::Report;
use crate::rules;

/// Puts into words what would be beyond the ceiling.
pub(super) fn revise(
    ceiling: &Ceiling,
    limits: &[Limit<'_>],
    cors: &Cors<'_>,
    report: &mut Report,
) {
    report.revise(|mut finding| {
        let (verb, text) = match &finding.help {
            Help::Write(_, text) => ("write", text),
            Help::Add(_, text) => ("add", text),
            Help::OfRule | Help::Remove(_) | Help::Render(_) | Help::Words(_) => {
                return Some(finding);
            }
        };
        let suggested = suggested(&finding, cors);
        let is_accepted = |(key, entry): &(Key, String)| match (key, &ceiling.max_age) {
            (Key::MaxAge, Some(limit)) => limit.accepts(entry),
            _ => {
                let mut limits = limits.iter().filter(|limit| limit.key == *key);
                limits.all(|limit| limit.accepts(entry))
            }
        };
        if !suggested.iter().all(is_accepted) {
            finding.help = Help::Words(format!("{verb} {text}, and accept it in `within`"));
        }
        Some(finding)
    });
}

/// The entries that a finding suggests, each with its setting.
fn suggested(finding: &Finding, cors: &Cors<'_>) -> Vec<(Key, String)> {
    let (place, text) = match &finding.help {
        Help::Write(place, text) => (*place, text),
        Help::Add(place, text) if *place == cors.object => {
            let members = serde_json::from_str(&format!("{{{text}}}"));
            let members: serde_json::Map<String, Value> = members.unwrap_or_default();
            let keyed = members.iter().filter_map(|(key, value)| {
                let key = Key::named(key)?;
                Some(strings(value).map(move |entry| (key, entry)))
            });
            return keyed.flatten().collect();
        }
        Help::Add(place, text) => (*place, text),
        Help::OfRule | Help::Remove(_) | Help::Render(_) | Help::Words(_) => return Vec::new(),
    };
    let Some(key) = key(finding, place, cors) else {
        return Vec::new();
    };
    let elements: Vec<Value> = serde_json::from_str(&format!("[{text}]")).unwrap_or_default();
    let entries = elements.iter().flat_map(strings);
    entries.map(|entry| (key, entry)).collect()
}

/// The setting whose value a place is in.
fn key(finding: &Finding, place: Place, cors: &Cors<'_>) -> Option<Key> {
    let is_in = |at: Place| at.start <= place.start && place.end <= at.end;
    let lists = [
        Key::AllowOrigins,
        Key::AllowMethods,
        Key::AllowHeaders,
        Key::ExposeHeaders,
    ];
    let list = lists.into_iter().find(|key| {
        let given = list(cors, *key).given();
        given.is_some_and(|given| is_in(given.at))
    });
    let is_max_age = match &cors.max_age {
        Setting::Given(given) => is_in(given.at),
        // A number, for which a duration is suggested: the other values of a wrong type are lists, which
        // are known then, and switches, which have no text.
        Setting::Unknown => *finding.rule == rules::WRONG_TYPE,
        Setting::Missing => false,
    };
    list.or_else(|| is_max_age.then_some(Key::MaxAge))
}

/// The text that a value is, or those in a list.
fn strings(value: &Value) -> impl Iterator<Item = String> {
    let (one, many) = match value {
        Value::String(text) => (Some(text.clone()), &[][..]),
        Value::Array(items) => (None, items.as_slice()),
        _ => (None, &[][..]),
    };
    let many: Vec<String> = many
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect();
    one.into_iter().chain(many)
}
