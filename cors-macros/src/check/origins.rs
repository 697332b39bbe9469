//! `allow_origins`, and what it means together with `allow_credentials`.

use std::collections::HashMap;

use super::methods::quoted;
use super::origin::{self, Breadth, Entry, Exact, Hosts};
use crate::config::{Cors, Given, List, Setting};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::policy::{self, Pattern};
use crate::report::Report;
use crate::rules;

/// The origins, and what other rules need to know of them.
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
            return nobody(
                place,
                "there is no `allow_origins` in here",
                credentials,
                report,
            );
        }
        Setting::Unknown => {
            return Origins {
                allowed: None,
                any: None,
                any_by_pattern: None,
            };
        }
    };
    if given.value.items.is_empty() && !given.value.partial {
        return nobody(given.at, "this means every origin", credentials, report);
    }
    let mut collected = Collected::default();
    for item in &given.value.items {
        match origin::read(item, report) {
            Some(Entry::Any) => {
                collected.star.get_or_insert(item.place());
            }
            Some(Entry::Exact(exact)) => collected.exact(item, exact, credentials, report),
            Some(Entry::Pattern { pattern, breadth }) => {
                judge(item, &pattern, &breadth, credentials, report);
                collected.pattern(item, pattern, &breadth, report);
            }
            None => {}
        }
    }
    collected.covered(report);
    collected.conclude(given, credentials, report)
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
        .help(HELP),
        None => Finding::new(
            &rules::NO_ORIGINS,
            place,
            "no `allow_origins` means every origin",
            label,
        )
        .note("KrakenD puts `*` in place of an empty or missing list")
        .help("\"allow_origins\": [\"*\"] if that is meant, else the origins"),
    });
    Origins {
        allowed: credentials.is_none().then_some(policy::Origins::Any),
        any: Some(place),
        any_by_pattern: None,
    }
}

/// The entries that can match something.
#[derive(Default)]
struct Collected {
    star: Option<Place>,
    exact: Vec<(String, Place)>,
    seen: HashMap<String, Place>,
    patterns: Vec<(Pattern, Place)>,
    any_by_pattern: Option<Place>,
}

impl Collected {
    fn exact(
        &mut self,
        item: &Text<'_>,
        exact: Exact,
        credentials: Option<Place>,
        report: &mut Report,
    ) {
        if let Some(credentials) = credentials {
            with_credentials(item, &exact, credentials, report);
        }
        if let Some(first) = self.first(item, &exact.text, report) {
            self.exact.push((exact.text, first));
        }
    }

    fn pattern(
        &mut self,
        item: &Text<'_>,
        pattern: Pattern,
        breadth: &Breadth,
        report: &mut Report,
    ) {
        if breadth.hosts == Hosts::Any {
            self.any_by_pattern.get_or_insert(item.place());
        }
        if let Some(first) = self.first(item, &pattern.text, report) {
            self.patterns.push((pattern, first));
        }
    }

    /// The entry's place, unless it stands in the list already.
    fn first(&mut self, item: &Text<'_>, text: &str, report: &mut Report) -> Option<Place> {
        let place = item.place();
        match self.seen.insert(text.to_owned(), place) {
            None => Some(place),
            Some(first) => {
                report.push(
                    Finding::new(
                        &rules::DUPLICATE_ORIGIN,
                        place,
                        format!("`{text}` is listed twice"),
                        "remove this",
                    )
                    .also(first, "first listed here")
                    .note("once is enough")
                    .help("remove one of the two"),
                );
                None
            }
        }
    }

    /// Entries that a pattern in the list matches anyway.
    fn covered(&self, report: &mut Report) {
        let exact = self.exact.iter().map(|(text, place)| (text, None, place));
        let patterns = self
            .patterns
            .iter()
            .map(|(p, place)| (&p.text, Some(p.star), place));
        for (text, star, place) in exact.chain(patterns) {
            let covering = self
                .patterns
                .iter()
                .find(|(pattern, _)| covers(pattern, text, star));
            if let Some((pattern, at)) = covering {
                report.push(
                    Finding::new(
                        &rules::DUPLICATE_ORIGIN,
                        *place,
                        format!("`{}` matches `{text}` already", pattern.text),
                        "remove this",
                    )
                    .also(*at, "this matches it too")
                    .note("the entry adds nothing")
                    .help("remove it, or the pattern if only this is meant"),
                );
            }
        }
    }

