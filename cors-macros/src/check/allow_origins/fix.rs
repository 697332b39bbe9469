//! What to write instead of an entry. It is checked like any other before it is suggested, so no
//! suggestion is refused.

use super::reading;
use crate::check::origin::{self, Fault, Part, public_suffix};
use crate::rules::{self, Level, Rule};

/// The entries that can be in place of one, and that there is nothing to say against. They allow no
/// host that the entry does not name. None where the entry may mean something else.
pub(super) fn entries(text: &str, credentials: bool) -> Option<Vec<String>> {
    let mut fixed: Vec<String> = Vec::new();
    for origin in reading::read(text)? {
        for entry in safe(origin, credentials)? {
            if !broken(&entry, credentials).is_empty() {
                return None;
            }
            if !fixed.contains(&entry) {
                fixed.push(entry);
            }
        }
    }
    Some(fixed)
}

/// The rules that an entry breaks, hints left out.
fn broken(entry: &str, credentials: bool) -> Vec<&'static Rule> {
    let faults = origin::check(entry, credentials).faults.into_iter();
    let rules = faults.map(|fault| fault.rule);
    rules.filter(|rule| rule.level > Level::Hint).collect()
}

/// An origin without the risk that it has, where what is safe is meant too.
fn safe(origin: String, credentials: bool) -> Option<Vec<String>> {
    let broken = broken(&origin, credentials);
    let breaks = |some: [&Rule; 2]| broken.iter().any(|rule| some.contains(rule));
    let (before, after) = origin.split_once('*').unwrap_or((&origin, ""));
    if breaks([&rules::OPEN_START, &rules::OPEN_START_WITH_CREDENTIALS]) {
        // With text in front of the `*`, a part of a label may be meant, or a dot on either side.
        let subdomains = || vec![format!("{before}*.{after}"), format!("{before}{after}")];
        return before.ends_with("://").then(subdomains);
    }
    if breaks([&rules::OPEN_END, &rules::OPEN_END_WITH_CREDENTIALS]) {
        // The name is complete where it ends in a public suffix.
        let (_, last) = before.rsplit_once('.')?;
        return public_suffix::is_one(last).then(|| vec![format!("{before}{after}")]);
    }
    if broken.contains(&&rules::INSECURE_ORIGIN_WITH_CREDENTIALS) {
        return secure(&origin).map(|secure| vec![secure]);
    }
    Some(vec![origin])
}

/// The same origin over https, unless only a private network knows it.
fn secure(origin: &str) -> Option<String> {
    const PRIVATE: [&str; 5] = [".home", ".internal", ".lan", ".local", ".test"];
    let host = origin.strip_prefix("http://")?;
    let (name, _) = host.split_once(':').unwrap_or((host, ""));
    let is_public = !PRIVATE.iter().any(|end| name.ends_with(end))
        && name.ends_with(|c: char| c.is_ascii_alphabetic());
    is_public.then(|| format!("https://{host}"))
}

/// What is wrong with an entry once it is spelled as browsers write it, beside what was found.
pub(super) fn revealed(text: &str, credentials: bool, found: &[Fault]) -> Vec<Fault> {
    let is_error = |fault: &Fault| fault.rule.level == Level::Error;
    let spelled = if found.iter().any(is_error) {
        reading::read(text).filter(|spelled| spelled.as_slice() != [text])
    } else {
        None
    };
    let [spelled] = spelled.as_deref().unwrap_or_default() else {
        return Vec::new();
    };
    let mut revealed = origin::check(spelled, credentials).faults;
    revealed.retain(|fault| {
        let is_known = found.iter().any(|known| known.rule == fault.rule);
        fault.rule.level > Level::Hint && !is_known
    });
    for fault in &mut revealed {
        fault.at = match &fault.at {
            Part::Bytes(same) if text.get(same.clone()) == spelled.get(same.clone()) => continue,
            _ => Part::Bytes(0..text.len()),
        };
    }
    revealed
}
