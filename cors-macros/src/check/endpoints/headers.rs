//! Request headers that endpoints read and `allow_headers` does not have.

use std::collections::{HashMap, HashSet};

use super::sent::{Sender, sender};
use super::{Concerned, are_off, lacking, named, with_endpoints};
use crate::check::token::{first_non_token, is_stray};
use crate::config::Cors;
use crate::finding::{Finding, Place};
use crate::gateway::{Endpoint, Gateway, Instead};
use crate::literal::quoted;
use crate::policy::Headers;
use crate::report::Report;
use crate::rules;

/// What needs a header that is not allowed.
struct Readers<'e, 'a> {
    /// The header as the first of them has it.
    name: String,
    sender: Sender,
    /// What is in it, if endpoints ask for that.
    what: &'static str,
    /// The endpoints that ask for it.
    tokens: Vec<Concerned<'e, 'a>>,
    /// The endpoints that forward it to their backends.
    forwards: Vec<Concerned<'e, 'a>>,
}

/// The headers that are allowed, and those that endpoints read besides, by their names in lower case.
struct Lacking<'e, 'a> {
    allowed: HashSet<String>,
    credentials_are_off: bool,
    /// Nothing for what no script sets.
    readers: HashMap<String, Option<Readers<'e, 'a>>>,
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
        credentials_are_off: are_off(&cors.allow_credentials),
        readers: HashMap::new(),
    };
    for endpoint in endpoints {
        missing.add(endpoint);
    }
    let mut readers: Vec<&Readers<'_, '_>> = missing.readers.values().flatten().collect();
    readers.sort_by_key(|readers| (readers.tokens.is_empty(), readers.place()));
    for readers in readers {
        if !readers.tokens.is_empty() {
            report.push(readers.token(list.at));
        } else if !gateway.sets(&readers.name) {
            report.push(readers.forwarded(list.at));
        }
    }
}

impl<'e, 'a> Lacking<'e, 'a> {
    fn add(&mut self, endpoint: &'e Endpoint<'a>) {
        for token in &endpoint.tokens {
            let needs_header = match token.instead {
                Instead::Nothing => true,
                Instead::Unnamed => self.credentials_are_off,
                // If credentials are off, the cookie is what is reported.
                Instead::Cookie(_) => false,
            };
            if needs_header && let Some(readers) = self.readers(token.header()) {
                readers.what = token.what;
                readers.tokens.push((endpoint, token.key));
            }
        }
        for name in &endpoint.forwards {
            let written = name.as_str();
            // A token that may come in a cookie needs no header.
            let mut tokens = endpoint.tokens.iter();
            let has_token = tokens.any(|token| token.header().eq_ignore_ascii_case(written));
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

    /// The readers of a header that scripts may set and that is not allowed.
    fn readers(&mut self, name: &str) -> Option<&mut Readers<'e, 'a>> {
        let lower = name.to_ascii_lowercase();
        let is_name = first_non_token(name).is_none() && !is_stray(name) && !name.contains('*');
        if !is_name || self.allowed.contains(&lower) {
            return None;
        }
        let readers = self.readers.entry(lower);
        let readers = readers.or_insert_with_key(|lower| {
            let sender = sender(lower);
            (sender != Sender::Others).then(|| Readers {
                name: name.to_owned(),
                sender,
                what: "",
                tokens: Vec::new(),
                forwards: Vec::new(),
            })
        });
        readers.as_mut()
    }
}

impl Readers<'_, '_> {
    /// Where the first endpoint reads it.
    fn place(&self) -> Option<Place> {
        let first = self.tokens.first().or(self.forwards.first());
        first.map(|(_, place)| *place)
    }

    fn token(&self, list: Place) -> Finding {
        let Self {
            name, what, tokens, ..
        } = self;
        let title = format!(
            "browsers cannot send {what} in `{name}` to {}: it is not in `allow_headers`",
            named(tokens)
        );
        let finding = lacking(&rules::TOKEN_NOT_ALLOWED, list, title, name);
        with_endpoints(finding, tokens)
    }

    /// Headers of one sender are one finding in the end.
    fn forwarded(&self, list: Place) -> Finding {
        let by_pages = self.sender == Sender::Pages;
        let (title, case) = if by_pages {
            (
                "browsers cannot send {}, which endpoints forward: not in `allow_headers`",
                "no web page should send {it}",
            )
        } else {
            (
                "`allow_headers` does not list {}, which endpoints forward",
                "only proxies or other programs send {it}",
            )
        };
        let rule = &rules::FORWARDED_HEADER_NOT_ALLOWED;
        let entry = (list, self.name.as_str());
        let finding = Finding::of_entry(rule, list, entry, title, "not in this list");
        let finding = with_endpoints(finding.accepted_if(case), &self.forwards);
        if by_pages {
            finding.add(list, quoted(&self.name))
        } else {
            finding
        }
    }
}
