//! What a ceiling accepts in one list of a policy.

use std::collections::HashSet;

use super::super::allow_methods::{self, SAFELISTED};
use super::super::allow_origins::subsumed::Subsuming;
use super::super::header_names::is_name;
use super::super::origin::{self, Entry};
use super::super::placeholder;
use crate::config::Key;
use crate::literal::quoted_list;
use crate::policy::{Headers, Origins, Pattern};

/// So many entries of a ceiling are shown.
const SHOWN: usize = 8;

pub(super) struct Limit<'c> {
    pub(super) key: Key,
    /// As messages show it.
    listed: Vec<&'c str>,
    accepted: Accepted<'c>,
}

enum Accepted<'c> {
    Any,
    Origins {
        exact: HashSet<&'c str>,
        patterns: HashSet<&'c str>,
        subsuming: Subsuming<'c>,
    },
    Methods(HashSet<&'c str>),
    /// In lower case.
    Names(HashSet<String>),
}

impl<'c> Limit<'c> {
    pub(super) fn origins(origins: &'c Origins) -> Self {
        let key = Key::AllowOrigins;
        let Origins::Listed { exact, patterns } = origins else {
            return Self::any(key);
        };
        let exact = exact.iter().map(String::as_str);
        let texts = patterns.iter().map(|pattern| pattern.text.as_str());
        Self {
            key,
            listed: exact.clone().chain(texts.clone()).collect(),
            accepted: Accepted::Origins {
                exact: exact.collect(),
                patterns: texts.collect(),
                subsuming: Subsuming::of(patterns.iter().map(Pattern::ends)),
            },
        }
    }

    pub(super) fn methods(methods: &'c [String]) -> Self {
        let listed: Vec<&str> = methods.iter().map(String::as_str).collect();
        Self {
            key: Key::AllowMethods,
            accepted: Accepted::Methods(listed.iter().copied().collect()),
            listed,
        }
    }

    pub(super) fn headers(headers: &'c Headers) -> Self {
        match headers {
            Headers::Any => Self::any(Key::AllowHeaders),
            Headers::Listed(names) => Self::names(Key::AllowHeaders, names),
        }
    }

    pub(super) fn exposed(names: &'c [String]) -> Self {
        if names.iter().any(|name| name == "*") {
            Self::any(Key::ExposeHeaders)
        } else {
            Self::names(Key::ExposeHeaders, names)
        }
    }

    fn any(key: Key) -> Self {
        Self {
            key,
            listed: vec!["*"],
            accepted: Accepted::Any,
        }
    }

    fn names(key: Key, names: &'c [String]) -> Self {
        let lower = names.iter().map(|name| name.to_ascii_lowercase());
        Self {
            key,
            listed: names.iter().map(String::as_str).collect(),
            accepted: Accepted::Names(lower.collect()),
        }
    }

    /// Whether the ceiling covers an entry. One that can match nothing allows nothing; it has an error of its
    /// own.
    pub(super) fn accepts(&self, entry: &str) -> bool {
        match &self.accepted {
            Accepted::Any => true,
            Accepted::Methods(methods) => allow_methods::method(entry)
                // OPTIONS passes whether it is listed or not.
                .is_none_or(|method| method == "OPTIONS" || methods.contains(&*method)),
            Accepted::Names(names) => {
                placeholder::find(entry).is_some()
                    || !is_name(entry)
                    || names.contains(&entry.to_ascii_lowercase())
            }
            Accepted::Origins {
                exact,
                patterns,
                subsuming,
            } => match origin::check(entry, false).entry {
                None => true,
                Some(Entry::Any) => false,
                Some(Entry::Exact(origin)) => {
                    exact.contains(&*origin) || subsuming.first(&origin, None).is_some()
                }
                // What covers a pattern that matches `null` matches it too.
                Some(Entry::Pattern { pattern, .. }) => {
                    let Pattern { text, star, .. } = &pattern;
                    patterns.contains(&**text) || subsuming.first(text, Some(*star)).is_some()
                }
            },
        }
    }

    /// What a policy allows without this list that the ceiling does not accept; `*` is all.
    pub(super) fn not_accepted_by_default(&self) -> Vec<&'static str> {
        let default: &[&str] = match self.key {
            Key::AllowMethods => &SAFELISTED,
            Key::ExposeHeaders => &[],
            _ => &["*"],
        };
        let default = default.iter().copied();
        default.filter(|entry| !self.accepts(entry)).collect()
    }

    pub(super) fn note(&self) -> String {
        let (shown, more) = self.listed.split_at(self.listed.len().min(SHOWN));
        let accepted = match (shown, more.len()) {
            ([], _) => "nothing".to_owned(),
            (shown, 0) => quoted_list(shown),
            (shown, more) => format!("{} and {more} more", quoted_list(shown)),
        };
        format!("in `{}`, `within` accepts {accepted}", self.key)
    }
}
