//! The CORS section of a template that no action can change.

use super::keys::{self, CURRENT, EXTRA_CONFIG, OLDER};
use crate::finding::Finding;
use crate::gateway;
use crate::json::{Document, Member, Outline, Part, Text};
use crate::report::Report;
use crate::rules;

/// The section as a part of a configuration. Where it has actions, or may be replaced by what an action
/// writes, the template has to be rendered first, as the finding says.
pub(super) fn part<'a>(
    outline: &Outline<'a>,
    mut template: Finding,
    report: &mut Report,
) -> Option<Document<'a>> {
    let Some((key, section)) = section(outline) else {
        report.push(template);
        return None;
    };
    if let Some(value) = section.constant() {
        let mut finding = Finding::new(
            &rules::ENDPOINTS_NOT_COMPARED,
            template.place(),
            "the endpoints of this template are not compared with the policy",
            "a template begins here",
        );
        finding.help = template.help;
        report.push(finding);
        return Some(outline.part(vec![Member { key, value }]));
    }
    if let Some(action) = section.first_action() {
        for label in &mut template.at {
            label.place = action;
        }
        template = template.also(key.place(), "the policy is in here");
    }
    report.push(template);
    None
}

/// The root's section, if it is certain which one that is.
fn section<'o, 'a>(outline: &'o Outline<'a>) -> Option<(Text<'a>, Part<'o, 'a>)> {
    let root = outline.members()?;
    // What an action writes may be a key of a whole configuration, where this is no place for the section.
    let is_of_part = |name| keys::of_gateway(name).is_none();
    let is_part = root.are_all_known() && root.names().all(is_of_part);
    let is_version_2 = gateway::older_version(&root.constants()).is_some();
    let extra = if is_part {
        root
    } else {
        root.get(EXTRA_CONFIG)?.1.members()?
    };
    let has = |section: &str| extra.names().any(|name| name == section);
    let name = match (has(CURRENT), has(OLDER)) {
        (true, false) if !is_version_2 => CURRENT,
        (false, true) => OLDER,
        _ => return None,
    };
    let (key, value) = extra.get(name)?;
    Some((key.clone(), value))
}
