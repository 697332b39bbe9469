//! `allow_origins`, and what it means together with `allow_credentials`.

mod collected;
mod fix;
mod reading;
mod subsumed;

use super::origin::{self, Entry};
use crate::config::{Cors, Given, Key, List, Setting};
use crate::finding::{Finding, Help, Place};
use crate::json::Text;
use crate::literal::quoted_list;
use crate::policy;
use crate::report::Report;
use crate::rules::{self, Level};
use collected::Collected;

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
            return nobody("a missing", at, credentials, report);
        }
        Setting::Unknown => return Origins::default(),
    };
    let items = &given.value.items;
    if items.is_empty() && !given.value.partial {
        let at = (given.at, "this means every origin".to_owned());
        return nobody("an empty", at, credentials, report);
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
            faulty.push((item, faults));
        }
    }
    let subsuming = collected.subsuming();
    for (item, faults) in faulty {
        let faults = faults.into_iter();
        let mut findings: Vec<Finding> = faults
            .map(|fault| fault.finding(item, credentials))
            .collect();
        let is_empty = |finding: &Finding| *finding.rule == rules::EMPTY_ORIGIN;
        if items.len() > 1 {
            for finding in findings.iter_mut().filter(|finding| is_empty(finding)) {
                finding.help = Help::Remove(vec![item.place()]);
            }
        }
        let is_listed = |text: &str| collected.has(text, &subsuming, item.place());
        suggest(item, findings, credentials, is_listed, report);
    }
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

/// Reports what is wrong with an entry, with what to write instead.
fn suggest(
    item: &Text<'_>,
    mut findings: Vec<Finding>,
    credentials: Option<Place>,
    is_listed: impl Fn(&str) -> bool,
    report: &mut Report,
) {
    let is_hint = |finding: &Finding| finding.rule.level == Level::Hint;
    let fixed = if findings.iter().all(is_hint) {
        None
    } else {
        fix::entries(item.as_str(), credentials.is_some())
    };
    if let Some(fixed) = fixed {
        let missing: Vec<&String> = fixed.iter().filter(|origin| !is_listed(origin)).collect();
        for finding in findings.iter_mut().filter(|finding| !is_hint(finding)) {
            if missing.is_empty() {
                let note = format!(
                    "the rest of the list allows {} already",
                    quoted_list(&fixed)
                );
                finding.notes.push(note);
                finding.help = Help::Remove(vec![item.place()]);
            } else {
                finding.help = Help::Write(item.place(), quoted_list(&missing));
            }
        }
    }
    for finding in findings {
        report.push(finding);
    }
}

/// No origins at all, which means all of them.
fn nobody(
    how: &str,
    (place, label): (Place, String),
    credentials: Option<Place>,
    report: &mut Report,
) -> Origins {
    let title = format!("{how} `allow_origins` means every origin");
    report.push(match credentials {
        Some(credentials) => {
            let title = format!("{title}, which browsers refuse with credentials");
            Finding::new(&rules::NO_ORIGINS_WITH_CREDENTIALS, place, title, label)
                .also(credentials, "credentials are allowed here")
        }
        None => Finding::new(&rules::NO_ORIGINS, place, title, label),
    });
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
