//! The entry of a rule: what the page of findings and `cors-check --explain` say of it.

use crate::edits::mended;
use crate::finding::Finding;
use crate::report::Report;
use crate::rules::{Example, Rule};
use crate::source::{File, Source};
use crate::stages::check_source;

/// An example as it is printed.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    /// Some members of a CORS object.
    Members,
    /// A call of the macro.
    Call,
}

impl Shown {
    /// What is wrong.
    pub(crate) fn wrong(rule: &Rule) -> Option<Self> {
        Self::new(rule.example)
    }

    fn new(example: Example) -> Option<Self> {
        let (text, kind) = match example {
            Example::Cors(members) => (members, Kind::Members),
            Example::File(text) => (text, Kind::File),
            Example::Call(call) => (call, Kind::Call),
            Example::Nothing => return None,
        };
        let text = text.to_owned();
        Some(Self { text, kind })
    }

    /// What is right instead of a rule's example: the rule says it, or the suggestion of its message.
    pub(crate) fn right(rule: &Rule) -> Option<Self> {
        if let Some(right) = rule.right {
            return Self::new(right);
        }
        let wrong = Self::wrong(rule)?;
        let configuration = wrong.configuration()?;
        let found = wrong.found();
        let finding = found.iter().find(|finding| finding.rule == rule)?;
        let mut text = mended(&configuration, finding)?;
        if wrong.kind == Kind::Members {
            let around = file("…");
            let (before, after) = around.split_once('…')?;
            let whole = complete(&wrong.text);
            let added = whole.strip_prefix(&wrong.text)?.trim_start_matches(", ");
            let members = text.strip_prefix(before)?.strip_suffix(after)?;
            let members = members.replace("],\n      \"", "], \"");
            let members = members.strip_suffix(added).unwrap_or(&members);
            text = members.trim_matches([',', ' ', '\n']).to_owned();
        }
        Some(Self { text, ..wrong })
    }

    /// The file with it. A call has none.
    pub(crate) fn configuration(&self) -> Option<String> {
        match self.kind {
            Kind::File => Some(self.text.clone()),
            Kind::Members => Some(file(&complete(&self.text))),
            Kind::Call => None,
        }
    }

    /// Everything that is found in the file, hints included.
    pub(crate) fn found(&self) -> Vec<Finding> {
        let mut report = Report::default();
        if let Some(text) = self.configuration() {
            let source = Source::file(File::named("example.json"), text);
            check_source(&source, None, &mut report);
        }
        report.into_findings()
    }
}

/// A file with these members in its CORS object, one a line.
pub(crate) fn file(members: &str) -> String {
    format!(
        "{{\n  \"version\": 3,\n  \"extra_config\": {{\n    \"security/cors\": {{\n      {}\n    }}\n  }}\n}}\n",
        members.replace("], \"", "],\n      \"")
    )
}

/// Members of a CORS object with those that an example need not have, so that it shows one mistake.
fn complete(members: &str) -> String {
    let mut members = members.to_owned();
    for (key, value) in [
        (
            "allow_origin",
            "\"allow_origins\": [\"https://app.example.com\"]",
        ),
        ("allow_headers", "\"allow_headers\": [\"X-Request-Id\"]"),
    ] {
        if !members.contains(key) {
            members = format!("{members}, {value}");
        }
    }
    members
}