    fn conclude(
        self,
        given: &Given<List<'_>>,
        credentials: Option<Place>,
        report: &mut Report,
    ) -> Origins {
        let Some(star) = self.star else {
            let anybody = !self.exact.is_empty() || !self.patterns.is_empty();
            return Origins {
                allowed: anybody.then(|| policy::Origins::Listed {
                    exact: self.exact.into_iter().map(|(text, _)| text).collect(),
                    patterns: self
                        .patterns
                        .into_iter()
                        .map(|(pattern, _)| pattern)
                        .collect(),
                }),
                any: self.any_by_pattern,
                any_by_pattern: self.any_by_pattern,
            };
        };
        match credentials {
            Some(credentials) => report.push(
                Finding::new(
                    &rules::STAR_WITH_CREDENTIALS,
                    star,
                    "browsers refuse `*` together with credentials",
                    "every origin",
                )
                .also(credentials, "with credentials")
                .note("KrakenD sends `Access-Control-Allow-Origin: *`; no request with credentials passes that")
                .help("\"allow_origins\": [\"https://app.example.com\"], or \"allow_credentials\": false"),
            ),
            None => {
                let other = given.value.items.iter().find(|item| item.as_str() != "*");
                if let Some(other) = other {
                    report.push(
                        Finding::new(
                            &rules::ORIGINS_BESIDE_STAR,
                            other.place(),
                            "beside `*` the other origins say nothing",
                            "allowed by `*` already",
                        )
                        .also(star, "every origin")
                        .note("KrakenD allows everyone as soon as `*` is in the list")
                        .help("\"allow_origins\": [\"*\"], or the others without it"),
                    );
                }
            }
        }
        Origins {
            allowed: credentials.is_none().then_some(policy::Origins::Any),
            any: Some(star),
            any_by_pattern: None,
        }
    }
}

/// Whether a pattern matches all that another entry, itself perhaps a pattern, does.
fn covers(pattern: &Pattern, text: &str, star: Option<usize>) -> bool {
    let (before, after) = (
        &pattern.text[..pattern.star],
        &pattern.text[pattern.star + 1..],
    );
    let (head, tail) = match star {
        Some(star) => (&text[..star], &text[star + 1..]),
        None => (text, text),
    };
    text != pattern.text
        && head.starts_with(before)
        && tail.ends_with(after)
        && (star.is_some() || text.len() >= before.len() + after.len())
}

/// What is risky about one origin with credentials.
fn with_credentials(item: &Text<'_>, exact: &Exact, credentials: Place, report: &mut Report) {
    if exact.insecure {
        report.push(insecure(
            item,
            credentials,
            &exact.text.replacen("http:", "https:", 1),
        ));
    } else if exact.local {
        report.push(
            Finding::new(
                &rules::LOCAL_ORIGIN_WITH_CREDENTIALS,
                item.place(),
                "an address of this machine or network, with credentials",
                "a development entry?",
            )
            .also(credentials, "credentials are allowed here")
            .note("whatever runs there may read and write as the visitor")
            .help("keep it in a configuration of its own"),
        );
    }
}

fn insecure(item: &Text<'_>, credentials: Place, better: &str) -> Finding {
    let scheme = item.as_str().find(':').unwrap_or_default();
    Finding::new(
        &rules::INSECURE_ORIGIN_WITH_CREDENTIALS,
        item.part(0..scheme),
        "plain http together with credentials",
        "anybody on the way can be this origin",
    )
    .also(credentials, "and read and write with the visitor's cookies")
    .note("browsers and KrakenD accept it; whoever controls the network between can answer for the page and use its rights here")
    .help(quoted(&[better]))
}

