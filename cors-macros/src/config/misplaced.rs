//! CORS sections where KrakenD does not look.

use super::keys::{self, CURRENT, EXTRA_CONFIG, OLDER};
use super::whole;
use crate::finding::Place;
use crate::json::{Kind, Member};

/// A section of an endpoint's backend is the sixth level; nothing of a configuration is far below.
const DEEPEST: usize = 8;

/// A section, or a setting outside of one, that KrakenD does not read.
pub(super) struct Misplaced {
    pub(super) name: String,
    pub(super) key: Place,
    /// The section, or all settings in the same object.
    pub(super) members: Vec<Place>,
    /// What it is in, for a sentence.
    pub(super) inside: String,
}

/// What the search is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    /// The object where the section belongs.
    ExtraConfig,
    /// An object whose name is nearly that of `extra_config`.
    Misspelt,
    Deeper,
}

/// All sections that are not under their own name in the root's `extra_config`, which is at `home`, in
/// the order of the file.
pub(super) fn find(document: Place, root: &[Member<'_>], home: Option<Place>) -> Vec<Misplaced> {
    let mut search = Search {
        home,
        path: Vec::new(),
        found: Vec::new(),
    };
    let level = if home == Some(document) {
        Level::ExtraConfig
    } else {
        Level::Root
    };
    search.collect(root, level);
    search.found
}

/// Whether a member of the root's `extra_config` is a CORS section whose name KrakenD does not know.
pub(super) fn is_misnamed(member: &Member<'_>) -> bool {
    let name = member.key.as_str();
    let is_other = !keys::is_section(name) && !keys::is_comment(name);
    is_other && (is_nearly_name(member) || is_by_content(member))
}

fn is_nearly_name(member: &Member<'_>) -> bool {
    let name = member.key.as_str();
    member.value.kind() == Kind::Object
        && (keys::is_like(name, CURRENT) || keys::is_like(name, OLDER))
}

fn is_by_content(member: &Member<'_>) -> bool {
    let members = member.value.members();
    let called_cors = || member.key.as_str().to_ascii_lowercase().contains("cors");
    keys::are_settings(&members)
        || called_cors()
            && members
                .iter()
                .any(|m| keys::meant(m.key.as_str()).is_some())
}

struct Search {
    home: Option<Place>,
    /// The keys on the way from the root.
    path: Vec<String>,
    found: Vec<Misplaced>,
}

impl Search {
    fn collect(&mut self, members: &[Member<'_>], level: Level) {
        let mut settings = None;
        for member in members {
            let name = member.key.as_str();
            let reported = level == Level::ExtraConfig && keys::is_section(name);
            if keys::is_comment(name) || reported {
                continue;
            }
            // Of several settings outside a section, only the first is reported.
            let is_setting = level != Level::Deeper && keys::is_of_cors(name);
            if let Some(first) = settings.filter(|_| is_setting) {
                let first: &mut Misplaced = &mut self.found[first];
                first.members.push(whole(member));
                continue;
            }
            if is_setting || self.is_section(member, level) {
                if is_setting {
                    settings = Some(self.found.len());
                }
                self.found.push(Misplaced {
                    name: name.to_owned(),
                    key: member.key.place(),
                    members: vec![whole(member)],
                    inside: self.inside(),
                });
            } else {
                self.descend(member, level);
            }
        }
    }

    fn is_section(&self, member: &Member<'_>, level: Level) -> bool {
        let name = member.key.as_str();
        match level {
            // There may be many of these: only a name that has the word is compared.
            Level::Deeper if !name.contains("cors") => false,
            Level::Deeper if name == "cors" => {
                self.path.last().is_some_and(|key| key == "security")
            }
            Level::Deeper => keys::is_section(name) || is_nearly_name(member),
            _ if keys::is_like(name, EXTRA_CONFIG) => false,
            _ => keys::is_section(name) || is_nearly_name(member) || is_by_content(member),
        }
    }

    fn descend(&mut self, member: &Member<'_>, level: Level) {
        let name = member.key.as_str();
        let below = match level {
            _ if self.home == Some(member.value.place()) => Level::ExtraConfig,
            // Of two with this name the other is reported as a duplicate.
            Level::Root if name == EXTRA_CONFIG => return,
            Level::Root if keys::is_like(name, EXTRA_CONFIG) => Level::Misspelt,
            _ => Level::Deeper,
        };
        if self.path.len() == DEEPEST
            || below == Level::Deeper && !mentions_cors(member.value.raw())
        {
            return;
        }
        self.path.push(name.to_owned());
        match member.value.kind() {
            Kind::Object => self.collect(&member.value.members(), below),
            Kind::List => {
                let items = member.value.items();
                for item in items.iter().filter(|item| mentions_cors(item.raw())) {
                    self.collect(&item.members(), below);
                }
            }
            _ => {}
        }
        self.path.pop();
    }

    fn inside(&self) -> String {
        let unit = self.path.iter().rev().find_map(|key| match &**key {
            "endpoints" => Some("in an endpoint"),
            "backend" => Some("in a backend"),
            "async_agent" => Some("in an async agent"),
            _ => None,
        });
        match unit {
            Some(unit) => unit.to_owned(),
            None if self.path.is_empty() => "at the root".to_owned(),
            None => format!("in `{}`", self.path.join(".")),
        }
    }
}

/// Whether a value can hold a section. Most cannot, and are not taken apart.
fn mentions_cors(raw: &str) -> bool {
    raw.contains("cors")
}
