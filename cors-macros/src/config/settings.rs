//! The keys of the CORS section and the types of their values.

use super::section::duplicate;
use super::{Cors, Given, List, Setting, Status};
use crate::finding::{Finding, Place};
use crate::json::{Kind, Member, Text, Value};
use crate::report::Report;
use crate::rules;
use crate::spelling::nearest;

const KEYS: [&str; 10] = [
    "allow_origins",
    "allow_methods",
    "allow_headers",
    "expose_headers",
    "max_age",
    "allow_credentials",
    "allow_private_network",
    "debug",
    "options_passthrough",
    "options_success_status",
];

/// Reads the settings of a CORS object.
pub(super) fn read<'a>(object: &Value<'a>, report: &mut Report) -> Option<Cors<'a>> {
    let members = object.members();
    let mut misspelt: Vec<&str> = Vec::new();
    for (nth, member) in members.iter().enumerate() {
        let key = member.key.as_str();
        if is_comment(key) {
            continue;
        }
        if !KEYS.contains(&key) {
            let meant = meant(key, &members);
            misspelt.extend(meant);
            report.push(unknown(member, meant));
        } else if let Some(ignored) = members[..nth].iter().rfind(|m| m.key.as_str() == key) {
            report.push(duplicate(ignored, member));
        }
    }
    let mut reader = Reader {
        members: &members,
        misspelt: &misspelt,
        report,
    };
    Some(Cors {
        object: object.place(),
        allow_origins: reader.list(
            "allow_origins",
            "reads it as no list, which allows every origin",
        ),
        allow_methods: reader.list(
            "allow_methods",
            "reads it as no list, which allows GET, HEAD and POST alone",
        ),
        allow_headers: reader.list(
            "allow_headers",
            "reads it as no list, which allows every header",
        ),
        expose_headers: reader.list("expose_headers", "reads it as no list and exposes nothing"),
        max_age: reader.text("max_age", "crashes when it starts"),
        allow_credentials: reader.switch("allow_credentials"),
        allow_private_network: reader.switch("allow_private_network"),
        debug: reader.switch("debug"),
        options_passthrough: reader.switch("options_passthrough"),
        options_success_status: reader.status("options_success_status"),
    })
}

/// Keys that KrakenD's schema sets apart for remarks.
fn is_comment(key: &str) -> bool {
    key.starts_with(['@', '$', '_', '#'])
}

/// The setting that an unknown key is likely to mean; rather one that is not there yet.
fn meant(key: &str, members: &[Member<'_>]) -> Option<&'static str> {
    let taken = |known: &str| members.iter().any(|member| member.key.as_str() == known);
    nearest(key, KEYS.into_iter().filter(|known| !taken(known))).or_else(|| nearest(key, KEYS))
}

fn unknown(member: &Member<'_>, near: Option<&str>) -> Finding {
    let key = member.key.as_str();
    let note = match near {
        Some("allow_origins") => {
            "KrakenD ignores the key, and without `allow_origins` it allows every origin"
        }
        Some("allow_headers") => {
            "KrakenD ignores the key, and without `allow_headers` it allows every header"
        }
        _ => "KrakenD ignores the key",
    };
    let finding = Finding::new(
        &rules::UNKNOWN_KEY,
        member.key.place(),
        format!("there is no setting `{key}`"),
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove this".to_owned(),
        },
    )
    .note(note);
    match near {
        Some(near) => finding.words(format!("\"{near}\"")),
        None => finding.words(format!("the settings are {}", KEYS.join(", "))),
    }
}

struct Reader<'r, 'a> {
    members: &'r [Member<'a>],
    /// Settings that are there under another name, which is reported: not missing, but unknown.
    misspelt: &'r [&'r str],
    report: &'r mut Report,
}

