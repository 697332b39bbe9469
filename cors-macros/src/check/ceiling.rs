//! `within`: the most that a service accepts of a policy.
//!
//! A ceiling is read and checked as a policy is. How much it allows is no mistake there; what says nothing of
//! the most that is accepted is one.

mod limit;
mod suggested;

use self::limit::Limit;
use super::max_age;
use crate::config::{Cors, Given, Key, List, Setting};
use crate::finding::{Finding, Place, listed};
use crate::gateway::Gateway;
use crate::json::Text;
use crate::literal::quoted;
use crate::policy::{Headers, Origins, Policy};
use crate::report::Report;
use crate::rules::{self, Level, Rule};

const NOT_ACCEPTED: &str = "not accepted";

/// The settings that are limited; none of the others is.
pub(crate) struct Ceiling {
    origins: Option<Origins>,
    methods: Option<Vec<String>>,
    headers: Option<Headers>,
    exposed: Option<Vec<String>>,
    max_age: Option<MaxAge>,
    credentials: Option<bool>,
    private_network: Option<bool>,
}

struct MaxAge {
    seconds: u64,
    written: String,
}

/// What is said of a ceiling too, though it is no error in a policy: that an entry covers less than it
/// seems to.
fn covers_little(rule: &Rule) -> bool {
    [&rules::STAR_INSIDE_HEADER_NAME, &rules::NOT_EVERY_HEADER].contains(&rule)
}

impl Ceiling {
    /// Checks the object of a `within`. There is none only if an error in the report says why.
    pub(crate) fn read(cors: &Cors<'_>, report: &mut Report) -> Option<Self> {
        let policy = super::check(cors, &Gateway::default(), report);
        report.revise(|finding| match finding.rule {
            rule if *rule == rules::UNRELATED_KEY => {
                let key = finding.entries().first()?;
                Some(not_limited(finding.place(), key))
            }
            // To expose every header and to send credentials are two limits.
            rule if *rule == rules::STAR_EXPOSE_WITH_CREDENTIALS => None,
            rule => (rule.level == Level::Error || covers_little(rule)).then_some(finding),
        });
        for (key, member) in [
            (Key::Debug, member(&cors.debug)),
            (Key::OptionsPassthrough, member(&cors.options_passthrough)),
            (
                Key::OptionsSuccessStatus,
                member(&cors.options_success_status),
            ),
        ] {
            if let Some(member) = member {
                report.push(not_limited(member, key.name()));
            }
        }
        for (key, list) in [
            (Key::AllowOrigins, &cors.allow_origins),
            (Key::AllowMethods, &cors.allow_methods),
            (Key::AllowHeaders, &cors.allow_headers),
        ] {
            if let Some(given) = list.given().filter(|given| is_empty(given)) {
                let title = format!("an empty `{key}` does not say what is accepted");
                let label = "all of them, or none?";
                report.push(Finding::new(&rules::EMPTY_LIMIT, given.at, title, label));
            }
        }
        Some(Self::of(cors, policy?))
    }

    /// What a policy allows, as the most that another one may. How long preflights are cached is no part of
    /// it.
    #[allow(dead_code, reason = "only the program changes a policy")]
    pub(crate) fn from_policy(policy: Policy) -> Self {
        Self {
            origins: Some(policy.origins),
            methods: Some(policy.methods),
            headers: Some(policy.headers),
            exposed: Some(policy.exposed),
            max_age: None,
            credentials: Some(policy.credentials),
            private_network: Some(policy.private_network),
        }
    }

    fn of(cors: &Cors<'_>, policy: Policy) -> Self {
        let max_age = cors.max_age.given().and_then(|given| {
            let written = given.value.as_str();
            let seconds = max_age::cached(written)?;
            let written = written.to_owned();
            Some(MaxAge { seconds, written })
        });
        let value = |switch: &Setting<bool>| switch.given().map(|given| given.value);
        Self {
            origins: cors.allow_origins.given().map(|_| policy.origins),
            methods: cors.allow_methods.given().map(|_| policy.methods),
            headers: cors.allow_headers.given().map(|_| policy.headers),
            exposed: cors.expose_headers.given().map(|_| policy.exposed),
            max_age,
            credentials: value(&cors.allow_credentials),
            private_network: value(&cors.allow_private_network),
        }
    }

    /// Reports what is beyond the ceiling in the settings of a policy.
    pub(crate) fn compare(&self, cors: &Cors<'_>, report: &mut Report) {
        let limits = self.limits();
        suggested::revise(self, &limits, cors, report);
        for limit in &limits {
            let setting = list(cors, limit.key);
            match setting {
                Setting::Given(given) if !is_empty(given) => entries(given, limit, report),
                Setting::Given(given) => {
                    let at = (given.at, "an empty list allows this".to_owned());
                    without_list(at, limit, report);
                }
                Setting::Missing => without_list(cors.without(limit.key), limit, report),
                Setting::Unknown => {}
            }
        }
        for (key, accepted, setting) in [
            (
                Key::AllowCredentials,
                self.credentials,
                &cors.allow_credentials,
            ),
            (
                Key::AllowPrivateNetwork,
                self.private_network,
                &cors.allow_private_network,
            ),
        ] {
            if let (Some(false), Some(on)) = (accepted, setting.on()) {
                let finding = beyond(on.member, &format!("`{key}` is"), NOT_ACCEPTED);
                let finding = finding.note(format!("`within` has `\"{key}\": false`"));
                report.push(finding.words(format!(
                    "remove it, or accept it: write `\"{key}\": true` in `within`"
                )));
            }
        }
        if let Some(limit) = &self.max_age {
            limit.compare(cors, report);
        }
    }

