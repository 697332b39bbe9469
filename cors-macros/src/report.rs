//! Collects what is found, and weighs it.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::levels::{Levels, Target, Weight};
use crate::rules::{Level, Rule};

/// How many findings are shown; the rest is counted.
pub(crate) const MOST: usize = 50;

/// All that was found, by every stage.
#[derive(Debug, Default)]
pub(crate) struct Report {
    findings: Vec<Finding>,
}

/// What a report comes to under the levels of a call.
#[derive(Debug)]
pub(crate) struct Verdict<P> {
    /// What keeps the policy from being compiled, in file order.
    pub(crate) errors: Vec<Finding>,
    /// What does not, in file order.
    pub(crate) warnings: Vec<Finding>,
    /// `allow`s that silence nothing; empty while there are errors, which may hide what they are for.
    pub(crate) unused: Vec<(Target, P)>,
}

impl Report {
    pub(crate) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// What is found above a hint.
    pub(crate) fn faults(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.rule.level > Level::Hint)
    }

    /// Drops what is found by mistake.
    pub(crate) fn retain(&mut self, is_kept: impl FnMut(&Finding) -> bool) {
        self.findings.retain(is_kept);
    }

    /// Changes or drops findings.
    pub(crate) fn revise(&mut self, revise: impl FnMut(Finding) -> Option<Finding>) {
        let findings = std::mem::take(&mut self.findings);
        self.findings = findings.into_iter().filter_map(revise).collect();
    }

    /// All findings in file order, whatever their level. The same mistake of several entries of a
    /// list is one finding.
    #[allow(dead_code, reason = "the macro reports under its levels")]
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        merged(self.findings)
    }

    pub(crate) fn conclude<P: Copy>(self, levels: &Levels<P>) -> Verdict<P> {
        let unused = levels.unused(&self.findings);
        let mut findings = self.findings;
        // Before they are merged: the call may name some of the entries.
        let weighing = |weight| move |finding: &Finding| levels.weight(finding) == weight;
        let errors: Vec<Finding> = findings
            .extract_if(.., |f| weighing(Weight::Error)(f))
            .collect();
        findings.retain(weighing(Weight::Warning));
        let unused = if errors.is_empty() {
            unused
        } else {
            Vec::new()
        };
        Verdict {
            errors: merged(errors),
            warnings: merged(findings),
            unused,
        }
    }
}

/// Findings in file order, of which those that are alike are one.
fn merged(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by_key(Finding::place);
    let mut groups: Vec<(Finding, Vec<Finding>)> = Vec::new();
    let mut by_rule: HashMap<&'static Rule, Vec<usize>> = HashMap::new();
    for finding in found {
        let of_rule = by_rule.entry(finding.rule).or_default();
        let mut of_rule_alike = of_rule.iter();
        match of_rule_alike.find(|nth| groups[**nth].0.is_alike(&finding)) {
            Some(nth) => groups[*nth].1.push(finding),
            None => {
                if !finding.entries().is_empty() {
                    of_rule.push(groups.len());
                }
                groups.push((finding, Vec::new()));
            }
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|(mut first, others)| {
            if !others.is_empty() {
                first.merge(others);
            }
            first
        })
        .collect()
}
