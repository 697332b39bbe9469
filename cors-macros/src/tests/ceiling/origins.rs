//! Random origins against what is said of two lists: the policy's and the ceiling's. Whether an origin is
//! allowed is decided as at run time.

use cors_runtime::__private::{
    self as private, Group, HeaderValue, Headers, Origins, Parts, Reach, Set, Suffix,
};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::{ceiling, compared};
use crate::check::Ceiling;
use crate::finding::Finding;
use crate::literal::{quoted, quoted_list};
use crate::policy::{self, Pattern};
use crate::rules;
use crate::tests::{checked, file, tries};

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// A policy of the runtime crate.
fn policy(origins: &policy::Origins) -> &'static cors_runtime::Policy {
    let allow_origins = match origins {
        policy::Origins::Any => Origins::Any,
        policy::Origins::Listed { exact, patterns } => Origins::Listed {
            exact: Set::Few(texts(exact)),
            patterns: leak(patterns.iter().map(group).collect::<Vec<Group>>()),
        },
    };
    leak(private::policy(Parts {
        allow_origins,
        allow_methods: &["GET"],
        allow_methods_value: leak(HeaderValue::from_static("GET")),
        allow_headers: Headers::Any,
        expose_headers: &[],
        expose_headers_value: None,
        max_age: None,
        allow_credentials: false,
        allow_private_network: false,
        debug: false,
        options_passthrough: false,
        options_success_status: private::status(204),
    }))
}

fn texts(texts: &[String]) -> &'static [&'static str] {
    let texts = texts.iter().map(|text| leak(text.clone()).as_str());
    leak(texts.collect::<Vec<&str>>())
}

fn group(pattern: &Pattern) -> Group {
    let (prefix, suffix) = pattern.ends();
    Group {
        prefix: prefix.len() as u32,
        suffix: Suffix::Length(
            suffix.len() as u32,
            suffix.bytes().next().unwrap_or_default(),
        ),
        reach: match pattern.reach {
            policy::Reach::Host => Reach::Host,
            policy::Reach::Port => Reach::Port,
            policy::Reach::Across => Reach::Across,
        },
        texts: Set::Few(texts(std::slice::from_ref(&pattern.text))),
    }
}

/// What the `*` of a pattern may be in an origin.
const FILLS: [&str; 14] = [
    "",
    "a",
    "b",
    "q",
    "a.b",
    "q.z",
    "a-",
    "q.",
    ".q",
    "1",
    "8",
    "0",
    "4242",
    "q://a.test",
];

/// Whatever of a scheme is before a `*`, an end of one of these is the rest of it.
const SCHEMES: [&str; 6] = [
    "https://",
    "https://q",
    "https://q.",
    "http://q.q",
    "https://[",
    "https://[::",
];

fn fills() -> impl Iterator<Item = &'static str> {
    let ends = SCHEMES
        .into_iter()
        .flat_map(|scheme| (0..scheme.len()).map(|at| &scheme[at..]));
    FILLS.into_iter().chain(ends)
}

/// Origins, and slips of them, that some entries may allow.
fn samples(entries: &[String]) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for entry in entries {
        let entry = entry.to_ascii_lowercase();
        match entry.split_once('*') {
            Some((before, after)) => {
                samples.extend(fills().map(|fill| format!("{before}{fill}{after}")));
                let ends = ["a.test", "b.test:8080", ":3000", "/.a.test"];
                samples.extend(ends.map(|end| format!("{before}q{end}")));
            }
            None => samples.push(entry),
        }
    }
    let slips: Vec<String> = samples
        .iter()
        .flat_map(|sample| {
            let insert = sample.replacen("://", "://x", 1);
            [
                insert,
                format!("{sample}0"),
                sample.replacen('.', "-", 1),
                sample.replacen("https", "http", 1),
            ]
        })
        .collect();
    samples.extend(slips);
    samples
}

/// Whether what is beside a `*` says some of what it matches: of `https:*` the slashes, and before `[` all of
/// `://`. Such a pattern is compared by its text only, and not covered by one that has what is certain.
fn leaves_out_what_is_certain(entry: &str) -> bool {
    entry.split_once('*').is_some_and(|(before, after)| {
        let is_cut = before.ends_with(':') || before.ends_with(":/");
        is_cut && !before.contains("://") || after.starts_with('[')
    })
}

