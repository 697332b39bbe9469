//! What becomes of a text, whoever asks: the stages from `json` to `policy`.

use crate::check::{self, Ceiling};
use crate::gateway::{self, Gateway};
use crate::policy::Policy;
use crate::report::Report;
use crate::rules::Reader;
use crate::source::Source;
use crate::{config, json};

/// What the file says, checked, and compared with the most that the service accepts. Every mistake goes into
/// the report; there is a policy unless one of them leaves none.
pub(crate) fn check_source(
    source: &Source,
    ceiling: Option<&Ceiling>,
    report: &mut Report,
) -> Option<Policy> {
    if !source.is_readable() {
        return None;
    }
    let parsed = json::parse(source.text(), source.name(), report)?;
    let document = config::document(parsed, report)?;
    let is_whole_file = source.reader() == Reader::Gateway;
    let cors = config::read(&document, is_whole_file, report)?;
    let gateway = if is_whole_file {
        gateway::read(&document)
    } else {
        Gateway::default()
    };
    let policy = check::check(&cors, &gateway, report);
    if let Some(ceiling) = ceiling {
        ceiling.compare(&cors, report);
    }
    policy
}

/// What `within` says, checked. It is an object and nothing else, in a call and in a file.
pub(crate) fn check_ceiling(source: &Source, report: &mut Report) -> Option<Ceiling> {
    if !source.is_readable() {
        return None;
    }
    let parsed = json::parse(source.text(), source.name(), report)?;
    let document = config::object(parsed, report)?;
    let cors = config::read(&document, false, report)?;
    Ceiling::read(&cors, report)
}
