//! Where in a gateway's configuration the CORS section is.

use crate::finding::{Finding, Place};
use crate::json::{Kind, Member, Value};
use crate::report::Report;
use crate::rules;

/// What the section is called.
pub(crate) const CURRENT: &str = "security/cors";
/// What KrakenD called it before version 2, and still reads.
pub(crate) const OLDER: &str = "github_com/devopsfaith/krakend-cors";

const EXAMPLE: &str =
    "\"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://app.example.com\"] } }";

/// How many sections in the wrong place are shown.
const MOST_ASTRAY: usize = 10;

/// The CORS object in the root's `extra_config`.
pub(super) fn find<'a>(document: &Value<'a>, report: &mut Report) -> Option<Value<'a>> {
    if document.kind() != Kind::Object {
        report.push(
            Finding::new(
                &rules::WRONG_TYPE,
                document.place(),
                format!(
                    "a gateway's configuration is an object, not {}",
                    document.kind()
                ),
                "expected `{`",
            )
            .note("KrakenD does not start with it")
            .words(format!("{{ \"version\": 3, {EXAMPLE} }}")),
        );
        return None;
    }
    let root = document.members();
    if is_extra_config(&root) {
        return within(document, &root, report);
    }
    let Some(extra) = last(&root, "extra_config", report) else {
        let lacking = document.place().start;
        report.push(missing(Place::new(lacking, lacking + 1), &root));
        return None;
    };
    let extra = extra.value;
    if extra.kind() != Kind::Object {
        report.push(
            Finding::new(
                &rules::WRONG_TYPE,
                extra.place(),
                format!("`extra_config` is an object, not {}", extra.kind()),
                "expected `{`",
            )
            .note("KrakenD finds no CORS section in it and sends no CORS headers")
            .words(EXAMPLE),
        );
        return None;
    }
    within(&extra, &root, report)
}

/// Whether a document is what templates include as the root's `extra_config`: its sections, and
/// nothing that a whole configuration has.
fn is_extra_config(root: &[Member<'_>]) -> bool {
    let has = |name: &str| root.iter().any(|member| member.key.as_str() == name);
    (has(CURRENT) || has(OLDER))
        && !["extra_config", "endpoints", "version"]
            .into_iter()
            .any(has)
}

/// The CORS object in an `extra_config`.
fn within<'a>(extra: &Value<'a>, root: &[Member<'a>], report: &mut Report) -> Option<Value<'a>> {
    let members = extra.members();
    let current = last(&members, CURRENT, report);
    let older = last(&members, OLDER, report);
    let section = match (current, older) {
        (Some(current), Some(older)) => {
            report.push(both(current, older));
            current
        }
        (Some(section), None) | (None, Some(section)) => section,
        (None, None) => match members.iter().find(|member| speaks_of_cors(member)) {
            Some(stranger) => {
                report.push(unknown_namespace(stranger));
                stranger
            }
            None => {
                let lacking = extra.place().start;
                report.push(missing(Place::new(lacking, lacking + 1), root));
                return None;
            }
        },
    };
    if section.value.kind() == Kind::Object {
        return Some(section.value);
    }
    report.push(
        Finding::new(
            &rules::WRONG_TYPE,
            section.value.place(),
            format!(
                "the CORS section is an object, not {}",
                section.value.kind()
            ),
            "expected `{`",
        )
        .note("KrakenD starts without CORS and sends no CORS headers")
        .words(format!(
            "\"{}\": {{ \"allow_origins\": [\"https://app.example.com\"] }}",
            section.key.as_str()
        )),
    );
    None
}

/// The last member of that name, as KrakenD takes it; the others are reported.
fn last<'m, 'a>(
    members: &'m [Member<'a>],
    name: &str,
    report: &mut Report,
) -> Option<&'m Member<'a>> {
    let mut named = members.iter().filter(|member| member.key.as_str() == name);
    let first = named.next()?;
    Some(named.fold(first, |ignored, member| {
        report.push(duplicate(ignored, member));
        member
    }))
}

/// The same key twice.
pub(super) fn duplicate(first: &Member<'_>, second: &Member<'_>) -> Finding {
    let ignored = Place::new(first.key.place().start, first.value.place().end);
    Finding::new(
        &rules::DUPLICATE_KEY,
        second.key.place(),
        format!("the key `{}` is set twice", second.key.as_str()),
        "set again here",
    )
    .also(first.key.place(), "KrakenD ignores this one")
    .remove(ignored)
}

fn both(current: &Member<'_>, older: &Member<'_>) -> Finding {
    Finding::new(
        &rules::BOTH_NAMESPACES,
        older.key.place(),
        "two CORS sections, under the new name and the old",
        "the old name: remove this section",
    )
    .also(current.key.place(), "the new name")
    .note("only one of them can count, and which one depends on KrakenD's version")
    .words(format!("keep \"{CURRENT}\""))
}

fn speaks_of_cors(member: &Member<'_>) -> bool {
    member.key.as_str().to_ascii_lowercase().contains("cors")
}

fn unknown_namespace(member: &Member<'_>) -> Finding {
    let name = member.key.as_str();
    Finding::new(
        &rules::NO_CORS_SECTION,
        member.key.place(),
        format!("KrakenD knows no section called `{name}`"),
        "rename this",
    )
    .note("it ignores the section and sends no CORS headers: browsers let no other origin read an answer")
    .words(format!("\"{CURRENT}\""))
}

/// No section at the root; where it stands instead, if it is there at all.
fn missing(lacking: Place, root: &[Member<'_>]) -> Finding {
    let astray: Vec<Place> = root
        .iter()
        .flat_map(|member| match member.key.as_str() {
            "endpoints" | "async_agent" => below(&member.value),
            _ if speaks_of_cors(member) => vec![member.key.place()],
            _ => Vec::new(),
        })
        .collect();
    let (shown, more) = astray.split_at(astray.len().min(MOST_ASTRAY));
    let headline = match astray.is_empty() {
        true => format!("there is no CORS section: no `{CURRENT}` in the root's `extra_config`"),
        false => "the CORS section is not in the root's `extra_config`".to_owned(),
    };
    let finding = Finding::new(
        &rules::NO_CORS_SECTION,
        lacking,
        headline,
        "it belongs in here",
    );
    let finding = shown
        .iter()
        .fold(finding, |finding, place| {
            finding.also(*place, "KrakenD does not read it here")
        })
        .note(
            "without it KrakenD sends no CORS headers: browsers let no other origin read an answer",
        )
        .words(EXAMPLE);
    match more.len() {
        0 => finding,
        1 => finding.note("there is one more of these sections"),
        more => finding.note(format!("there are {more} more of these sections")),
    }
}

/// CORS sections of endpoints and their backends.
fn below(endpoints: &Value<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    for endpoint in endpoints.items() {
        places.extend(sections(&endpoint));
        for backends in named(&endpoint, "backend") {
            places.extend(backends.items().iter().flat_map(sections));
        }
    }
    places
}

/// CORS sections in the `extra_config` of an object.
fn sections(object: &Value<'_>) -> Vec<Place> {
    named(object, "extra_config")
        .iter()
        .flat_map(Value::members)
        .filter(speaks_of_cors)
        .map(|member| member.key.place())
        .collect()
}

fn named<'a>(object: &Value<'a>, key: &str) -> Vec<Value<'a>> {
    let members = object.members().into_iter();
    members
        .filter(|member| member.key.as_str() == key)
        .map(|member| member.value)
        .collect()
}
