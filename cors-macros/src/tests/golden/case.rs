//! A configuration, and the report beside it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::source::Source;
use crate::tests::draw;
use crate::tests::{findings, is_fault};

pub(super) struct Case {
    pub(super) topic: &'static str,
    pub(super) name: &'static str,
    /// The rules of the hints that it shows.
    pub(super) hints: &'static [&'static str],
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

impl Case {
    /// The file of that name that is not the report.
    pub(super) fn configuration(&self) -> PathBuf {
        let files = fs::read_dir(folder().join(self.topic)).unwrap();
        files
            .map(|entry| entry.unwrap().path())
            .find(|path| {
                path.file_stem().unwrap() == self.name && path.extension().unwrap() != "txt"
            })
            .unwrap_or_else(|| panic!("{}/{} has no configuration", self.topic, self.name))
    }

    pub(super) fn report(&self) -> PathBuf {
        let path = folder().join(self.topic).join(self.name);
        path.with_extension("txt")
    }

    /// All that is found.
    pub(super) fn found(&self) -> (Source, Vec<Finding>) {
        let path = self.configuration();
        let name = path.file_name().unwrap().to_str().unwrap();
        findings(name, &fs::read(&path).unwrap())
    }

    /// What the report shows of it.
    pub(super) fn shown(&self) -> (Source, Vec<Finding>) {
        let (source, mut findings) = self.found();
        findings.retain(|finding| is_fault(finding) || self.hints.contains(&finding.rule.name));
        (source, findings)
    }

    pub(super) fn check(&self) {
        let (source, findings) = self.shown();
        for hint in self.hints {
            let is_shown = findings.iter().any(|finding| finding.rule.name == *hint);
            assert!(is_shown, "there is no `{hint}` to show");
        }
        let drawn: Vec<String> = findings
            .iter()
            .map(|finding| {
                let level = finding.rule.level.name();
                format!("{level}: {}\n", draw(finding, &source))
            })
            .collect();
        let drawn = drawn.join("\n");
        if std::env::var_os("BLESS").is_some() {
            fs::write(self.report(), &drawn).unwrap();
        }
        let written = fs::read_to_string(self.report()).unwrap_or_default();
        assert!(written == drawn, "{}/{}:\n{drawn}", self.topic, self.name);
    }
}
