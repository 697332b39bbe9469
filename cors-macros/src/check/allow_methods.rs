//! `allow_methods`.

mod entry;

use std::collections::HashSet;

use self::entry::{Entry, misspelt};
use super::placeholder;
use super::token::{at_char, first_non_token};
use crate::config::{Cors, Given, List, Setting};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::literal::quoted_list;
use crate::report::Report;
use crate::rules::{self, Rule};

/// What KrakenD allows unless it is told otherwise: the CORS-safelisted methods.
pub(super) const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

/// The methods that somebody means who means every method.
const EVERY: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// The methods that an actual request may have. An entry that is an error counts as what it means,
/// so that its correction brings up nothing new.
pub(super) fn check(cors: &Cors<'_>, report: &mut Report) -> Vec<String> {
    let given = match &cors.allow_methods {
        Setting::Given(given) => given,
        Setting::Missing | Setting::Unknown => return SAFELISTED.map(str::to_owned).to_vec(),
    };
    let items = &given.value.items;
    let entries: Vec<Entry> = items.iter().map(|item| Entry::of(item.as_str())).collect();
    let mut list = Methods {
        given,
        listed: Vec::new(),
        seen: HashSet::new(),
        stays: entries.iter().any(Entry::can_stay),
    };
    // What is right is listed before the corrections of what is not.
    for (item, entry) in items.iter().zip(&entries) {
        let Some(method) = entry.as_it_is() else {
            continue;
        };
        let finding = if list.adds(&method) {
            list.finding(item, entry)
        } else {
            Some(list.duplicate(item))
        };
        finding.into_iter().for_each(|finding| report.push(finding));
    }
    for (item, entry) in items.iter().zip(&entries) {
        if entry.as_it_is().is_none()
            && let Some(finding) = list.finding(item, entry)
        {
            report.push(finding);
        }
    }
    let is_whole = entries.iter().all(|entry| entry.as_it_is().is_some()) && !given.value.partial;
    let methods = list.listed;
    if methods.is_empty() {
        if is_whole {
            let title = "an empty `allow_methods` allows GET, HEAD and POST";
            report.push(
                Finding::new(&rules::NO_METHODS, given.at, title, "this forbids nothing")
                    .write(given.at, format!("[{}]", quoted_list(&SAFELISTED))),
            );
        }
        return SAFELISTED.map(str::to_owned).to_vec();
    }
    if is_whole {
        missing_safelisted(&methods, given.at, report);
    }
    methods
}

/// The method of an entry that can stay as it is.
pub(super) fn method(entry: &str) -> Option<String> {
    Entry::of(entry).as_it_is()
}

fn missing_safelisted(methods: &[String], at: Place, report: &mut Report) {
    let missing: Vec<String> = SAFELISTED
        .into_iter()
        .filter(|safelisted| !methods.iter().any(|method| method == safelisted))
        .map(|safelisted| format!("`{safelisted}`"))
        .collect();
    if let [rest @ .., last] = missing.as_slice() {
        let missing = match rest {
            [] => last.clone(),
            _ => format!("{} and {last}", rest.join(", ")),
        };
        report.push(Finding::new(
            &rules::SAFELISTED_METHOD_MISSING,
            at,
            format!("leaving out {missing} does not keep requests out"),
            "browsers send GET, HEAD and POST without a preflight",
        ));
    }
}

/// The list, for suggestions: they neither repeat an entry nor leave none.
struct Methods<'g, 'a> {
    given: &'g Given<List<'a>>,
    /// The methods that are listed, and those that a suggestion adds.
    listed: Vec<String>,
    seen: HashSet<String>,
    /// Whether an entry stays when the others are removed.
    stays: bool,
}

impl Methods<'_, '_> {
    /// Lists a method, unless it is listed already.
    fn adds(&mut self, method: &str) -> bool {
        let is_new = self.seen.insert(method.to_owned());
        if is_new {
            self.listed.push(method.to_owned());
        }
        is_new
    }

    /// A finding that several entries may share.
    fn of_entry(
        &self,
        rule: &'static Rule,
        item: &Text<'_>,
        title: &'static str,
        label: &str,
    ) -> Finding {
        Finding::of_entry(
            rule,
            self.given.at,
            (item.place(), item.as_str()),
            title,
            label,
        )
    }

