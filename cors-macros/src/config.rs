//! The CORS section as it is written: which keys are there, and whether their types are right.

mod keys;
mod misplaced;
mod section;
mod settings;
mod settings_file;
mod template;
mod types;

pub(crate) use self::keys::{Key, is_public};
use self::section::Section;
use crate::finding::{Finding, Place};
use crate::json::{Document, Kind, Member, Parsed, Text};
use crate::report::Report;

/// The ten settings. What is misspelt or has a wrong type is reported, and then read as what was
/// clearly meant; otherwise it counts as unknown, so that it leads to no second finding.
pub(crate) struct Cors<'a> {
    /// The object itself, for what it lacks.
    pub(crate) object: Place,
    pub(crate) allow_origins: Setting<List<'a>>,
    pub(crate) allow_methods: Setting<List<'a>>,
    pub(crate) allow_headers: Setting<List<'a>>,
    pub(crate) expose_headers: Setting<List<'a>>,
    pub(crate) max_age: Setting<Text<'a>>,
    pub(crate) allow_credentials: Setting<bool>,
    pub(crate) allow_private_network: Setting<bool>,
    pub(crate) debug: Setting<bool>,
    pub(crate) options_passthrough: Setting<bool>,
    pub(crate) options_success_status: Setting<Status>,
}

/// What the file says of one setting.
pub(crate) enum Setting<T> {
    Missing,
    /// It is there, but what it means cannot be known.
    Unknown,
    Given(Given<T>),
}

/// A setting's value and its place.
pub(crate) struct Given<T> {
    pub(crate) value: T,
    /// From the key to the end of the value.
    pub(crate) member: Place,
    pub(crate) at: Place,
    /// Whether no other member means this setting.
    is_only: bool,
}

impl<T> Given<T> {
    /// The finding with the help to remove the setting, unless another member would take its place.
    pub(crate) fn removed(&self, finding: Finding) -> Finding {
        if self.is_only {
            finding.remove(self.member)
        } else {
            finding
        }
    }
}

/// A list of strings.
pub(crate) struct List<'a> {
    pub(crate) items: Vec<Text<'a>>,
    /// Whether elements of other types were left out, so that an empty list is not what was written.
    pub(crate) partial: bool,
}

/// A status as it is written: any whole number, however large.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Status(pub(crate) f64);

impl Cors<'_> {
    /// Whether it has none of the lists.
    pub(crate) fn has_no_lists(&self) -> bool {
        let lists = [
            &self.allow_origins,
            &self.allow_methods,
            &self.allow_headers,
            &self.expose_headers,
        ];
        lists.iter().all(|list| matches!(list, Setting::Missing))
    }

    /// Where a setting is missing, and what to say there.
    pub(crate) fn without(&self, key: Key) -> (Place, String) {
        let label = format!("there is no `{key}` in here");
        (self.object.opening(), label)
    }
}

impl<T> Setting<T> {
    pub(crate) fn given(&self) -> Option<&Given<T>> {
        match self {
            Self::Given(given) => Some(given),
            Self::Missing | Self::Unknown => None,
        }
    }
}

impl Setting<bool> {
    /// The place of a `true`.
    pub(crate) fn on(&self) -> Option<&Given<bool>> {
        self.given().filter(|given| given.value)
    }
}

/// Whether a key is a setting, however it is spelt.
pub(crate) fn is_setting(key: &str) -> bool {
    keys::meant(key).is_some()
}

/// Whether a key is one that a gateway's configuration has, or a setting.
pub(crate) fn is_of_gateway(key: &str) -> bool {
    is_setting(key) || keys::belongs(key).is_some()
}

/// The text as a configuration: all of it, or the part of one that is certain to have the section.
/// Where there is none, the report says what is wrong with the text.
pub(crate) fn document<'a>(parsed: Parsed<'a>, report: &mut Report) -> Option<Document<'a>> {
    match parsed {
        Parsed::Json(document) => Some(document),
        Parsed::Fragment(document, _) if keys::are_of_part(&document.members) => Some(document),
        Parsed::Fragment(_, findings) => {
            findings
                .into_iter()
                .for_each(|finding| report.push(finding));
            None
        }
        Parsed::Template(outline, finding) => template::part(&outline, finding, report),
    }
}

/// The text as one JSON object, as the most that a service accepts is written. Where it is none, the report
/// says why.
pub(crate) fn object<'a>(parsed: Parsed<'a>, report: &mut Report) -> Option<Document<'a>> {
    let findings = match parsed {
        Parsed::Json(document) if document.value.kind() == Kind::Object => return Some(document),
        Parsed::Json(document) => vec![section::not_an_object("this", &document.value)],
        Parsed::Fragment(_, findings) => findings,
        Parsed::Template(_, finding) => vec![finding],
    };
    for finding in findings {
        report.push(finding);
    }
    None
}

/// Finds the CORS section of a document and reads its settings.
///
/// In a call the object is the section itself, in a file it is inside the root's `extra_config`.
pub(crate) fn read<'a>(
    document: &Document<'a>,
    whole_file: bool,
    report: &mut Report,
) -> Option<Cors<'a>> {
    let section = if whole_file {
        section::find(document, report)?
    } else {
        Section::new(&section::in_call(document, report)?)
    };
    Some(settings::read(&section, report))
}

/// From the key of a member to the end of its value.
fn whole(member: &Member<'_>) -> Place {
    Place::new(member.key.place().start, member.value.place().end)
}
