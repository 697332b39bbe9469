//! What a test reads of a file: its findings, and how they are drawn.

use crate::call::Levels;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::Report;
use crate::source::{File, Source};
use crate::stages::check_source;

/// A file, everything that is found in it, hints included, in file order, and its policy.
pub(crate) fn checked(name: &str, bytes: &[u8]) -> (Source, Vec<Finding>, Option<Policy>) {
    let mut report = Report::default();
    let source = Source::decode(File::named(name), bytes.to_vec(), &mut report);
    let policy = check_source(&source, None, &mut report);
    (source, report.into_findings(), policy)
}

/// The same without the policy.
pub(crate) fn findings(name: &str, bytes: &[u8]) -> (Source, Vec<Finding>) {
    let (source, findings, _) = checked(name, bytes);
    (source, findings)
}

/// A finding as the compiler shows it, from a call without levels. The link at the end is the same for
/// every message of a rule, and has the crate's version: it is checked here, and left out.
pub(crate) fn draw(finding: &Finding, source: &Source) -> String {
    let drawn = crate::draw::draw(finding, source, &Levels::default());
    let (message, link) = drawn.rsplit_once('\n').unwrap();
    assert_eq!(
        link.trim_start(),
        format!("= help: {}", finding.rule.link())
    );
    message.to_owned()
}
