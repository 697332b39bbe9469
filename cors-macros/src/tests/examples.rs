//! The examples of the rules and what is right instead, as the documentation prints them.

use super::{is_fault, names};
use crate::entry::{Kind, Shown};
use crate::rules;

#[test]
fn every_example_shows_its_rule() {
    for rule in rules::all() {
        // `ceiling` tests calls.
        let wrong = Shown::wrong(rule).filter(|wrong| wrong.kind != Kind::Call);
        let Some(wrong) = wrong else { continue };
        let found = names(&wrong.found());
        assert!(found.contains(&rule.name), "{}: {found:?}", rule.name);
    }
}

#[test]
fn what_is_right_instead_has_no_fault() {
    for rule in rules::all() {
        let right = Shown::right(rule);
        let has_example = Shown::wrong(rule).is_some_and(|wrong| wrong.kind != Kind::Call);
        assert_eq!(right.is_some(), has_example, "{}", rule.name);
        let Some(right) = right else { continue };
        let (text, mut found) = (right.configuration().unwrap(), right.found());
        // A file is a part of one, as the example is.
        found.retain(|finding| {
            finding.rule == rule || is_fault(finding) && right.kind != Kind::File
        });
        // Every origin of an extension has this warning, so the right one, too.
        found.retain(|finding| *finding.rule != rules::APP_SCHEME || *rule == rules::APP_SCHEME);
        assert!(
            found.is_empty(),
            "{}: {text}: {:?}",
            rule.name,
            names(&found)
        );
    }
}
