//! Collects what is found, and weighs it.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::finding::Finding;
use crate::levels::{Levels, Weight};
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
pub(crate) struct Verdict {
    /// What keeps the policy from being compiled, in file order.
    pub(crate) errors: Vec<Finding>,
    /// What does not, in file order; empty while there are errors.
    pub(crate) warnings: Vec<Finding>,
    /// `allow`s that silence nothing; empty while there are errors, which may hide what they are for.
    pub(crate) unused: Vec<(&'static Rule, Span)>,
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

    /// All findings in file order, whatever their level. The same mistake of several entries of a
    /// list is one finding.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let mut found = self.findings;
        found.sort_by_key(Finding::place);
        let mut findings: Vec<Finding> = Vec::new();
        let mut by_rule: HashMap<&'static Rule, Vec<usize>> = HashMap::new();
        for finding in found {
            let alike = by_rule.entry(finding.rule).or_default();
            let rest = alike.iter().try_fold(finding, |finding, nth| {
                findings[*nth].join(finding).ok_or(())
            });
            if let Ok(finding) = rest {
                if finding.is_of_entry() {
                    alike.push(findings.len());
                }
                findings.push(finding);
            }
        }
        findings
    }

    pub(crate) fn conclude(self, levels: &Levels) -> Verdict {
        let mut findings = self.into_findings();
        let rules: Vec<&'static Rule> = findings.iter().map(|finding| finding.rule).collect();
        let weighing = |weight| move |finding: &Finding| levels.weight(finding.rule) == weight;
        let errors: Vec<Finding> = findings
            .extract_if(.., |f| weighing(Weight::Error)(f))
            .collect();
        if !errors.is_empty() {
            return Verdict {
                errors,
                warnings: Vec::new(),
                unused: Vec::new(),
            };
        }
        findings.retain(weighing(Weight::Warning));
        Verdict {
            errors,
            warnings: findings,
            unused: levels.unused(&rules),
        }
    }
}
