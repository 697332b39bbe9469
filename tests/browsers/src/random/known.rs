//! The ways in which Chromium differs from `testing::Browser`, by name.
//!
//! A rule explains a difference only if it is exactly what the rule says. Anything else is a mistake of one of
//! them. Where nothing else is said, `Browser` does what the standard says.

mod caches;
mod preflights;
mod redirects;
mod responses;

use super::difference::Seen;

/// A reason for a difference.
pub(super) struct Rule {
    pub(super) name: &'static str,
    holds: fn(&Seen<'_>) -> bool,
}

/// The name of a difference.
pub(super) fn name(seen: &Seen<'_>) -> Option<&'static str> {
    rules()
        .find(|rule| (rule.holds)(seen))
        .map(|rule| rule.name)
}

pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        caches::RULES,
        preflights::RULES,
        redirects::RULES,
        responses::RULES,
    ]
    .into_iter()
    .flatten()
}
