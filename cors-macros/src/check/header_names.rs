//! Lists of header names: `allow_headers` and `expose_headers`.

mod meant;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

pub(super) use self::meant::{REQUEST, RESPONSE};
use super::placeholder;
use super::token::{at_char, first_non_token, is_stray, means_every};
use crate::config::{Given, List};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::literal::{is_quotation_mark, quoted_list};
use crate::report::Report;
use crate::rules::{self, Rule};

/// What to do where nothing would be left, or what is left is not wanted.
const LIST_THEM: &str = "list the names that are meant in its place";

/// What the word for all entries may have with it.
const HEADER: &str = "HEADER";

/// What a list should have.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    /// Tells the names, in lower case, that belong there.
    pub(super) is_wanted: fn(&str) -> bool,
    /// Those that nearly everybody means who writes them.
    pub(super) known: &'static [&'static str],
}

/// A list of header names, each once.
pub(super) struct Names<'a> {
    /// Where the list is.
    list: Place,
    pub(super) names: Vec<Text<'a>>,
    /// Whether a name stays when all are removed of which that can be said.
    stays: bool,
}

/// Reads the list.
pub(super) fn names<'a>(
    given: &Given<List<'a>>,
    expected: Expected,
    report: &mut Report,
) -> Names<'a> {
    let list = given.at;
    let (mut names, mut malformed): (Vec<Text<'a>>, Vec<&Text<'a>>) = Default::default();
    let mut seen: HashMap<String, Place> = HashMap::new();
    for item in &given.value.items {
        let written = item.as_str();
        if let Some(at) = placeholder::find(written) {
            report.push(placeholder::finding(item, at));
            continue;
        }
        if !is_name(written) {
            malformed.push(item);
            continue;
        }
        if let Some(star) = written.find('*').filter(|_| written != "*") {
            report.push(star_inside(item, star));
        }
        match seen.entry(written.to_ascii_lowercase()) {
            Entry::Vacant(entry) => {
                entry.insert(item.place());
                names.push(item.clone());
            }
            Entry::Occupied(first) => {
                let text = "{} is listed more than once";
                let entry = (item.place(), written);
                report.push(
                    Finding::of_entry(&rules::DUPLICATE_HEADER, list, entry, text, "again")
                        .also(*first.get(), "first listed here")
                        .remove(item.place()),
                );
            }
        }
    }
    let stays = names
        .iter()
        .any(|name| (expected.is_wanted)(&name.as_str().to_ascii_lowercase()));
    let names = Names { list, names, stays };
    for item in malformed {
        report.push(names.malformed(item, expected, &mut seen));
    }
    names
}

/// Whether an entry is one name, or `*`.
pub(super) fn is_name(entry: &str) -> bool {
    first_non_token(entry).is_none() && !is_stray(entry)
}

fn star_inside(item: &Text<'_>, star: usize) -> Finding {
    Finding::new(
        &rules::STAR_INSIDE_HEADER_NAME,
        item.part(star..star + 1),
        format!("`{}` is not a pattern", item.as_str()),
        "not a wildcard here",
    )
}

impl<'a> Names<'a> {
    /// A finding that several entries may share.
    pub(super) fn of_entry(
        &self,
        rule: &'static Rule,
        item: &Text<'_>,
        title: &'static str,
        label: &str,
    ) -> Finding {
        let entry = (item.place(), item.as_str());
        Finding::of_entry(rule, self.list, entry, title, label)
    }

