//! Every mistake that the checker recognises, in one table. The levels, the messages and the
//! findings page of the `cors-runtime` documentation are made from it.

mod ceiling;
mod document;
mod endpoints;
mod headers;
mod methods;
mod options;
mod origins;
#[cfg(any(test, feature = "check"))]
mod sources;

pub(crate) use self::ceiling::*;
pub(crate) use self::document::*;
pub(crate) use self::endpoints::*;
pub(crate) use self::headers::*;
pub(crate) use self::methods::*;
pub(crate) use self::options::*;
pub(crate) use self::origins::*;

/// The default level of a rule. The macro call can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    /// Worth knowing. Silent unless the call asks for it.
    Hint,
    /// Works, but risky or pointless.
    Warning,
    /// Dangerous or almost certainly a mistake. An error unless the call allows it.
    Denied,
    /// The policy would have no meaning. Always an error.
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

/// Who reads a configuration. Messages say what that reader makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// KrakenD reads a file.
    Gateway,
    /// Only the macro reads an object in its call.
    Call,
    /// Only `cors-check` reads a file with limits.
    #[allow(dead_code, reason = "the macro has its limits in the call")]
    Limits,
}

/// One kind of mistake.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    /// As shown in messages and written in calls. Never changes.
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    /// What is wrong, and what the browser or KrakenD then does: the note of every such message.
    /// At most two sentences, without a full stop at the end.
    pub(crate) meaning: &'static str,
    /// The same where the CORS object is in the call, if `meaning` speaks of a file and its reader.
    in_call: Option<&'static str>,
    /// The same in a file with limits, where neither of the two holds.
    in_limits: Option<&'static str>,
    #[cfg(any(test, feature = "check"))]
    pub(crate) example: Example,
    /// What is right instead of the example, where the message suggests no text.
    #[cfg(any(test, feature = "check"))]
    pub(crate) right: Option<Example>,
    /// What to do: the help of a message that has no more specific one.
    pub(crate) help: &'static str,
    help_in_call: Option<&'static str>,
    /// When the call should accept it: not everybody needs what it reports.
    pub(crate) accepted_if: Option<&'static str>,
    /// Where this is documented, as a link.
    #[cfg(any(test, feature = "check"))]
    pub(crate) source: &'static str,
}

impl Rule {
    /// Its entry of the findings page.
    pub(crate) fn link(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let page = format!("https://docs.rs/cors-runtime/{version}/cors_runtime/findings");
        format!("{page}/index.html#{}", self.name)
    }

    /// Whether each finding is about some headers, which a call can name.
    pub(crate) fn names_headers(&self) -> bool {
        *self == FORWARDED_HEADER_NOT_ALLOWED
    }

    /// What every message of the rule says.
    pub(crate) fn meaning(&self, reader: Reader) -> &'static str {
        let other = match reader {
            Reader::Gateway => None,
            Reader::Call => self.in_call,
            Reader::Limits => self.in_limits.or(self.in_call),
        };
        other.unwrap_or(self.meaning)
    }

    /// What to do.
    pub(crate) fn help(&self, reader: Reader) -> &'static str {
        let in_call = self.help_in_call.filter(|_| reader != Reader::Gateway);
        in_call.unwrap_or(self.help)
    }
}

/// What to say where a value is missing that a template may have had to write.
pub(crate) const LOST_SETTINGS: &str = "a template that does not find its settings leaves this: if this file was rendered, render it with \
     `FC_SETTINGS`, `FC_PARTIALS` and `FC_TEMPLATES` set as they are for the gateway";

/// The smallest configuration with this mistake.
#[cfg(any(test, feature = "check"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Example {
    /// Members of a CORS object.
    Cors(&'static str),
    /// A whole file.
    File(&'static str),
    /// A call of the macro, without a file.
    Call(&'static str),
    /// A mistake that no text can show.
    Nothing,
}

/// Declares the rules of one module and their list.
macro_rules! rules {
    (@optional) => { None };
    (@optional $text:expr) => { Some($text) };
    ($list:ident: $($constant:ident = $name:literal, $level:ident {
        meaning: $meaning:expr,
        $(in_call: $in_call:expr,)?
        $(in_limits: $in_limits:expr,)?
        example: $example:expr,
        $(right: $right:expr,)?
        help: $help:expr,
        $(help_in_call: $help_in_call:expr,)?
        $(accepted_if: $accepted_if:expr,)?
        source: $source:expr $(,)?
    })*) => {
        $(pub(crate) static $constant: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            level: $crate::rules::Level::$level,
            meaning: $meaning,
            in_call: rules!(@optional $($in_call)?),
            in_limits: rules!(@optional $($in_limits)?),
            #[cfg(any(test, feature = "check"))]
            example: $example,
            #[cfg(any(test, feature = "check"))]
            right: rules!(@optional $($right)?),
            help: $help,
            help_in_call: rules!(@optional $($help_in_call)?),
            accepted_if: rules!(@optional $($accepted_if)?),
            #[cfg(any(test, feature = "check"))]
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
    ("The most that a service accepts", CEILING),
];

/// All rules.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|(_, rules)| rules.iter().copied())
}
