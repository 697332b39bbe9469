//! All suggestions for a list, taken together, leave nothing to find.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::named::names;
use super::origin_suggestions::file;
use super::{faults, tries};
use crate::finding::Help;

/// Right entries, and wrong ones that mean one thing.
const ENTRIES: &[&str] = &[
    "https://a.test",
    "https://b.test",
    "https://*.a.test",
    "https://x.a.test",
    "https://x.y.a.test",
    "https://A.test",
    "https://a.test/",
    "https://x.a.test/path",
    "a.test",
    "x.a.test",
    "*.a.test",
    "*.a.test/",
    ".a.test",
    "*://a.test",
    "*://*.a.test",
    "https://*a.test",
    "https://*a.test/",
    "https://*.x.a.test/",
    "http://a.test",
    "http://b.test/",
    "https://a.test, https://b.test",
    "b.test x.a.test",
    "https://(a|b).test",
    "https?://b.test",
    "https://a.test:443",
    "htps://b.test",
    "",
];

/// The list after every suggestion was taken; `None` if one of them is in words.
fn after_all(origins: &[&str], credentials: bool) -> Option<Vec<String>> {
    let text = file(origins, credentials);
    let mut start = text.find("[").unwrap();
    let places: Vec<usize> = origins
        .iter()
        .map(|origin| {
            let quoted = serde_json::Value::from(*origin).to_string();
            let at = start + text[start..].find(&quoted).unwrap();
            start = at + quoted.len();
            at
        })
        .collect();
    let mut list: Vec<Option<Vec<String>>> = origins
        .iter()
        .map(|o| Some(vec![(*o).to_owned()]))
        .collect();
    let position = |start: usize| places.iter().position(|place| *place == start).unwrap();
    for finding in faults(&text) {
        match &finding.help {
            Help::Write(place, with) => {
                let nth = position(place.start);
                let entry = &mut list[nth];
                if entry.is_some() {
                    let written: Vec<String> = serde_json::from_str(&format!("[{with}]")).unwrap();
                    for origin in &written {
                        assert!(
                            names(origins[nth], origin),
                            "{} for {}",
                            origin,
                            origins[nth]
                        );
                    }
                    *entry = Some(written);
                }
            }
            Help::Remove(places) => {
                for place in places {
                    list[position(place.start)] = None;
                }
            }
            Help::Add(..) | Help::OfRule | Help::Render(_) | Help::Words(_) => return None,
        }
    }
    Some(list.into_iter().flatten().flatten().collect())
}

#[test]
fn all_suggestions_together_leave_nothing() {
    let config = Config {
        cases: tries(1_000),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let lists = proptest::collection::vec(select(ENTRIES), 1..6);
    let taken = std::cell::Cell::new(0);
    let outcome = runner.run(&(lists, any::<bool>()), |(origins, credentials)| {
        if let Some(after) = after_all(&origins, credentials) {
            taken.set(taken.get() + 1);
            let list: Vec<&str> = after.iter().map(String::as_str).collect();
            let left = faults(&file(&list, credentials));
            let left: Vec<&str> = left.iter().map(|finding| finding.rule.name).collect();
            prop_assert!(left.is_empty(), "{left:?} in {list:?} after {origins:?}");
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(
        taken.get() > 300,
        "only {} lists have no words",
        taken.get()
    );
}
