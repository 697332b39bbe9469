//! Which member of a CORS object says what of which setting.

use std::collections::HashMap;

use super::keys::{self, Key};
use super::section::Section;
use super::types::{ListKind, Written};
use super::{Cors, Given, Setting, whole};
use crate::finding::{Finding, Place};
use crate::json::Member;
use crate::report::Report;
use crate::rules;

const ALLOW_ORIGINS: ListKind = ListKind {
    without: "allows every origin",
    example: "[\"https://app.example.com\"]",
    needed: true,
};
const ALLOW_METHODS: ListKind = ListKind {
    without: "allows only GET, HEAD and POST",
    example: "[\"GET\", \"POST\", \"PUT\"]",
    needed: false,
};
const ALLOW_HEADERS: ListKind = ListKind {
    without: "allows every header",
    example: "[\"Authorization\", \"Content-Type\"]",
    needed: true,
};
const EXPOSE_HEADERS: ListKind = ListKind {
    without: "exposes no header",
    example: "[\"X-Request-Id\"]",
    needed: false,
};

/// Reads the settings of a CORS object.
pub(super) fn read<'a>(section: &Section<'a>, report: &mut Report) -> Cors<'a> {
    let Section { place, members } = section;
    let mut reader = Reader {
        members,
        settings: settings(*place, members, report),
        report,
    };
    Cors {
        object: *place,
        allow_origins: reader.read(Key::AllowOrigins, |w, r| w.list(&ALLOW_ORIGINS, r)),
        allow_methods: reader.read(Key::AllowMethods, |w, r| w.list(&ALLOW_METHODS, r)),
        allow_headers: reader.read(Key::AllowHeaders, |w, r| w.list(&ALLOW_HEADERS, r)),
        expose_headers: reader.read(Key::ExposeHeaders, |w, r| w.list(&EXPOSE_HEADERS, r)),
        max_age: reader.read(Key::MaxAge, Written::duration),
        allow_credentials: reader.read(Key::AllowCredentials, Written::switch),
        allow_private_network: reader.read(Key::AllowPrivateNetwork, Written::switch),
        debug: reader.read(Key::Debug, Written::switch),
        options_passthrough: reader.read(Key::OptionsPassthrough, Written::switch),
        options_success_status: reader.read(Key::OptionsSuccessStatus, Written::status),
    }
}

struct Reader<'r, 'm, 'a> {
    members: &'m [Member<'a>],
    settings: HashMap<Key, &'m Member<'a>>,
    report: &'r mut Report,
}

impl<'a> Reader<'_, '_, 'a> {
    fn read<T>(
        &mut self,
        key: Key,
        read: impl FnOnce(&Written<'a>, &mut Report) -> Option<T>,
    ) -> Setting<T> {
        let Some(member) = self.settings.get(&key) else {
            return Setting::Missing;
        };
        let means_it = |member: &&Member<'_>| keys::meant(member.key.as_str()) == Some(key);
        let written = Written {
            key,
            value: member.value,
            member: whole(member),
            is_only: self.members.iter().filter(means_it).count() <= 1,
        };
        match read(&written, self.report) {
            Some(value) => Setting::Given(Given {
                value,
                member: written.member,
                at: member.value.place(),
                is_only: written.is_only,
            }),
            None => Setting::Unknown,
        }
    }
}

/// The member of each setting that is there: the last of its name, as KrakenD takes it, or else the
/// first that is likely meant to be it. All others are reported.
fn settings<'m, 'a>(
    object: Place,
    members: &'m [Member<'a>],
    report: &mut Report,
) -> HashMap<Key, &'m Member<'a>> {
    let mut settings = HashMap::new();
    for &key in Key::ALL {
        if let Some(member) = super::section::last(members, key.name(), report) {
            settings.insert(key, member);
        }
    }
    for member in members {
        let key = member.key.as_str();
        if keys::is_comment(key) || Key::named(key).is_some() {
            continue;
        }
        let finding = match (keys::belongs(key), keys::meant(key)) {
            (Some(place), _) => belongs(object, member, place),
            (None, None) => unrelated(object, member),
            (None, Some(meant)) => match settings.get(&meant) {
                Some(setting) => second(member, setting),
                None => {
                    settings.insert(meant, member);
                    misspelt(member, meant)
                }
            },
        };
        report.push(finding);
    }
    settings
}

fn misspelt(member: &Member<'_>, meant: Key) -> Finding {
    let finding = Finding::new(
        &rules::UNKNOWN_KEY,
        member.key.place(),
        format!("`{}` is not a setting", member.key.as_str()),
        format!("did you mean `{meant}`?"),
    );
    // What grants something is never suggested outright.
    let grants = match meant {
        Key::AllowCredentials => "browsers should send cookies",
        Key::AllowPrivateNetwork => "public sites should reach a private network",
        Key::OptionsPassthrough => "the backend should answer preflights",
        _ => return finding.write(member.key.place(), format!("\"{meant}\"")),
    };
    finding.words(format!("write `{meant}` if {grants}, else remove it"))
}

/// A key that means a setting which is there already.
fn second(member: &Member<'_>, setting: &Member<'_>) -> Finding {
    Finding::new(
        &rules::UNKNOWN_KEY,
        member.key.place(),
        format!(
            "`{}` is not a setting, and `{}` is set already",
            member.key.as_str(),
            setting.key.as_str()
        ),
        "remove this",
    )
    .also(setting.key.place(), "set here")
    .remove(whole(member))
}

fn unrelated(object: Place, member: &Member<'_>) -> Finding {
    Finding::of_entry(
        &rules::UNRELATED_KEY,
        object,
        (member.key.place(), member.key.as_str()),
        "KrakenD's CORS section has no {}",
        "this is ignored",
    )
    .remove(whole(member))
}

fn belongs(object: Place, member: &Member<'_>, place: &str) -> Finding {
    Finding::of_entry(
        &rules::UNRELATED_KEY,
        object,
        (member.key.place(), member.key.as_str()),
        "KrakenD's CORS section has no {}",
        format!("this belongs in {place}"),
    )
    .words(format!("move it to {place}, or remove it"))
}