impl<'a> Reader<'_, 'a> {
    /// The last value of a key, as KrakenD takes it; `read` tells what it is or reports why not.
    fn setting<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&Value<'a>, &mut Report) -> Option<T>,
    ) -> Setting<T> {
        let Some(member) = self.members.iter().rev().find(|m| m.key.as_str() == key) else {
            return match self.misspelt.contains(&key) {
                true => Setting::Unknown,
                false => Setting::Missing,
            };
        };
        let at = member.value.place();
        match read(&member.value, self.report) {
            Some(value) => Setting::Given(Given {
                value,
                member: Place::new(member.key.place().start, at.end),
                at,
            }),
            None => Setting::Unknown,
        }
    }

    fn list(&mut self, key: &str, krakend: &str) -> Setting<List<'a>> {
        self.setting(key, |value, report| {
            if value.kind() != Kind::List {
                let help = match value.kind() {
                    Kind::String => format!("[{}]", value.raw()),
                    _ => "[\"…\", \"…\"], or leave the key out".to_owned(),
                };
                report.push(wrong(value, key, "a list of strings", krakend).words(help));
                return None;
            }
            let all = value.items();
            let items: Vec<Text<'a>> = all.iter().filter_map(Value::text).collect();
            for item in all.iter().filter(|item| item.kind() != Kind::String) {
                report.push(
                    Finding::new(
                        &rules::WRONG_TYPE,
                        item.place(),
                        format!(
                            "an element of `{key}` must be a string, not {}",
                            item.kind()
                        ),
                        "expected a string",
                    )
                    .note("KrakenD drops the element without a word")
                    .words(match item.kind() {
                        Kind::Number => format!("\"{}\"", item.raw()),
                        _ => "write a string, or leave it out".to_owned(),
                    }),
                );
            }
            let partial = items.len() < all.len();
            Some(List { items, partial })
        })
    }

    fn text(&mut self, key: &str, krakend: &str) -> Setting<Text<'a>> {
        self.setting(key, |value, report| {
            let text = value.text();
            if text.is_none() {
                let help = match value.kind() {
                    Kind::Number => format!("\"{}s\"", value.raw()),
                    _ => "\"12h\"".to_owned(),
                };
                report.push(wrong(value, key, "a string", krakend).words(help));
            }
            text
        })
    }

    fn switch(&mut self, key: &str) -> Setting<bool> {
        self.setting(key, |value, report| {
            if value.kind() != Kind::Boolean {
                let meant = match value.raw().trim_matches('"').to_ascii_lowercase().as_str() {
                    "true" | "yes" | "on" | "1" => "true",
                    _ => "false",
                };
                let finding = wrong(value, key, "`true` or `false`", "reads it as `false`");
                report.push(finding.words(meant));
                return None;
            }
            Some(value.raw() == "true")
        })
    }

    fn status(&mut self, key: &str) -> Setting<Status> {
        self.setting(key, |value, report| {
            let number = (value.kind() == Kind::Number)
                .then(|| value.raw().parse::<f64>().ok())
                .flatten();
            let krakend = match number {
                Some(whole) if whole.fract() == 0.0 => return Some(Status(whole)),
                Some(_) => "cuts off the fraction",
                None => "reads it as absent, which means 204",
            };
            let meant = value.raw().trim_matches('"').parse::<u16>();
            let help = meant.ok().filter(|s| (200..300).contains(s)).unwrap_or(204);
            report.push(wrong(value, key, "a whole number", krakend).words(help.to_string()));
            None
        })
    }
}

fn wrong(value: &Value<'_>, key: &str, expected: &str, krakend: &str) -> Finding {
    Finding::new(
        &rules::WRONG_TYPE,
        value.place(),
        format!("`{key}` must be {expected}, not {}", shown(value)),
        format!("expected {expected}"),
    )
    .note(format!("KrakenD {krakend}"))
}

fn shown(value: &Value<'_>) -> String {
    match value.kind() {
        Kind::Number if value.raw().contains('.') => "a fraction".to_owned(),
        kind => kind.to_string(),
    }
}