/// What is risky about a pattern.
fn judge(
    item: &Text<'_>,
    pattern: &Pattern,
    breadth: &Breadth,
    credentials: Option<Place>,
    report: &mut Report,
) {
    let star = item.part(breadth.star..breadth.star + 1);
    let mut push = |finding: Finding| {
        report.push(match credentials {
            Some(credentials) => finding.also(credentials, "with the visitor's cookies"),
            None => finding,
        });
    };
    let level = |denied, warning| match credentials {
        Some(_) => denied,
        None => warning,
    };
    let (before, after) = (
        &pattern.text[..pattern.star],
        &pattern.text[pattern.star + 1..],
    );
    match &breadth.hosts {
        Hosts::Any => {
            let finding = Finding::new(
                level(
                    &rules::ANY_ORIGIN_WITH_CREDENTIALS,
                    &rules::ANY_ORIGIN_PATTERN,
                ),
                star,
                format!("`{}` matches every site", item.as_str()),
                "stands for any host",
            );
            return push(match credentials {
                Some(_) => finding
                    .note("every site that a visitor opens can read and write here as that visitor; it is KrakenD's documented way round the rule against `*` with credentials")
                    .help("list the origins; allow(any_origin_with_credentials) if everyone is meant"),
                None => finding
                    .note("it allows what `*` does, but each answer names one origin, so caches cannot share it")
                    .help("\"*\""),
            });
        }
        Hosts::OpenEnd => push(
            Finding::new(
                level(&rules::OPEN_END_WITH_CREDENTIALS, &rules::OPEN_END),
                star,
                "a `*` at the end of the host lets in names that anybody can register",
                "any end of a host",
            )
            .note(format!(
                "it matches `{before}{}`",
                match before.ends_with(['.', '/']) {
                    true => "evil.example",
                    false => ".evil.example",
                }
            ))
            .help(match before.rsplit_once("://") {
                Some((_, "localhost")) => "\"http://localhost:*\" for any port".to_owned(),
                _ => "the whole host; `:*` behind it stands for any port".to_owned(),
            }),
        ),
        Hosts::OpenStart { domain } => push(
            Finding::new(
                level(&rules::OPEN_START_WITH_CREDENTIALS, &rules::OPEN_START),
                star,
                "a `*` without a dot behind it lets in names that anybody can register",
                "a dot is missing behind this",
            )
            .note(format!(
                "it matches `{before}evil{after}`, which is not below `{domain}`"
            ))
            .help(match before {
                "" => quoted(&[format!("https://*.{after}"), format!("https://{after}")]),
                _ => quoted(&[format!("{before}*.{after}"), format!("{before}{after}")]),
            }),
        ),
        Hosts::PublicSuffix { suffix } => push(
            Finding::new(
                level(
                    &rules::PUBLIC_SUFFIX_WITH_CREDENTIALS,
                    &rules::PUBLIC_SUFFIX,
                ),
                star,
                format!("anybody can have a name below `{suffix}`"),
                "any of them",
            )
            .note(format!(
                "`{suffix}` is a public suffix: names below it are given to whoever asks"
            ))
            .help(quoted(&[format!("{before}*.yours.{suffix}")])),
        ),
        Hosts::Subdomains | Hosts::Fixed => {}
    }
    if breadth.any_scheme {
        let rest = after.trim_start_matches("://");
        let sites = match pattern.text.contains("://") {
            true => [format!("https://{rest}"), format!("http://{rest}")],
            false => [format!("https://*{rest}"), format!("http://*{rest}")],
        };
        push(
            Finding::new(
                level(&rules::ANY_SCHEME_WITH_CREDENTIALS, &rules::ANY_SCHEME),
                star,
                format!("`{}` lets plain http in", item.as_str()),
                "stands for the scheme too",
            )
            .note("over plain http whoever controls the network between can answer for the page")
            .help(format!(
                "{}, and {} if that is meant",
                quoted(&sites[..1]),
                quoted(&sites[1..])
            )),
        );
    }
    let Some(credentials) = credentials else {
        return;
    };
    if breadth.insecure {
        report.push(insecure(
            item,
            credentials,
            &pattern.text.replacen("http:", "https:", 1),
        ));
    } else if breadth.hosts == Hosts::Subdomains && !breadth.any_scheme {
        report.push(
            Finding::new(
                &rules::SUBDOMAINS_WITH_CREDENTIALS,
                star,
                "every subdomain, with credentials",
                "any of them",
            )
            .also(credentials, "credentials are allowed here")
            .note("one forgotten subdomain that somebody takes over may read and write as the visitor")
            .help("list the hosts"),
        );
    }
}