    fn limits(&self) -> Vec<Limit<'_>> {
        let limits = [
            self.origins.as_ref().map(Limit::origins),
            self.methods.as_deref().map(Limit::methods),
            self.headers.as_ref().map(Limit::headers),
            self.exposed.as_deref().map(Limit::exposed),
        ];
        limits.into_iter().flatten().collect()
    }
}

impl MaxAge {
    fn accepts(&self, written: &str) -> bool {
        // What is no duration has an error of its own.
        max_age::cached(written).is_none_or(|seconds| seconds <= self.seconds)
    }

    fn compare(&self, cors: &Cors<'_>, report: &mut Report) {
        let (finding, written) = match &cors.max_age {
            Setting::Given(given) if !self.accepts(given.value.as_str()) => {
                let written = given.value.as_str();
                let what = format!("{} for `max_age` is", quoted(written));
                (beyond(given.at, &what, "too long"), written.to_owned())
            }
            Setting::Missing if max_age::UNTOLD > self.seconds => {
                let (place, label) = cors.without(Key::MaxAge);
                let written = format!("{}s", max_age::UNTOLD);
                let what = format!("\"{written}\", which browsers take without `max_age`, is");
                (beyond(place, &what, label), written)
            }
            _ => return,
        };
        let longest = quoted(&self.written);
        let finding = finding.note(format!("`within` accepts at most {longest}"));
        report.push(finding.words(format!(
            "write {longest} or less, or accept it: write `\"max_age\": {}` in `within`",
            quoted(&written)
        )));
    }
}

fn member<T>(setting: &Setting<T>) -> Option<Place> {
    setting.given().map(|given| given.member)
}

fn not_limited(place: Place, key: &str) -> Finding {
    let title = format!("`within` does not limit `{key}`");
    Finding::new(&rules::NOT_LIMITED, place, title, "not a limit")
}

/// Whether a list is written without an element.
fn is_empty(given: &Given<List<'_>>) -> bool {
    given.value.items.is_empty() && !given.value.partial
}

fn list<'c, 'a>(cors: &'c Cors<'a>, key: Key) -> &'c Setting<List<'a>> {
    match key {
        Key::AllowMethods => &cors.allow_methods,
        Key::AllowHeaders => &cors.allow_headers,
        Key::ExposeHeaders => &cors.expose_headers,
        _ => &cors.allow_origins,
    }
}

/// A finding of what this is; the verb is at its end.
fn beyond(place: Place, what: &str, label: impl Into<String>) -> Finding {
    let title = format!("{what} beyond what this service accepts");
    Finding::new(&rules::BEYOND_CEILING, place, title, label)
}

/// The entries of a list that the ceiling does not cover.
fn entries(given: &Given<List<'_>>, limit: &Limit<'_>, report: &mut Report) {
    let items = &given.value.items;
    for item in items.iter().filter(|item| !limit.accepts(item.as_str())) {
        let way_out = match items.len() {
            // Without it the list is empty, which may mean more.
            1 => "replace it",
            _ => "remove it",
        };
        report.push(entry(item, limit, way_out));
    }
}

fn entry(item: &Text<'_>, limit: &Limit<'_>, way_out: &str) -> Finding {
    let written = quoted(item.as_str());
    let what = format!("{written} is");
    let mut finding = beyond(item.place(), &what, NOT_ACCEPTED).note(limit.note());
    if limit.key == Key::AllowOrigins && item.as_str().contains('*') && item.as_str() != "*" {
        finding = finding.note("an entry of `within` must match every origin that a pattern does");
    }
    finding.words(format!(
        "{way_out}, or accept it: add {written} to `{}` in `within`",
        limit.key
    ))
}

/// A list that is missing or empty, which means something.
fn without_list((place, label): (Place, String), limit: &Limit<'_>, report: &mut Report) {
    let by_default = limit.not_accepted_by_default();
    let what = match by_default.as_slice() {
        [] => return,
        ["*"] if limit.key == Key::AllowOrigins => "every origin is".to_owned(),
        ["*"] => "every request header is".to_owned(),
        [one] => format!("`{one}` is"),
        some => format!("{} are", listed(some)),
    };
    let finding = beyond(place, &what, label).note(limit.note());
    let accepted: Vec<String> = by_default.iter().map(|one| quoted(one)).collect();
    report.push(finding.words(format!(
        "list in `{key}` what is needed, or accept it: add {} to `{key}` in `within`",
        accepted.join(" and "),
        key = limit.key
    )));
}
