//! Tests that need several stages at once.

mod any_text;
mod browser;
mod editor;
mod endpoint_suggestions;
mod endpoints;
mod examples;
mod findings_page;
mod golden;
mod levels;
mod list_suggestions;
mod lists;
mod mutations;
mod oracle;
mod origin_patterns;
mod origin_slips;
mod origin_suggestions;
mod recovery;
mod registrable_domains;
mod sections;
mod suggestions;
mod syntax;
mod types;

use crate::finding::Finding;
use crate::report::Report;
use crate::source::{File, Source};

/// Everything that is found in a file, hints included, in file order.
fn findings(name: &str, bytes: &[u8]) -> (Source, Vec<Finding>) {
    let mut report = Report::default();
    let source = Source::decode(File::named(name), bytes.to_vec(), &mut report);
    if source.is_readable() {
        crate::judge(&source, &mut report);
    }
    (source, report.into_findings())
}

/// A file with these members in its CORS object, one a line.
fn file(members: &str) -> String {
    format!(
        "{{\n  \"version\": 3,\n  \"extra_config\": {{\n    \"security/cors\": {{\n      {}\n    }}\n  }}\n}}\n",
        members.replace("], \"", "],\n      \"")
    )
}
