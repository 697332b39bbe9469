//! Where in a gateway's configuration the CORS section is.

use super::keys::{self, CURRENT, EXTRA_CONFIG, OLDER};
use super::misplaced::{self, Misplaced};
use super::{settings_file, whole};
use crate::finding::{Finding, Help, Label, Place, listed};
use crate::gateway;
use crate::json::{Document, Kind, Member, Object, Value, get};
use crate::report::Report;
use crate::rules::{self, Rule};

/// A section as somebody may have it.
const SETTINGS: &str = "{ \"allow_origins\": [\"https://app.example.com\"] }";

/// A CORS object.
pub(super) struct Section<'a> {
    pub(super) place: Place,
    pub(super) members: Object<'a>,
}

impl<'a> Section<'a> {
    /// The members of an object; none of anything else.
    pub(super) fn new(value: &Value<'a>) -> Self {
        Self {
            place: value.place(),
            members: value.members(),
        }
    }
}

/// The CORS object of a file: of a whole configuration, or of a part that templates include.
pub(super) fn find<'a>(document: &Document<'a>, report: &mut Report) -> Option<Section<'a>> {
    let value = document.value;
    if document.members.is_empty() && value.kind() != Kind::Object {
        report.push(
            not_an_object("the configuration", &value)
                .note("KrakenD does not start")
                .words(format!("write {{ \"version\": 3, \"{EXTRA_CONFIG}\": {{ \"{CURRENT}\": {SETTINGS} }} }}")),
        );
        return None;
    }
    if keys::are_only_settings(&document.members) {
        Some(Section {
            place: value.place(),
            members: document.members.clone(),
        })
    } else {
        let section = Configuration::new(document).section(report)?;
        Some(Section::new(&section))
    }
}

/// The CORS object of a call. It is the whole document, but somebody may have written more.
pub(super) fn in_call<'a>(document: &Document<'a>, report: &mut Report) -> Option<Value<'a>> {
    let root = &document.members;
    let extra = get(root, EXTRA_CONFIG);
    let inside = extra.map(|extra| extra.value.members()).unwrap_or_default();
    let mut sections = root.iter().chain(&inside);
    let section = sections.find(|member| keys::is_section(member.key.as_str()));
    let Some(member) = section.or(extra).filter(|_| !keys::are_settings(root)) else {
        return Some(document.value);
    };
    let finding = Finding::new(
        &rules::NO_CORS_SECTION,
        member.key.place(),
        format!("`{}` does not belong here", member.key.as_str()),
        match section {
            Some(_) => "only the object after this belongs here",
            None => "only the CORS object belongs here",
        },
    );
    report.push(finding.words("write only the CORS object: `{ \"allow_origins\": … }`"));
    section
        .map(|section| section.value)
        .filter(|value| value.kind() == Kind::Object)
}

/// A whole configuration, or only its `extra_config`.
struct Configuration<'m, 'a> {
    document: Value<'a>,
    root: &'m [Member<'a>],
    /// The `version` of configurations that only KrakenD 1.x reads.
    older_version: Option<&'m Member<'a>>,
}

impl<'m, 'a> Configuration<'m, 'a> {
    fn new(document: &'m Document<'a>) -> Self {
        Self {
            document: document.value,
            root: &document.members,
            older_version: gateway::older_version(&document.members),
        }
    }

