//! `allow_origins`, and what it means together with `allow_credentials`.

mod collected;
mod fix;
mod reading;
pub(super) mod subsumed;
mod suggested;

use std::collections::HashSet;

use super::origin::{self, Entry, Fault};
use crate::config::{Cors, Given, Key, List, Setting};
use crate::finding::{Finding, Help, Place};
use crate::json::Text;
use crate::literal::quoted_list;
use crate::policy;
use crate::report::Report;
use crate::rules::{self, Level};
use collected::Collected;
use suggested::{Advice, Suggested};

/// The origins, and what other rules need to know of them.
#[derive(Default)]
pub(super) struct Origins {
    /// None where an error leaves nobody to allow.
    pub(super) allowed: Option<policy::Origins>,
    /// Where every origin is allowed, if it is.
    pub(super) any: Option<Place>,
    /// Where a pattern does so.
    pub(super) any_by_pattern: Option<Place>,
}

/// Reads the list, and reports what is wrong with it.
pub(super) fn check(cors: &Cors<'_>, credentials: Option<Place>, report: &mut Report) -> Origins {
    let given = match &cors.allow_origins {
        Setting::Given(given) => given,
        Setting::Missing => {
            let at = cors.without(Key::AllowOrigins);
            let mut finding = nobody("a missing", at, credentials);
            if cors.has_no_lists() {
                finding = finding.note_of_file(rules::LOST_SETTINGS);
            }
            return any(finding, report);
        }
        Setting::Unknown => return Origins::default(),
    };
    let items = &given.value.items;
    if items.is_empty() && !given.value.partial {
        let at = (given.at, "this means every origin".to_owned());
        return any(nobody("an empty", at, credentials), report);
    }
    let mut collected = Collected::new(given.at);
    let mut faulty = Vec::new();
    for item in items {
        let checked = origin::check(item.as_str(), credentials.is_some());
        match checked.entry {
            Some(Entry::Any) => collected.star(item),
            Some(Entry::Exact(origin)) => collected.exact(item, origin, report),
            Some(Entry::Pattern { pattern, any, null }) => {
                collected.pattern(item, pattern, any, report);
                if null {
                    collected.null(item);
                }
            }
            None => {}
        }
        let mut faults = checked.faults;
        faults.extend(fix::revealed(item.as_str(), credentials.is_some(), &faults));
        if !faults.is_empty() {
            faulty.push(Faulty::new(item, faults, credentials));
        }
    }
    report_faults(given, faulty, &collected, credentials, report);
    collected.report_subsumed(report);
    match collected.star {
        Some(star) => everybody(star, given, credentials, report),
        None => Origins {
            any: collected.any_by_pattern,
            any_by_pattern: collected.any_by_pattern,
            allowed: collected.listed(),
        },
    }
}

/// An entry with something wrong, or worth a hint.
struct Faulty<'i, 'a> {
    item: &'i Text<'a>,
    faults: Vec<Fault>,
    /// What can be in its place.
    fixed: Option<Vec<String>>,
}

impl<'i, 'a> Faulty<'i, 'a> {
    fn new(item: &'i Text<'a>, faults: Vec<Fault>, credentials: Option<Place>) -> Self {
        let fixed = is_wrong(&faults).then(|| fix::entries(item.as_str(), credentials.is_some()));
        Self {
            item,
            faults,
            fixed: fixed.flatten(),
        }
    }

    /// Whether it may stay or go: something is wrong, and nothing is certain to be meant.
    fn is_doubtful(&self) -> bool {
        self.fixed.is_none() && is_wrong(&self.faults)
    }
}

fn is_wrong(faults: &[Fault]) -> bool {
    faults.iter().any(|fault| fault.rule.level > Level::Hint)
}