    pub(super) fn find(&self, is: impl Fn(&str) -> bool) -> Option<&Text<'a>> {
        self.names.iter().find(|name| is(name.as_str()))
    }

    /// To remove an entry, if another stays: an empty list may have a meaning of its own.
    pub(super) fn remove(
        &self,
        finding: Finding,
        item: &Text<'_>,
        else_words: &'static str,
    ) -> Finding {
        if self.stays {
            finding.remove(item.place())
        } else {
            finding.words(else_words)
        }
    }

    /// Names that hardly anybody means, though they are names. What is used elsewhere is meant.
    pub(super) fn unlikely(
        &self,
        expected: Expected,
        is_used: impl Fn(&str) -> bool,
        report: &mut Report,
    ) {
        let lower = |name: &Text<'_>| name.as_str().to_ascii_lowercase();
        let listed: HashSet<String> = self.names.iter().map(lower).collect();
        for item in &self.names {
            let name = item.as_str();
            if name.contains('*') {
                continue;
            } else if means_every(name, HEADER) {
                let title = "only `*` means every header, not {}";
                let rule = &rules::NOT_EVERY_HEADER;
                report.push(self.of_entry(rule, item, title, "the name of one header"));
            } else if (expected.is_wanted)(&lower(item))
                && let Some(meant) = meant::misspelt(name, expected.known)
                && !listed.contains(&meant.to_ascii_lowercase())
                && !is_used(&lower(item))
            {
                let title = format!("`{name}` looks misspelt");
                let label = format!("is `{meant}` meant?");
                let words = format!("write \"{meant}\", or keep it if exactly `{name}` is sent");
                let rule = &rules::MISSPELT_HEADER_NAME;
                report.push(Finding::new(rule, item.place(), title, label).words(words));
            }
        }
    }

    fn malformed(
        &self,
        item: &Text<'_>,
        expected: Expected,
        seen: &mut HashMap<String, Place>,
    ) -> Finding {
        let (rule, written) = (&rules::NOT_A_HEADER_NAME, item.as_str());
        if written.is_empty() {
            let title = "an empty string is not a header name";
            let finding = Finding::new(rule, item.place(), title, "no name");
            return self.remove(finding, item, LIST_THEM);
        }
        let parts = parts(written, expected.known);
        let (title, label) = match parts.as_deref() {
            Some([_, _, ..]) => (
                format!("`{written}` is not one header name"),
                "an entry is one name",
            ),
            _ => (
                format!("`{written}` is not a header name"),
                "not allowed in a header name",
            ),
        };
        let place = match first_non_token(written) {
            Some(bad) => item.part(at_char(written, bad)),
            None => item.place(),
        };
        let mut finding = Finding::new(rule, place, title, label);
        let Some(parts) = parts else {
            return finding
                .words("write the names with letters, digits and hyphens, one in each entry");
        };
        let (wanted, others): (Vec<&str>, Vec<&str>) = parts
            .into_iter()
            .partition(|part| (expected.is_wanted)(&part.to_ascii_lowercase()));
        if wanted.is_empty() {
            return finding.words(LIST_THEM);
        }
        if !others.is_empty() {
            finding = finding.note(format!(
                "`{}` is left out, since it does not belong in this list",
                others.join("`, `")
            ));
        }
        // What is listed already, or suggested for another entry, is not suggested again.
        let lacking: Vec<&str> = wanted
            .into_iter()
            .filter(|name| {
                seen.insert(name.to_ascii_lowercase(), item.place())
                    .is_none()
            })
            .collect();
        if lacking.is_empty() {
            finding.remove(item.place())
        } else if self.find(|name| name == "*").is_some() {
            finding.words(format!(
                "write {} if `*` is removed, else remove this",
                quoted_list(&lacking)
            ))
        } else {
            finding.write_elements(self.list, item.place(), &lacking)
        }
    }
}

/// The names in a text that has several, or characters around one; none unless all are certain.
fn parts<'t>(written: &'t str, known: &[&'static str]) -> Option<Vec<&'t str>> {
    let is_around = |c: char| {
        is_quotation_mark(c)
            || c.is_whitespace()
            || matches!(c, '[' | ']' | '\u{feff}' | '\u{200b}')
    };
    let is_name = |part: &&str| {
        let is_usual = || meant::misspelt(part, known).is_none() && !means_every(part, HEADER);
        let is_stray = |c| is_quotation_mark(c) || c == '*';
        first_non_token(part).is_none() && !part.contains(is_stray) && is_usual()
    };
    let mut names = Vec::new();
    for part in written.split([',', ';', '|', '\n']) {
        let part = part.trim_matches(is_around);
        // A space may also be part of a name that is meant with hyphens, or be before a value.
        let words = || part.split([' ', ':']).filter(|word| !word.is_empty());
        if part.is_empty() {
            continue;
        } else if is_name(&part) {
            names.push(part);
        } else if words().all(|word| meant::is_certain(word, known) && is_name(&word)) {
            names.extend(words());
        } else {
            // A whole header line: its value is no name.
            let (name, _) = part.split_once(':')?;
            names.push(Some(name.trim_end()).filter(is_name)?);
        }
    }
    (!names.is_empty()).then_some(names)
}
