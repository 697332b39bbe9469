//! Every mistake that the checker knows: one table, from which the levels, the messages and the
//! page of findings in the documentation of `cors-runtime` are made.

mod document;
mod endpoints;
mod headers;
mod methods;
mod options;
mod origins;
#[cfg(test)]
mod sources;

use std::hash::{Hash, Hasher};

pub(crate) use self::document::*;
pub(crate) use self::endpoints::*;
pub(crate) use self::headers::*;
pub(crate) use self::methods::*;
pub(crate) use self::options::*;
pub(crate) use self::origins::*;

/// What a rule weighs unless the call says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Worth knowing; silent unless asked for.
    Hint,
    /// Works, but risky or pointless.
    Warning,
    /// Dangerous or certainly not meant; an error unless the call allows it.
    Denied,
    /// There is no policy with any meaning: always an error.
    Error,
}

impl Level {
    #[cfg(test)]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Denied => "denied",
            Self::Error => "error",
        }
    }
}

/// One kind of mistake.
#[derive(Debug)]
pub(crate) struct Rule {
    /// As it is shown in messages and written in calls. Never changes.
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    /// What is wrong, and what a browser and KrakenD make of it: the note of every such message.
    pub(crate) meaning: &'static str,
    #[cfg(test)]
    pub(crate) example: Example,
    /// What to do: the help of a message that knows nothing better.
    pub(crate) remedy: &'static str,
    /// Where it says so.
    #[cfg(test)]
    pub(crate) source: &'static str,
}

/// A rule is known by its name.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// The smallest configuration that shows a mistake.
#[cfg(test)]
#[derive(Clone, Copy, Debug)]
pub(crate) enum Example {
    /// Members of a CORS object.
    Cors(&'static str),
    /// A whole file.
    File(&'static str),
    /// None that could be written down.
    Nothing,
}

/// Declares the rules of one module, and the list of them.
macro_rules! rules {
    ($list:ident: $($constant:ident = $name:literal, $level:ident {
        meaning: $meaning:expr,
        example: $example:expr,
        remedy: $remedy:expr,
        source: $source:expr $(,)?
    })*) => {
        $(pub(crate) static $constant: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            level: $crate::rules::Level::$level,
            meaning: $meaning,
            #[cfg(test)]
            example: $example,
            remedy: $remedy,
            #[cfg(test)]
            source: $source,
        };)*
        pub(crate) static $list: &[&$crate::rules::Rule] = &[$(&$constant),*];
    };
}
use rules;

/// The rules in the order of the documentation.
pub(crate) static GROUPS: &[(&str, &[&Rule])] = &[
    ("The document", DOCUMENT),
    ("Origins", ORIGINS),
    ("Methods", METHODS),
    ("Headers", HEADERS),
    ("Times, status and options", OPTIONS),
    ("Endpoints", ENDPOINTS),
];

/// All rules.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|(_, rules)| rules.iter().copied())
}
