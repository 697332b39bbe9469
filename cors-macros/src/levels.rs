//! How much a finding weighs, by its rule and by what the call says of it.

use std::fmt;

use proc_macro2::Group;

use crate::finding::Finding;
use crate::literal::{quoted, quoted_list};
use crate::rules::{self, Level, Rule};

/// A call names at most so many headers of a finding that it accepts.
const NAMED: usize = 8;

/// What becomes of a finding in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Silent,
    Warning,
    Error,
}

impl Weight {
    /// What the word in a call gives a finding.
    pub(crate) fn named(verb: &str) -> Option<Self> {
        let mut weights = [Self::Silent, Self::Warning, Self::Error].into_iter();
        weights.find(|weight| weight.verb() == verb)
    }

    /// The word that gives a finding this weight in a call.
    pub(crate) fn verb(self) -> &'static str {
        match self {
            Self::Silent => "allow",
            Self::Warning => "warn",
            Self::Error => "deny",
        }
    }
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

/// `allow(…)`, `warn(…)` or `deny(…)` of one name, and where it is written.
#[derive(Debug)]
pub(crate) struct Override<P> {
    pub(crate) weight: Weight,
    pub(crate) target: Target,
    pub(crate) at: P,
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

    /// As it is written in a call.
    fn written(&self) -> String {
        match self {
            Self::Rule(rule) => rule.name.to_owned(),
            Self::Group(Level::Hint) => "hints".to_owned(),
            Self::Group(_) => "warnings".to_owned(),
            Self::Header(rule, header) => format!("{}({})", rule.name, quoted(header)),
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

/// The headers to name where a finding is accepted; none if that is the whole finding.
pub(crate) fn named_headers(finding: &Finding) -> &[String] {
    let headers = finding.entries();
    if finding.rule.names_headers() && headers.len() <= NAMED {
        headers
    } else {
        &[]
    }
}

/// What a call says of its findings, beside the configuration.
#[derive(Debug)]
pub(crate) struct Levels<P> {
    /// The object of `within`, the most that the service accepts.
    pub(crate) within: Option<Group>,
    /// In the order in which they are written.
    pub(crate) overrides: Vec<Override<P>>,
}

impl<P> Default for Levels<P> {
    fn default() -> Self {
        Self {
            within: None,
            overrides: Vec::new(),
        }
    }
}

impl<P: Copy> Levels<P> {
    /// The weight of a finding: the override that names its header counts, then one that names its rule,
    /// then one that names its group, then its own level. Of equal ones the last counts.
    pub(crate) fn weight(&self, finding: &Finding) -> Weight {
        let overrides = self.overrides.iter();
        let counts = overrides
            .filter(|o| o.target.covers(finding))
            .max_by_key(|o| o.target.narrowness());
        counts.map_or(finding.rule.level.weight(), |o| o.weight)
    }

    /// The arguments of a call after its configuration, with `allow` for one more finding.
    pub(crate) fn and_allow(&self, finding: &Finding) -> String {
        let added = match named_headers(finding) {
            [] => finding.rule.name.to_owned(),
            headers => format!("{}({})", finding.rule.name, quoted_list(headers)),
        };
        let overrides = self.overrides.iter();
        let written = overrides.map(|o| (o.weight, o.target.written()));
        let mut lists: Vec<(Weight, Vec<String>)> = Vec::new();
        for (weight, target) in written.chain([(Weight::Silent, added)]) {
            match lists.last_mut() {
                Some((last, targets)) if *last == weight => targets.push(target),
                _ => lists.push((weight, vec![target])),
            }
        }
        let lists = lists.iter().map(|(weight, targets)| {
            let targets = targets.join(", ");
            format!("{}({targets})", weight.verb())
        });
        let within = self.within.as_ref().map(|_| "within({ … })".to_owned());
        within
            .into_iter()
            .chain(lists)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The `allow`s, but for those of groups, that cover nothing of what was found.
    pub(crate) fn unused(&self, found: &[Finding]) -> Vec<(Target, P)> {
        self.overrides
            .iter()
            .filter(|o| o.weight == Weight::Silent && !matches!(o.target, Target::Group(_)))
            .filter(|o| !found.iter().any(|finding| o.target.covers(finding)))
            .map(|o| (o.target.clone(), o.at))
            .collect()
    }
}
