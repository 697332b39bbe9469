//! A suggestion is a promise: written where the message points, the mistake is gone, and no other
//! stands there.

use std::collections::BTreeMap;

use super::titles::decoded;
use super::{findings, named};
pub(crate) use crate::edits::mended;
use crate::finding::{Finding, Help};
use crate::rules::{self, Level, Rule};

/// What became of the suggestions that were taken.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    written: usize,
    added: usize,
    removed: usize,
    in_words: usize,
}

impl Counts {
    /// How many could be taken.
    pub(crate) fn literal(&self) -> usize {
        self.written + self.added + self.removed
    }
}

/// How often each rule is broken.
pub(super) fn broken(found: &[Finding]) -> BTreeMap<&'static str, (Level, usize)> {
    let mut broken = BTreeMap::new();
    for finding in found {
        let (_, count) = broken
            .entry(finding.rule.name)
            .or_insert((finding.rule.level, 0));
        *count += finding.at.len();
    }
    broken
}

/// Takes the suggestion of every finding, and says what is wrong with it.
pub(crate) fn take(name: &str, text: &str, counts: &mut Counts) -> Result<(), String> {
    let found = findings("krakend.json", text.as_bytes()).1;
    for finding in &found {
        match &finding.help {
            Help::Write(..) => counts.written += 1,
            Help::Add(..) => counts.added += 1,
            Help::Remove(_) => counts.removed += 1,
            Help::OfRule | Help::Render(_) | Help::Words(_) => counts.in_words += 1,
        }
        let Some(mended) = mended(text, finding) else {
            continue;
        };
        if let Some(what) = breach(text, &found, finding, &mended) {
            let rule = finding.rule.name;
            let help = &finding.help;
            return Err(format!(
                "{name}: {what}, after {help:?} of {rule} in {text}"
            ));
        }
    }
    Ok(())
}

/// How the suggestion of a finding breaks its promise, if it does. A suggestion for a hint may lead to no
/// other hint; a suggestion for a graver mistake may.
pub(crate) fn breach(
    text: &str,
    found: &[Finding],
    finding: &Finding,
    mended: &str,
) -> Option<String> {
    if let Some(widening) = widening(finding, text, mended) {
        return Some(widening);
    }
    // What is not JSON hides all that is wrong with it otherwise.
    let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    let rule = finding.rule;
    let least = rule.level.min(Level::Warning);
    let before = broken(found);
    let after = broken(&findings("krakend.json", mended.as_bytes()).1);
    after.into_iter().find_map(|(other, (level, count))| {
        let before = before.get(other).map_or(0, |(_, count)| *count);
        let is_new = match (other == rule.name, is_json) {
            (true, true) => count > before - finding.at.len(),
            (true, false) => count > before,
            (false, _) => is_json && level >= least && count > before && !hides(rule, other),
        };
        is_new.then(|| format!("{other} is there"))
    })
}

/// Whether a rule leaves a list unknown, which the endpoints are not compared with then.
pub(super) fn hides(rule: &Rule, other: &str) -> bool {
    rule.level == Level::Error && rules::ENDPOINTS.iter().any(|rule| rule.name == other)
}

/// What a suggestion allows that nobody wrote: everyone, credentials, or another host.
fn widening(finding: &Finding, text: &str, mended: &str) -> Option<String> {
    let (written, literal) = match &finding.help {
        Help::Write(place, literal) => (&text[place.range()], literal),
        // What is added names no host of an entry.
        Help::Add(_, literal) => ("", literal),
        Help::OfRule | Help::Render(_) | Help::Words(_) | Help::Remove(_) => return None,
    };
    let credentials = |text: &str| {
        let text: String = text.split_whitespace().collect();
        text.contains("\"allow_credentials\":true")
    };
    if literal.contains("\"*\"") {
        return Some("`*` is suggested".to_owned());
    }
    if credentials(mended) && !credentials(text) {
        return Some("credentials are turned on".to_owned());
    }
    let entry = decoded(written);
    let mut origins = literal.split('"').filter(|text| text.contains("://"));
    origins
        .find(|origin| !named::names(&entry, origin))
        .map(|origin| format!("{origin} is not what the entry names"))
}

#[cfg(test)]
mod tests {
    use super::super::golden;
    use super::{Counts, take};

    #[test]
    fn suggestions_of_golden_cases_are_right() {
        let mut counts = Counts::default();
        let complaints: Vec<String> = golden::cases()
            .filter_map(|(name, source, _)| take(&name, source.text(), &mut counts).err())
            .collect();
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
        println!("{counts:?}");
    }
}
