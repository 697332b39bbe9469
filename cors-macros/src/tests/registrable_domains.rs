//! Whatever lets credentials reach two registrable domains is denied: the rules about risk beside
//! a plain second reading of the Public Suffix List.

use std::collections::{BTreeSet, HashMap, HashSet};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use super::{findings, tries};
use crate::check::origin::public_suffix;
use crate::rules::Level;

/// The list as its algorithm has it: <https://github.com/publicsuffix/list/wiki/Format>.
struct List {
    rules: HashSet<String>,
    /// Rules by their last label, to find those that end in some way.
    by_last: HashMap<String, Vec<String>>,
}

impl List {
    fn new() -> Self {
        let official = |rule: &str| {
            let exception = if rule.contains('!') { "!" } else { "" };
            let labels: Vec<&str> = rule
                .rsplit('.')
                .map(|label| label.trim_matches('!'))
                .collect();
            format!("{exception}{}", labels.join("."))
        };
        let rules: HashSet<String> = public_suffix::rules().map(official).collect();
        let mut by_last: HashMap<String, Vec<String>> = HashMap::new();
        for rule in rules.iter().filter(|rule| !rule.starts_with('!')) {
            let last = rule.rsplit('.').next().unwrap().to_owned();
            by_last
                .entry(last)
                .or_default()
                .push(rule.replacen('*', "any", 1));
        }
        Self { rules, by_last }
    }

    /// The registrable domain of a host; a suffix itself stands for nobody in particular. Where the
    /// list does not know the last label, that label is one owner's.
    fn registrable(&self, host: &str) -> String {
        let labels: Vec<&str> = host.trim_matches('.').split('.').collect();
        let tail = |count: usize| labels[labels.len() - count.min(labels.len())..].join(".");
        let prevails = |count: usize| {
            let name = tail(count);
            let starred = name
                .split_once('.')
                .map(|(_, parent)| format!("*.{parent}"));
            self.rules.contains(&name) || starred.is_some_and(|rule| self.rules.contains(&rule))
        };
        let exception = (1..=labels.len()).find(|n| self.rules.contains(&format!("!{}", tail(*n))));
        let longest = (1..=labels.len()).rev().find(|count| prevails(*count));
        match (exception, longest) {
            (Some(exception), _) => tail(exception),
            (None, Some(suffix)) => tail(suffix + 1),
            (None, None) => tail(1),
        }
    }

    /// Some hosts that `before*after` matches, such that two owners are among them if there are.
    fn hosts(&self, before: &str, after: &str) -> Vec<String> {
        let mut fills: Vec<String> = [
            "", "a", "b", "a.", "b.", "a.b", "b.a", "a-", "b.x-", "evil.com",
        ]
        .map(str::to_owned)
        .to_vec();
        let last = after
            .trim_end_matches('.')
            .rsplit('.')
            .next()
            .unwrap_or_default();
        let reached: Vec<&String> = if after.contains('.') {
            self.by_last.get(last).into_iter().flatten().collect()
        } else {
            self.by_last.values().flatten().collect()
        };
        let end = after.trim_matches('.');
        for suffix in reached {
            if let Some(start) = suffix.strip_suffix(end) {
                for owner in ["a.", "b."] {
                    fills.push(format!("{owner}{}", start.trim_end_matches('.')));
                }
            }
        }
        fills
            .iter()
            .map(|fill| format!("{before}{fill}{after}"))
            .filter(|host| !host.contains("..") && !host.starts_with(['.', '-']))
            .collect()
    }
}

/// Whether a policy with credentials and this pattern compiles.
fn compiles(pattern: &str) -> bool {
    let cors = json!({
        "allow_origins": [pattern],
        "allow_headers": ["Content-Type"],
        "allow_credentials": true,
    });
    let file = json!({ "version": 3, "extra_config": { "security/cors": cors } }).to_string();
    let found = findings("krakend.json", file.as_bytes()).1;
    !found
        .iter()
        .any(|finding| finding.rule.level >= Level::Denied)
}

#[test]
fn no_pattern_reaches_two_owners_with_credentials() {
    let list = List::new();
    let mut domains: Vec<String> = list.rules.iter().cloned().collect();
    domains.sort_unstable();
    let own = [
        "example.com",
        "example.co.uk",
        "internal",
        "www.ck",
        "shop.example.github.io",
    ];
    let front = select(&["", "", "", "app.", "a", "a-", "x.y."][..]);
    let behind = select(&["", "", "", ".", ".."][..]);
    let inserted = select(&["", "", "own.", "-team.", "team.", "a.b."][..]);
    let cases = (
        any::<Index>(),
        0..4_u8,
        any::<Index>(),
        front,
        behind,
        inserted,
        any::<bool>(),
    );
    let config = Config {
        cases: tries(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let counts = std::cell::Cell::new((0, 0));
    let outcome = runner.run(
        &cases,
        |(domain, kind, cut, front, behind, inserted, dot)| {
            let domain = match kind {
                0 => own[domain.index(own.len())],
                _ => domains[domain.index(domains.len())].trim_start_matches(['*', '!', '.']),
            };
            // The `*` takes the place of the start of the name, at a dot or anywhere.
            let domain = format!("{inserted}{domain}");
            let cut = match kind {
                1 => cut.index(domain.len()),
                _ => 0,
            };
            let dot = if dot && cut == 0 { "." } else { "" };
            let (before, after) = (front, format!("{dot}{}{behind}", &domain[cut..]));
            let pattern = format!("https://{before}*{after}");
            let owners: BTreeSet<String> = list
                .hosts(before, &after)
                .iter()
                .map(|host| list.registrable(host))
                .collect();
            let (denied, let_in) = counts.get();
            if compiles(&pattern) {
                prop_assert!(owners.len() < 2, "{pattern} reaches {owners:?}");
                counts.set((denied, let_in + 1));
            } else {
                counts.set((denied + 1, let_in))
            }
            Ok(())
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let (denied, let_in) = counts.get();
    println!("{denied} patterns are denied, {let_in} reach one owner");
    assert!(denied > 250 && let_in > 250);
}
