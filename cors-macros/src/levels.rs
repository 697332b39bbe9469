//! How much a finding weighs, by its rule and by what the call says of it.

use proc_macro2::Span;

use crate::rules::{self, Level, Rule};

/// What becomes of a finding in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Silent,
    Warning,
    Error,
}

impl Weight {
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

/// `allow(…)`, `warn(…)` or `deny(…)` of one name.
#[derive(Debug)]
pub(crate) struct Override {
    pub(crate) weight: Weight,
    pub(crate) target: Target,
    pub(crate) span: Span,
}

/// What an override speaks of: one rule, or all of a level.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    Rule(&'static Rule),
    Group(Level),
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

    fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::Group(Level::Hint) => "hints",
            Self::Group(_) => "warnings",
        }
    }

    /// Every name that a call may have, for "did you mean".
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        ["warnings", "hints"]
            .into_iter()
            .chain(rules::all().map(|rule| rule.name))
    }

    fn covers(self, rule: &Rule) -> bool {
        match self {
            Self::Rule(other) => other == rule,
            Self::Group(level) => rule.level == level,
        }
    }
}

/// All overrides of a call, in the order in which they are written.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    pub(crate) overrides: Vec<Override>,
}

impl Levels {
    /// The weight of a rule: the last override that names it counts, then the last that names its
    /// group, then its own level.
    pub(crate) fn weight(&self, rule: &Rule) -> Weight {
        let last = |group: bool| {
            self.overrides
                .iter()
                .rev()
                .find(|o| matches!(o.target, Target::Group(_)) == group && o.target.covers(rule))
        };
        match last(false).or_else(|| last(true)) {
            Some(o) => o.weight,
            None => rule.level.weight(),
        }
    }

    /// The overrides as they are written in a call, with `allow` for one more rule.
    pub(crate) fn and_allow(&self, rule: &'static Rule) -> String {
        let written = self.overrides.iter().map(|o| (o.weight, o.target.name()));
        let mut lists: Vec<(Weight, Vec<&str>)> = Vec::new();
        for (weight, name) in written.chain([(Weight::Silent, rule.name)]) {
            match lists.last_mut() {
                Some((last, names)) if *last == weight => names.push(name),
                _ => lists.push((weight, vec![name])),
            }
        }
        let lists = lists.iter().map(|(weight, names)| {
            let names = names.join(", ");
            format!("{}({names})", weight.verb())
        });
        lists.collect::<Vec<_>>().join(", ")
    }

    /// The `allow`s of single rules of which none of `found` is an instance.
    pub(crate) fn unused(&self, found: &[&'static Rule]) -> Vec<(&'static Rule, Span)> {
        self.overrides
            .iter()
            .filter(|o| o.weight == Weight::Silent)
            .filter_map(|o| match o.target {
                Target::Rule(rule) if !found.contains(&rule) => Some((rule, o.span)),
                _ => None,
            })
            .collect()
    }
}
