//! Every file in `tests/golden` against the report that stands beside it.
//!
//! `BLESS=1 cargo test -p cors-macros` writes the reports anew; read what it wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::findings;
use crate::report::draw;
use crate::rules;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every configuration below a folder; what ends in `.txt` is a report.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cases.extend(self::cases(&path));
        } else if path.extension().is_none_or(|extension| extension != "txt") {
            cases.push(path);
        }
    }
    cases.sort();
    cases
}

fn name(case: &Path) -> &str {
    case.file_name().unwrap().to_str().unwrap()
}

#[test]
fn reports_are_as_written() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases(&folder()) {
        let (source, findings) = findings(name(&case), &fs::read(&case).unwrap());
        let drawn: Vec<String> = findings
            .iter()
            .map(|finding| {
                format!(
                    "{}: {}\n",
                    finding.rule.level.name(),
                    draw(finding, &source)
                )
            })
            .collect();
        let drawn = drawn.join("\n");
        let expected = case.with_extension("txt");
        if bless {
            fs::write(&expected, drawn).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != drawn {
            wrong.push(format!("{}:\n{drawn}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let shown: BTreeSet<&str> = cases(&folder())
        .iter()
        .flat_map(|case| findings(name(case), &fs::read(case).unwrap()).1)
        .map(|finding| finding.rule.name)
        .collect();
    let lacking: Vec<&str> = rules::all()
        .map(|rule| rule.name)
        // A file that cannot be read is no case here: `tests/ui/document` and `source::file` have it.
        .filter(|name| *name != rules::UNREADABLE_FILE.name && !shown.contains(name))
        .collect();
    assert!(lacking.is_empty(), "no golden case shows {lacking:?}");
}