    /// What the section of this configuration is called.
    fn namespace(&self) -> &'static str {
        match self.older_version {
            Some(_) => OLDER,
            None => CURRENT,
        }
    }

    fn section(&self, report: &mut Report) -> Option<Value<'a>> {
        let members;
        let (extra, members) = if self.is_extra_config() {
            (self.document, self.root)
        } else {
            match self.extra_config(report) {
                Some(extra) if extra.value.kind() == Kind::Object => {
                    members = extra.value.members();
                    (extra.value, &*members)
                }
                Some(extra) => {
                    report.push(
                        not_an_object("`extra_config`", &extra.value)
                            .note("without a CORS section KrakenD sends no CORS headers")
                            .words(format!("write {{ \"{}\": {SETTINGS} }}", self.namespace())),
                    );
                    return None;
                }
                None => return self.in_settings_file(report),
            }
        };
        unfilled(self.root.iter().chain(members), report);
        let Some(section) = self
            .named(members, report)
            .or_else(|| self.misnamed(members, report))
        else {
            self.missing(Some(&extra), report);
            return None;
        };
        self.without_effect(&extra, section, report);
        if section.value.kind() != Kind::Object {
            let name = format!("`{}`", section.key.as_str());
            report.push(
                not_an_object(&name, &section.value)
                    .note("KrakenD starts without CORS and sends no CORS headers")
                    .words(format!("write {SETTINGS}")),
            );
            return None;
        }
        Some(section.value)
    }

    /// The section of a file that is no configuration, but has the settings of one.
    fn in_settings_file(&self, report: &mut Report) -> Option<Value<'a>> {
        let found = settings_file::sections(self.root);
        match found.as_slice() {
            [] => self.missing(None, report),
            [only] => return Some(only.value),
            [first, others @ ..] => {
                let paths: Vec<&str> = found.iter().map(|found| found.path.as_str()).collect();
                let title = format!(
                    "the file has {} CORS sections: {}",
                    found.len(),
                    listed(&paths)
                );
                let label = "one of them";
                let finding = Finding::new(&rules::NO_CORS_SECTION, first.key, title, label);
                let finding = others
                    .iter()
                    .fold(finding, |finding, other| finding.also(other.key, "another"));
                report.push(
                    finding.words("keep each in a file of its own, and name the one that is meant"),
                );
            }
        }
        None
    }

    /// Whether the document is what templates include as the root's `extra_config`: its sections, and
    /// nothing that a whole configuration has.
    fn is_extra_config(&self) -> bool {
        let names = || self.root.iter().map(|member| member.key.as_str());
        names().any(keys::is_section) && !names().any(|name| keys::of_gateway(name).is_some())
    }

    /// The root's `extra_config`.
    fn extra_config(&self, report: &mut Report) -> Option<&'m Member<'a>> {
        if let Some(exact) = last(self.root, EXTRA_CONFIG, report) {
            return Some(exact);
        }
        let mut members = self.root.iter();
        let other = members.find(|member| {
            let holds_section = || {
                member
                    .value
                    .members()
                    .iter()
                    .any(|member| keys::is_section(member.key.as_str()))
            };
            let name = member.key.as_str();
            name.eq_ignore_ascii_case(EXTRA_CONFIG)
                || keys::is_like(name, EXTRA_CONFIG) && holds_section()
        })?;
        let name = other.key.as_str();
        let finding = if name.eq_ignore_ascii_case(EXTRA_CONFIG) {
            Finding::new(
                &rules::EXTRA_CONFIG_CASE,
                other.key.place(),
                format!("`{name}` is not in lower case"),
                "KrakenD finds this all the same",
            )
        } else {
            Finding::new(
                &rules::NO_CORS_SECTION,
                other.key.place(),
                format!("KrakenD does not read `{name}`"),
                "did you mean `extra_config`?",
            )
        };
        report.push(finding.write(other.key.place(), format!("\"{EXTRA_CONFIG}\"")));
        Some(other)
    }

    /// The section under one of its names.
    fn named<'s>(&self, extra: &'s [Member<'a>], report: &mut Report) -> Option<&'s Member<'a>> {
        let current = last(extra, CURRENT, report);
        let older = last(extra, OLDER, report);
        if let (Some(current), Some(older)) = (current, older) {
            let finding = Finding::new(
                &rules::BOTH_NAMESPACES,
                older.key.place(),
                format!("both `{CURRENT}` and `{OLDER}` are set"),
                "the older name",
            )
            .also(current.key.place(), "the newer name");
            report.push(match self.older_version {
                Some(_) => finding,
                None => finding.remove(whole(older)),
            });
        }
        if let (Some(current), Some(version)) = (current, self.older_version) {
            report.push(
                Finding::new(
                    &rules::VERSION_AND_NAMESPACE,
                    current.key.place(),
                    format!("`{CURRENT}` and version 2 do not go together"),
                    "KrakenD 1.x does not know this",
                )
                .also(whole(version), "KrakenD 2.x does not start with this"),
            );
        }
        let version_3 = get(self.root, "version").filter(|version| version.value.raw() == "3");
        if let (None, Some(older), Some(version)) = (current, older, version_3) {
            let finding = Finding::new(
                &rules::OLDER_NAMESPACE,
                older.key.place(),
                format!("`{OLDER}` is the name of KrakenD 1.x"),
                format!("`{CURRENT}` since version 2"),
            )
            .also(whole(version), "KrakenD 2.x reads this");
            let names = extra.iter().filter(|member| member.key.as_str() == OLDER);
            report.push(match names.count() {
                1 => finding.write(older.key.place(), format!("\"{CURRENT}\"")),
                // Those that are ignored would count then.
                _ => finding,
            });
        }
        current.or(older)
    }

    /// A section under a wrong name, which a rename fixes.
    fn misnamed<'s>(&self, extra: &'s [Member<'a>], report: &mut Report) -> Option<&'s Member<'a>> {
        let member = extra.iter().find(|member| misplaced::is_misnamed(member))?;
        let place = member.key.place();
        report.push(
            Finding::new(
                &rules::NO_CORS_SECTION,
                place,
                format!("KrakenD knows no section `{}`", member.key.as_str()),
                format!("did you mean `{}`?", self.namespace()),
            )
            .write(place, format!("\"{}\"", self.namespace())),
        );
        Some(member)
    }

    /// There is no section in the object where it belongs; it may be elsewhere.
    fn missing(&self, extra: Option<&Value<'a>>, report: &mut Report) {
        let home = extra.unwrap_or(&self.document).place().opening();
        let misplaced = self.misplaced(extra);
        let name = self.namespace();
        let title = |what: &str| format!("KrakenD does not read {what}");
        let Some(finding) = at_each(&rules::NO_CORS_SECTION, &misplaced, title) else {
            report.push(
                Finding::new(
                    &rules::NO_CORS_SECTION,
                    home,
                    format!("there is no `{name}` in the root's `extra_config`"),
                    "it belongs in here",
                )
                .words(format!(
                    "write \"extra_config\": {{ \"{name}\": {SETTINGS} }} at the root"
                )),
            );
            return;
        };
        report.push(finding.also(home, "it belongs in here").words(format!(
            "move it to the root: \"extra_config\": {{ \"{name}\": {{ … }} }}"
        )));
    }

    fn misplaced(&self, extra: Option<&Value<'a>>) -> Vec<Misplaced> {
        misplaced::find(self.document.place(), self.root, extra.map(Value::place))
    }

    /// The sections beside the one that counts.
    fn without_effect(&self, extra: &Value<'a>, counts: &Member<'a>, report: &mut Report) {
        let mut misplaced = self.misplaced(Some(extra));
        misplaced.retain(|misplaced| misplaced.key != counts.key.place());
        let title = |what: &str| format!("KrakenD ignores {what}");
        let finding = at_each(&rules::SECTION_WITHOUT_EFFECT, &misplaced, title);
        if let Some(mut finding) = finding {
            finding.help = Help::Remove(
                misplaced
                    .into_iter()
                    .flat_map(|misplaced| misplaced.members)
                    .collect(),
            );
            report.push(finding.also(counts.key.place(), "this is the one that counts"));
        }
    }
}

