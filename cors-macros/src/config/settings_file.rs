//! A file with the settings of templates, which may have the CORS section under any name.

use super::keys;
use crate::finding::Place;
use crate::json::{Kind, Member, Value};

/// A section is at the root, under a name of the team's, or in an `extra_config` there.
const DEEPEST: usize = 3;

/// An object that is a CORS section by its name, or by what it holds.
pub(super) struct Found<'a> {
    /// The keys on the way, with dots in between.
    pub(super) path: String,
    pub(super) key: Place,
    pub(super) value: Value<'a>,
}

/// All sections, in the order of the file; none in a configuration of KrakenD, which does not start
/// without its `version`.
pub(super) fn sections<'a>(root: &[Member<'a>]) -> Vec<Found<'a>> {
    let is_of_configuration = |name: &str| {
        let names = ["version", "endpoints", "$schema"];
        names.iter().any(|key| name.eq_ignore_ascii_case(key))
    };
    let mut names = root.iter().map(|member| member.key.as_str());
    let mut found = Vec::new();
    if !names.any(is_of_configuration) {
        collect(root, "", DEEPEST, &mut found);
    }
    found
}

fn collect<'a>(members: &[Member<'a>], path: &str, levels: usize, found: &mut Vec<Found<'a>>) {
    let objects = members
        .iter()
        .filter(|member| member.value.kind() == Kind::Object);
    for member in objects {
        let name = member.key.as_str();
        let path = match path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        let inside = member.value.members();
        if keys::is_section(name) || keys::are_settings(&inside) {
            found.push(Found {
                path,
                key: member.key.place(),
                value: member.value,
            });
        } else if levels > 1 && !keys::is_comment(name) {
            collect(&inside, &path, levels - 1, found);
        }
    }
}