/// An entry: an origin, with a `*` for any part of it.
fn entry() -> impl Strategy<Value = String> {
    let schemes = vec!["https://", "https://", "http://", "app://"];
    let hosts = vec![
        "a.test",
        "b.a.test",
        "ab.test",
        "q.b.a.test",
        "localhost",
        "[::1]",
        "10.0.0.1",
    ];
    // Short ones: with a `*`, they are still many.
    let ports = vec!["", "", "", ":70", ":3"];
    let origin = (select(schemes), select(hosts), select(ports));
    let star = proptest::option::weighted(0.6, (any::<prop::sample::Index>(), 0..6_usize));
    (origin, star)
        .prop_map(|((scheme, host, port), star)| {
            let mut origin = format!("{scheme}{host}{port}");
            if let Some((at, len)) = star {
                let at = at.index(origin.len() + 1);
                let end = origin.len().min(at + len);
                origin.replace_range(at..end, "*");
            }
            origin
        })
        .prop_filter("certain", |entry| !leaves_out_what_is_certain(entry))
}

/// A pattern with less beside its `*`.
fn wider(entry: &str, (left, right): (usize, usize)) -> Option<String> {
    let (before, after) = entry.split_once('*')?;
    let before = &before[..before.len().saturating_sub(left)];
    let wider = format!("{before}*{}", after.get(right..).unwrap_or_default());
    (!leaves_out_what_is_certain(&wider)).then_some(wider)
}

fn members(entries: &[String]) -> String {
    format!(
        "\"allow_origins\": [{}], \"allow_headers\": [\"X-A\"]",
        quoted_list(entries)
    )
}

/// The origins of a list that are no errors.
fn origins(entries: &[String]) -> Option<policy::Origins> {
    let (_, _, policy) = checked("krakend.json", file(&members(entries)).as_bytes());
    policy.map(|policy| policy.origins)
}

/// A ceiling of the entries that are no errors.
fn accepting(entries: &mut Vec<String>) -> Option<Ceiling> {
    entries.retain(|entry| origins(std::slice::from_ref(entry)).is_some());
    let (_, _, ceiling) = ceiling(&members(entries));
    ceiling.filter(|_| !entries.is_empty())
}

#[test]
fn what_is_covered_is_accepted_and_what_is_not_is_shown_by_an_origin() {
    let lists = (
        proptest::collection::vec(entry(), 1..5),
        proptest::collection::vec(entry(), 1..4),
        (0..8_usize, 0..8_usize),
    );
    let config = Config {
        cases: tries(300),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counts = std::cell::Cell::new((0, 0, 0, 0));
    let result = runner.run(&lists, |(listed, mut accepted, cut)| {
        accepted.extend(wider(&listed[0], cut));
        let Some(ceiling) = accepting(&mut accepted) else {
            return Ok(());
        };
        let most = policy(&origins(&accepted).unwrap());
        let (_, found, _) = compared(&members(&listed), &ceiling);
        let titles: Vec<String> = found
            .iter()
            .filter(|finding| *finding.rule == rules::BEYOND_CEILING)
            .map(Finding::title)
            .collect();
        let samples = samples(&[&*listed, &*accepted].concat());
        for entry in &listed {
            let Some(origins) = origins(std::slice::from_ref(entry)) else {
                continue;
            };
            let allowed = policy(&origins);
            let beyond = samples
                .iter()
                .find(|origin| allowed.allows_origin(origin) && !most.allows_origin(origin));
            let title = format!("{} is beyond what this service accepts", quoted(entry));
            let is_reported = titles.contains(&title);
            prop_assert_eq!(
                is_reported,
                beyond.is_some(),
                "{} within {:?}: {:?}",
                entry,
                accepted,
                beyond
            );
            let (exact, covered, patterns, reported) = counts.get();
            counts.set(match (entry.contains('*'), is_reported) {
                (false, false) => (exact + 1, covered, patterns, reported),
                (true, false) => (exact, covered + 1, patterns, reported),
                (true, true) => (exact, covered, patterns + 1, reported),
                (false, true) => (exact, covered, patterns, reported + 1),
            });
        }
        Ok(())
    });
    println!("{:?}", counts.get());
    result.unwrap();
    let (exact, covered, patterns, reported) = counts.get();
    assert!(
        exact.min(covered).min(patterns).min(reported) > 15,
        "{:?}",
        counts.get()
    );
}