    fn duplicate(&self, item: &Text<'_>) -> Finding {
        let title = "{} is listed more than once";
        self.of_entry(&rules::DUPLICATE_METHOD, item, title, "again")
            .remove(item.place())
    }

    fn finding(&mut self, item: &Text<'_>, entry: &Entry) -> Option<Finding> {
        let method = item.as_str();
        let place = item.place();
        Some(match entry {
            Entry::Known(_) => return None,
            Entry::Placeholder(at) => placeholder::finding(item, at.clone()),
            Entry::Options => {
                let title = "a preflight does not need {} in the list";
                let rule = &rules::OPTIONS_LISTED;
                self.remove(self.of_entry(rule, item, title, "not needed"), place)
            }
            Entry::Forbidden(_) => {
                let (rule, title) = (&rules::FORBIDDEN_METHOD, "no script can send {}");
                self.remove(
                    self.of_entry(rule, item, title, "a forbidden method"),
                    place,
                )
            }
            Entry::Unusual(_) => {
                let title = "KrakenD's schema does not know {}";
                let (rule, upper) = (&rules::UNUSUAL_METHOD, method.to_ascii_uppercase());
                if upper == method {
                    return Some(self.of_entry(rule, item, title, "check the spelling"));
                }
                let label = format!("is `{upper}` meant?");
                let words =
                    format!("write \"{upper}\", or keep it if scripts really send `{method}`");
                self.of_entry(rule, item, title, &label).words(words)
            }
            Entry::Case(known) => {
                let title = format!("the method `{method}` is not in upper case");
                let label = format!("`{known}` is meant");
                let rule = &rules::METHOD_NOT_UPPER_CASE;
                self.write(Finding::new(rule, place, title, label), place, &[*known])
            }
            Entry::Misspelt(meant) => {
                let title = format!("`{method}` is not a method; did you mean `{meant}`?");
                let label = "allows no usual method";
                let rule = &rules::MISSPELT_METHOD;
                self.write(Finding::new(rule, place, title, label), place, &[*meant])
            }
            Entry::Every => {
                let title = format!("`{method}` does not mean every method");
                let finding =
                    Finding::new(&rules::STAR_METHOD, place, title, "not a wildcard here");
                self.write(finding, place, &EVERY)
            }
            Entry::Malformed(parts) => self.malformed(item, parts),
        })
    }

    fn malformed(&mut self, item: &Text<'_>, parts: &[String]) -> Finding {
        let (rule, method) = (&rules::NOT_A_METHOD, item.as_str());
        if method.is_empty() {
            let title = "an empty string is not a method";
            let finding = Finding::new(rule, item.place(), title, "no method");
            return self.remove(finding, item.place());
        }
        let (title, label) = match parts.len() {
            0 | 1 => (
                format!("`{method}` is not a method"),
                "not allowed in a method",
            ),
            _ => (
                format!("`{method}` is not one method"),
                "an entry is one method",
            ),
        };
        let place = match first_non_token(method) {
            Some(bad) => item.part(at_char(method, bad)),
            None => item.place(),
        };
        let finding = Finding::new(rule, place, title, label);
        let meant: Option<Vec<&str>> = parts.iter().map(|part| misspelt(part)).collect();
        match (meant.as_deref(), parts) {
            (_, []) => finding,
            (Some(meant), _) => self.write(finding, item.place(), meant),
            (None, _) if parts.iter().all(|part| first_non_token(part).is_none()) => {
                finding.words(format!("write {}, if that is meant", quoted_list(parts)))
            }
            (None, _) => finding,
        }
    }

    /// To write the methods that are not listed yet; to remove the entry if all are.
    fn write(&mut self, finding: Finding, place: Place, methods: &[&str]) -> Finding {
        let mut lacking = methods.to_vec();
        lacking.retain(|method| self.adds(method));
        if lacking.is_empty() {
            finding.remove(place)
        } else {
            finding.write_elements(self.given.at, place, &lacking)
        }
    }

    /// To remove an entry, if another stays: an empty list has a meaning of its own.
    fn remove(&self, finding: Finding, place: Place) -> Finding {
        if self.stays {
            finding.remove(place)
        } else {
            finding.words("remove it, and list the methods that scripts send")
        }
    }
}
