//! Files under one ceiling, against the reports beside them: `cors-check --within` must print the same.
//!
//! `BLESS=1 cargo test -p cors-macros ceiling::golden` writes the reports anew; read what it wrote.

use std::fs;
use std::path::{Path, PathBuf};

use super::ceiling;
use crate::call::Levels;
use crate::finding::Finding;
use crate::report::Report;
use crate::source::{File, Source};
use crate::tests::draw;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/within")
}

/// The members of the object in a file, as a call has them in its `within`.
fn members(name: &str) -> String {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let members = text.trim().strip_prefix('{').unwrap();
    members.strip_suffix('}').unwrap().to_owned()
}

fn check(name: &str, report: &str) {
    let path = folder().join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, report).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(written == report, "{name}:\n{report}");
}

#[test]
fn what_is_beyond_a_ceiling() {
    let (_, found, ceiling) = ceiling(&members("limits.json"));
    assert!(found.is_empty(), "{found:?}");
    for name in ["accepted", "beyond", "missing"] {
        let file = format!("{name}.json");
        let text = fs::read_to_string(folder().join(&file)).unwrap();
        let source = Source::file(File::named(&file), text);
        let mut report = Report::default();
        crate::check_source(&source, ceiling.as_ref(), &mut report);
        let verdict = report.conclude(&Levels::default());
        let mut found = [verdict.errors, verdict.warnings].concat();
        found.sort_by_key(Finding::place);
        let drawn = found.iter().map(|finding| {
            let level = finding.rule.level.name();
            format!("{level}: {}\n", draw(finding, &source))
        });
        check(
            &format!("{name}.txt"),
            &drawn.collect::<Vec<_>>().join("\n"),
        );
    }
}

/// A call has no lines: the report has the rules and the titles.
#[test]
fn mistakes_in_a_ceiling() {
    let (_, found, _) = ceiling(&members("mistakes.limits.json"));
    let line = |finding: &Finding| format!("{}: {}\n", finding.rule.name, finding.title());
    check(
        "mistakes.limits.txt",
        &found.iter().map(line).collect::<String>(),
    );
}
