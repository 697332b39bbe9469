//! `allow_origins`, and what it means together with `allow_credentials`.

mod collected;
mod covering;
mod entry;
pub(crate) mod public_suffix;
mod risk;

use crate::config::{Cors, Given, List, Setting};
use crate::finding::{Finding, Place};
use crate::policy;
use crate::report::Report;
use crate::rules;
use collected::Collected;
use entry::Entry;

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
            let start = cors.object.start;
            let place = Place::new(start, start + 1);
            let label = "there is no `allow_origins` in here";
            return nobody(place, label, credentials, report);
        }
        Setting::Unknown => return Origins::default(),
    };
    if given.value.items.is_empty() && !given.value.partial {
        return nobody(given.at, "this means every origin", credentials, report);
    }
    let mut collected = Collected::default();
    for item in &given.value.items {
        match entry::read(item, report) {
            Some(Entry::Any) => collected.star(item),
            Some(Entry::Exact(exact)) => {
                risk::of_origin(item, &exact, credentials, report);
                collected.exact(item, exact, report);
            }
            Some(Entry::Pattern { pattern, breadth }) => {
                risk::of_pattern(item, &pattern, &breadth, credentials, report);
                collected.pattern(item, pattern, &breadth, report);
            }
            None => {}
        }
    }
    collected.covered(report);
    match collected.star {
        Some(star) => everybody(star, given, credentials, report),
        None => Origins {
            any: collected.any_by_pattern,
            any_by_pattern: collected.any_by_pattern,
            allowed: collected.listed(),
        },
    }
}

/// No origins at all, which means all of them.
fn nobody(place: Place, label: &str, credentials: Option<Place>, report: &mut Report) -> Origins {
    const HELP: &str = "\"allow_origins\": [\"https://app.example.com\"]";
    report.push(match credentials {
        Some(credentials) => Finding::new(
            &rules::NO_ORIGINS_WITH_CREDENTIALS,
            place,
            "no `allow_origins` means every origin, which browsers refuse with credentials",
            label,
        )
        .also(credentials, "credentials are allowed here")
        .note("KrakenD sends `Access-Control-Allow-Origin: *`; no request with credentials passes that")
        .words(HELP),
        None => Finding::new(
            &rules::NO_ORIGINS,
            place,
            "no `allow_origins` means every origin",
            label,
        )
        .note("KrakenD puts `*` in place of an empty or missing list")
        .words("\"allow_origins\": [\"*\"] if that is meant, else the origins"),
    });
    Origins {
        allowed: credentials.is_none().then_some(policy::Origins::Any),
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
                "browsers refuse `*` together with credentials",
                "every origin",
            )
            .also(credentials, "with credentials")
            .note("KrakenD sends `Access-Control-Allow-Origin: *`; no request with credentials passes that")
            .words("\"allow_origins\": [\"https://app.example.com\"], or \"allow_credentials\": false"),
        );
    } else if let Some(other) = given.value.items.iter().find(|item| item.as_str() != "*") {
        report.push(
            Finding::new(
                &rules::ORIGINS_BESIDE_STAR,
                other.place(),
                "beside `*` the other origins say nothing",
                "allowed by `*` already",
            )
            .also(star, "every origin")
            .note("KrakenD allows everyone as soon as `*` is in the list")
            .words("\"allow_origins\": [\"*\"], or the others without it"),
        );
    }
    Origins {
        allowed: credentials.is_none().then_some(policy::Origins::Any),
        any: Some(star),
        any_by_pattern: None,
    }
}