/// Reports what is wrong with entries, with what to write instead.
fn report_faults(
    given: &Given<List<'_>>,
    faulty: Vec<Faulty<'_, '_>>,
    collected: &Collected,
    credentials: Option<Place>,
    report: &mut Report,
) {
    let places = |is: fn(&Faulty<'_, '_>) -> bool| -> HashSet<Place> {
        let some = faulty.iter().filter(|entry| is(entry));
        some.map(|entry| entry.item.place()).collect()
    };
    let replaced = places(|entry| entry.fixed.is_some());
    let doubtful = places(|entry| entry.is_doubtful());
    let stays = |place: &Place| !replaced.contains(place) && !doubtful.contains(place);
    let stay = collected.entries(stays);
    let may_go = collected.entries(|place| !stays(place));
    let fixes: Vec<Option<Vec<String>>> = faulty.iter().map(|entry| entry.fixed.clone()).collect();
    let all: Vec<&String> = fixes.iter().flatten().flatten().collect();
    let mut suggested = Suggested::new(&stay, &may_go, &all);
    // An empty list means every origin.
    let has_others = given
        .value
        .items
        .iter()
        .any(|item| !item.as_str().is_empty());
    for (Faulty { item, faults, .. }, fixed) in faulty.into_iter().zip(&fixes) {
        let help = match fixed {
            Some(fixed) if collected.star.is_some() => Some((beside_star(fixed), None)),
            Some(fixed) => Some(help(given.at, item, fixed, &mut suggested)),
            None => None,
        };
        for fault in faults {
            let is_hint = fault.rule.level == Level::Hint;
            let mut finding = fault.finding(item, credentials);
            if *finding.rule == rules::EMPTY_ORIGIN && has_others {
                finding.help = Help::Remove(vec![item.place()]);
            }
            if let Some((help, note)) = help.clone().filter(|_| !is_hint) {
                finding.help = help;
                if let Some(note) = note {
                    finding = finding.note(note);
                }
            }
            report.push(finding);
        }
    }
}

/// What to do with an entry, and what to say beside it.
fn help<'s>(
    list: Place,
    item: &Text<'_>,
    fixed: &'s [String],
    suggested: &mut Suggested<'s>,
) -> (Help, Option<String>) {
    let written = quoted_list(fixed);
    match suggested.advice(fixed, item.place()) {
        Advice::Write(lacking) => (Help::write_elements(list, item.place(), &lacking), None),
        Advice::Remove => {
            let note = format!("the rest of the list allows {written} already");
            (Help::Remove(vec![item.place()]), Some(note))
        }
        Advice::RemoveToo => {
            let note = format!("{written} is suggested for another entry already");
            (Help::Remove(vec![item.place()]), Some(note))
        }
        Advice::Words => {
            let words = format!("write {written}, and remove what is matched twice then");
            (Help::Words(words), None)
        }
    }
}

/// What to do with an entry that `*` makes needless.
fn beside_star(fixed: &[String]) -> Help {
    let written = quoted_list(fixed);
    Help::Words(format!(
        "write {written} if `*` is removed, else remove this"
    ))
}

/// No origins at all, which means all of them.
fn nobody(how: &str, (place, label): (Place, String), credentials: Option<Place>) -> Finding {
    let title = format!("{how} `allow_origins` means every origin");
    match credentials {
        Some(credentials) => {
            let title = format!("{title}, which browsers refuse with credentials");
            Finding::new(&rules::NO_ORIGINS_WITH_CREDENTIALS, place, title, label)
                .also(credentials, "credentials are allowed here")
        }
        None => Finding::new(&rules::NO_ORIGINS, place, title, label),
    }
}

fn any(finding: Finding, report: &mut Report) -> Origins {
    let place = finding.place();
    report.push(finding);
    Origins {
        allowed: Some(policy::Origins::Any),
        any: Some(place),
        any_by_pattern: None,
    }
}

/// A list with `*` in it.
fn everybody(
    star: Place,
    given: &Given<List<'_>>,
    credentials: Option<Place>,
    report: &mut Report,
) -> Origins {
    if let Some(credentials) = credentials {
        report.push(
            Finding::new(
                &rules::STAR_WITH_CREDENTIALS,
                star,
                "\"*\" allows every origin, which browsers refuse with credentials",
                "every origin",
            )
            .also(credentials, "credentials are allowed here"),
        );
    }
    for other in given.value.items.iter().filter(|item| item.as_str() != "*") {
        report.push(
            Finding::of_entry(
                &rules::ORIGINS_BESIDE_STAR,
                given.at,
                (other.place(), other.as_str()),
                "\"*\" already allows {}",
                "no effect",
            )
            .also(star, "every origin"),
        );
    }
    Origins {
        allowed: Some(policy::Origins::Any),
        any: Some(star),
        any_by_pattern: None,
    }
}
