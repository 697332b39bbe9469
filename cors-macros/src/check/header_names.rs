//! Lists of header names: `allow_headers` and `expose_headers`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::placeholder;
use super::token::{at_char, first_non_token, is_stray};
use crate::config::{Given, List};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::literal::{is_quotation_mark, quoted_list};
use crate::report::Report;
use crate::rules::{self, Rule};

/// What to do where nothing would be left, or what is left is not wanted.
const LIST_THEM: &str = "list the names that are meant in its place";

/// A list of header names, each once.
pub(super) struct Names<'a> {
    /// Where the list is.
    list: Place,
    pub(super) names: Vec<Text<'a>>,
    /// Whether a name stays when all are removed of which that can be said.
    stays: bool,
}

/// Reads the list. `is_wanted` tells the names, in lower case, that belong there.
pub(super) fn names<'a>(
    given: &Given<List<'a>>,
    is_wanted: fn(&str) -> bool,
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
        if first_non_token(written).is_some() || is_stray(written) {
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
        .any(|name| is_wanted(&name.as_str().to_ascii_lowercase()));
    let names = Names { list, names, stays };
    for item in malformed {
        report.push(names.malformed(item, is_wanted, &mut seen));
    }
    names
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

    fn malformed(
        &self,
        item: &Text<'_>,
        is_wanted: fn(&str) -> bool,
        seen: &mut HashMap<String, Place>,
    ) -> Finding {
        let (rule, written) = (&rules::NOT_A_HEADER_NAME, item.as_str());
        if written.is_empty() {
            let title = "an empty string is not a header name";
            let finding = Finding::new(rule, item.place(), title, "no name");
            return self.remove(finding, item, LIST_THEM);
        }
        let parts = parts(written);
        let (title, label) = match parts.len() {
            0 | 1 => (
                format!("`{written}` is not a header name"),
                "not allowed in a header name",
            ),
            _ => (
                format!("`{written}` is not one header name"),
                "an entry is one name",
            ),
        };
        let place = match first_non_token(written) {
            Some(bad) => item.part(at_char(written, bad)),
            None => item.place(),
        };
        let mut finding = Finding::new(rule, place, title, label);
        let is_name =
            |part: &&str| first_non_token(part).is_none() && !is_stray(part) && !part.contains('*');
        if parts.is_empty() || !parts.iter().all(is_name) {
            return finding
                .words("write the names with letters, digits and hyphens, one in each entry");
        }
        let (wanted, others): (Vec<&str>, Vec<&str>) = parts
            .into_iter()
            .partition(|part| is_wanted(&part.to_ascii_lowercase()));
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

/// The names in a text that has several, or has signs around one.
fn parts(written: &str) -> Vec<&str> {
    // A whole header line: its value is no name.
    let line = written.split_once(": ").map(|(name, _)| name.trim());
    let text = match line.filter(|name| first_non_token(name).is_none()) {
        Some(name) if !written.contains([',', ';', '\n']) => name,
        _ => written,
    };
    let is_separator = |c: char| matches!(c, ',' | ';' | ':' | '|') || c.is_whitespace();
    let is_mark =
        |c: char| is_quotation_mark(c) || matches!(c, '[' | ']' | '\u{feff}' | '\u{200b}');
    text.split(is_separator)
        .map(|part| part.trim_matches(is_mark))
        .filter(|part| !part.is_empty())
        .collect()
}
