//! Request headers that endpoints read and `allow_headers` does not have.

use std::collections::{BTreeMap, HashSet};

use super::{Concerned, accepted_if, lacking, named, sent, with_endpoints};
use crate::check::token::{first_non_token, is_stray};
use crate::config::Cors;
use crate::finding::{Finding, Place};
use crate::gateway::{Endpoint, Gateway};
use crate::policy::Headers;
use crate::report::Report;
use crate::rules;

/// What needs a header that is not allowed.
#[derive(Default)]
struct Readers<'e, 'a> {
    /// The header as the first of them has it.
    name: String,
    /// The endpoints that take a token from it.
    tokens: Vec<Concerned<'e, 'a>>,
    /// The endpoints that forward it to their backends.
    forwards: Vec<Concerned<'e, 'a>>,
}

/// The headers that are allowed, and those that endpoints read besides, by their names in lower case.
struct Lacking<'e, 'a> {
    allowed: HashSet<String>,
    readers: BTreeMap<String, Readers<'e, 'a>>,
}

pub(super) fn check(
    cors: &Cors<'_>,
    gateway: &Gateway<'_>,
    endpoints: &[&Endpoint<'_>],
    headers: &Headers,
    report: &mut Report,
) {
    let (Headers::Listed(names), Some(list)) = (headers, cors.allow_headers.given()) else {
        return;
    };
    let mut missing = Lacking {
        allowed: names.iter().map(|name| name.to_ascii_lowercase()).collect(),
        readers: BTreeMap::new(),
    };
    for endpoint in endpoints {
        missing.add(endpoint);
    }
    for readers in missing.readers.values() {
        if !readers.tokens.is_empty() || !gateway.sets(&readers.name) {
            report.push(readers.finding(list.at));
        }
    }
}

impl<'e, 'a> Lacking<'e, 'a> {
    fn add(&mut self, endpoint: &'e Endpoint<'a>) {
        let token = endpoint.validator.as_ref();
        let only_header = token.filter(|token| token.cookie.is_none());
        if let Some(token) = only_header
            && let Some(readers) = self.readers(token.header())
        {
            readers.tokens.push((endpoint, token.key));
        }
        for name in &endpoint.forwards {
            let written = name.as_str();
            // A token that may come in a cookie needs no header.
            let has_token = token.is_some_and(|token| token.header().eq_ignore_ascii_case(written));
            if !has_token && let Some(Readers { forwards, .. }) = self.readers(written) {
                // A name that is listed twice is one endpoint all the same.
                if forwards
                    .last()
                    .is_none_or(|(last, _)| !std::ptr::eq(*last, endpoint))
                {
                    forwards.push((endpoint, name.place()));
                }
            }
        }
    }

    /// The readers of a header that scripts set and that is not allowed.
    fn readers(&mut self, name: &str) -> Option<&mut Readers<'e, 'a>> {
        let lower = name.to_ascii_lowercase();
        let is_name = first_non_token(name).is_none() && !is_stray(name) && !name.contains('*');
        if !is_name || self.allowed.contains(&lower) || !sent::by_scripts(&lower) {
            return None;
        }
        let readers = self.readers.entry(lower).or_default();
        if readers.name.is_empty() {
            readers.name = name.to_owned();
        }
        Some(readers)
    }
}

impl Readers<'_, '_> {
    fn finding(&self, list: Place) -> Finding {
        let Self {
            name,
            tokens,
            forwards,
        } = self;
        let (rule, what, concerned) = if tokens.is_empty() {
            (&rules::FORWARDED_HEADER_NOT_ALLOWED, "", forwards)
        } else {
            (&rules::TOKEN_NOT_ALLOWED, "a token in ", tokens)
        };
        let title = format!(
            "browsers cannot send {what}`{name}` to {}: it is not in `allow_headers`",
            named(concerned)
        );
        let finding = lacking(rule, list, title, name);
        with_endpoints(
            accepted_if(finding, "no web page should send it"),
            concerned,
        )
    }
}