/// Keys that a template has to write yet: each may become the name of another section.
fn unfilled<'m, 'a: 'm>(members: impl Iterator<Item = &'m Member<'a>>, report: &mut Report) {
    let mut keys = members.map(|member| &member.key);
    if let Some(key) = keys.find(|key| key.as_str().contains("{{")) {
        report.push(Finding::new(
            &rules::PLACEHOLDER,
            key.place(),
            format!("the key `{}` is not filled in", key.as_str()),
            "it may become another CORS section",
        ));
    }
}

/// A finding at each of some sections.
fn at_each(
    rule: &'static Rule,
    misplaced: &[Misplaced],
    title: impl FnOnce(&str) -> String,
) -> Option<Finding> {
    const LABEL: &str = "KrakenD does not read this";
    let (first, more) = misplaced.split_first()?;
    let one = format!("`{}` {}", first.name, first.inside);
    let what = match more.len() {
        0 => one,
        more => format!("{one} and {more} more"),
    };
    let mut finding = Finding::new(rule, first.key, title(&what), LABEL);
    finding.at.extend(more.iter().map(|misplaced| Label {
        place: misplaced.key,
        text: LABEL.to_owned(),
    }));
    Some(finding)
}

/// The last member of that name, as KrakenD takes it; the others are reported.
pub(super) fn last<'m, 'a>(
    members: &'m [Member<'a>],
    name: &str,
    report: &mut Report,
) -> Option<&'m Member<'a>> {
    let named = members.iter().filter(|member| member.key.as_str() == name);
    let named: Vec<&Member<'a>> = named.collect();
    let (last, ignored) = named.split_last()?;
    let how_often = match ignored.len() {
        0 => return Some(last),
        1 => "twice; the second counts".to_owned(),
        more => format!("{} times; the last counts", more + 1),
    };
    let title = format!("the key `{name}` is set {how_often}");
    let mut finding = Finding::new(
        &rules::DUPLICATE_KEY,
        last.key.place(),
        title,
        "set again here",
    );
    for member in ignored {
        finding = finding.also(member.key.place(), "this one is ignored");
    }
    finding.help = Help::Remove(ignored.iter().map(|member| whole(member)).collect());
    report.push(finding);
    Some(last)
}

pub(super) fn not_an_object(what: &str, value: &Value<'_>) -> Finding {
    Finding::new(
        &rules::WRONG_TYPE,
        value.place(),
        format!("{what} is {}, not an object", value.kind()),
        "expected `{`",
    )
}
