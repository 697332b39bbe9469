//! How much a finding weighs, by its rule and by what the call says of it.

use std::fmt;

use proc_macro2::Span;

use crate::finding::Finding;
use crate::rules::{self, Level, Rule};

/// What becomes of a finding in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Silent,
    Warning,
    Error,
}

impl Level {
    fn weight(self) -> Weight {
        match self {
            Self::Hint => Weight::Silent,
            Self::Warning => Weight::Warning,
            Self::Denied | Self::Error => Weight::Error,
        }
    }
}

/// `allow(…)`, `warn(…)` or `deny(…)` of one name.
#[derive(Debug)]
pub(crate) struct Override {
    pub(crate) weight: Weight,
    pub(crate) target: Target,
    pub(crate) span: Span,
}

/// What an override speaks of: one rule, all of a level, or a rule where it is about one header.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Rule(&'static Rule),
    Group(Level),
    Header(&'static Rule, String),
}

impl Target {
    /// The rule or the group of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "warnings" => Some(Self::Group(Level::Warning)),
            "hints" => Some(Self::Group(Level::Hint)),
            _ => rules::all().find(|rule| rule.name == name).map(Self::Rule),
        }
    }

    /// Every name that a call may have, for "did you mean".
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        ["warnings", "hints"]
            .into_iter()
            .chain(rules::all().map(|rule| rule.name))
    }

    fn covers(&self, finding: &Finding) -> bool {
        match self {
            Self::Rule(rule) => finding.rule == *rule,
            Self::Group(level) => finding.rule.level == *level,
            Self::Header(rule, header) => {
                let mut entries = finding.entries().iter();
                finding.rule == *rule && entries.any(|entry| entry.eq_ignore_ascii_case(header))
            }
        }
    }

    /// How little it speaks of: the narrowest override counts.
    fn narrowness(&self) -> u8 {
        match self {
            Self::Group(_) => 0,
            Self::Rule(_) => 1,
            Self::Header(..) => 2,
        }
    }
}

/// What the configuration lacks if an override has no effect.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(rule) => write!(f, "`{}`", rule.name),
            Self::Header(rule, header) => write!(f, "`{}` for `{header}`", rule.name),
            Self::Group(_) => f.write_str("such finding"),
        }
    }
}

/// All overrides of a call, in the order in which they are written.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    pub(crate) overrides: Vec<Override>,
}

impl Levels {
    /// The weight of a finding: the override that names its header counts, then one that names its rule,
    /// then one that names its group, then its own level. Of equal ones the last counts.
    pub(crate) fn weight(&self, finding: &Finding) -> Weight {
        let overrides = self.overrides.iter();
        let counts = overrides
            .filter(|o| o.target.covers(finding))
            .max_by_key(|o| o.target.narrowness());
        counts.map_or(finding.rule.level.weight(), |o| o.weight)
    }

    /// The `allow`s, but for those of groups, that cover nothing of what was found.
    pub(crate) fn unused(&self, found: &[Finding]) -> Vec<(Target, Span)> {
        self.overrides
            .iter()
            .filter(|o| o.weight == Weight::Silent && !matches!(o.target, Target::Group(_)))
            .filter(|o| !found.iter().any(|finding| o.target.covers(finding)))
            .map(|o| (o.target.clone(), o.span))
            .collect()
    }
}
