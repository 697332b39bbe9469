//! Lists of header names: `allow_headers` and `expose_headers`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::token::{at_char, first_non_token};
use crate::config::List;
use crate::finding::{Finding, Place};
use crate::json::{Text, quoted};
use crate::report::Report;
use crate::rules;

/// The entries that are header names, each once.
pub(super) fn names<'a>(list: &List<'a>, key: &str, report: &mut Report) -> Vec<Text<'a>> {
    let mut names: Vec<Text<'a>> = Vec::new();
    let mut seen: HashMap<String, Place> = HashMap::new();
    for item in &list.items {
        if let Some(bad) = first_non_token(item.as_str()) {
            report.push(not_a_name(item, bad, key));
            continue;
        }
        if let Some(star) = item.as_str().find('*').filter(|_| item.as_str() != "*") {
            report.push(star_inside(item, star));
        }
        match seen.entry(item.as_str().to_ascii_lowercase()) {
            Entry::Vacant(entry) => {
                entry.insert(item.place());
                names.push(item.clone());
            }
            Entry::Occupied(first) => report.push(
                Finding::new(
                    &rules::DUPLICATE_HEADER,
                    item.place(),
                    format!("`{}` is listed twice", item.as_str()),
                    "remove this",
                )
                .also(*first.get(), "first listed here")
                .note("header names are compared without case; once is enough")
                .words("remove one of the two"),
            ),
        }
    }
    names
}

fn star_inside(item: &Text<'_>, star: usize) -> Finding {
    Finding::new(
        &rules::STAR_INSIDE_HEADER_NAME,
        item.part(star..star + 1),
        format!("`{}` is not a pattern", item.as_str()),
        "not a wildcard here",
    )
    .note("browsers and KrakenD take it for the name of one header, and nobody sends that")
    .words("the names themselves, or \"*\" for all")
}

fn not_a_name(item: &Text<'_>, bad: usize, key: &str) -> Finding {
    let written = item.as_str();
    let parts: Vec<&str> = written
        .split(|c: char| matches!(c, ',' | ';' | ':') || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let are_names = parts.iter().all(|part| first_non_token(part).is_none());
    let finding = match written.is_empty() {
        true => Finding::new(
            &rules::NOT_A_HEADER_NAME,
            item.place(),
            "an empty string is no header name",
            "remove this",
        ),
        false => Finding::new(
            &rules::NOT_A_HEADER_NAME,
            item.part(at_char(written, bad)),
            match parts.len() {
                0 | 1 => format!("`{written}` is not a header name"),
                _ => format!("`{written}` is not one header name"),
            },
            "this cannot stand in a header name",
        ),
    };
    finding
        .note(match key {
            "allow_headers" => {
                "no request has such a header; sent in a list, it makes browsers refuse every preflight"
            }
            _ => {
                "browsers throw the whole list away when one entry is malformed, and then expose nothing"
            }
        })
        .words(match are_names && !parts.is_empty() {
            true => quoted(&parts),
            false => "leave it out, or write letters, digits and hyphens alone".to_owned(),
        })
}
