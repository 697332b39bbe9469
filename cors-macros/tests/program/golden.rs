//! What the macro finds in a file, the program finds too: the golden reports have both.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::run;

/// A rule, and a line and a column if the finding has a place.
type Found = (String, Option<(u64, u64)>);

/// What a report shows, and the hints among it.
fn reported(report: &str) -> (Vec<Found>, Vec<String>) {
    let (mut found, mut hints) = (Vec::new(), Vec::new());
    let mut title = None;
    for line in report.lines() {
        let levels = ["error: ", "denied: ", "warning: ", "hint: "];
        if let Some(level) = levels.iter().find(|level| line.starts_with(**level)) {
            title = Some((*level, &line[level.len()..]));
        }
        let note = line.split_once("= note: `");
        let rule = note.and_then(|(_, note)| note.split_once("`: "));
        // The first note of a message.
        if let Some((rule, (level, title))) = rule.and_then(|(rule, _)| Some((rule, title.take()?)))
        {
            let mut parts = title.splitn(4, ':').skip(1);
            let mut number = || parts.next()?.parse::<u64>().ok();
            let place = number().and_then(|line| Some((line, number()?)));
            found.push((rule.to_owned(), place));
            if level == "hint: " {
                hints.push(rule.to_owned());
            }
        }
    }
    (found, hints)
}

fn printed(stdout: &str) -> Vec<Found> {
    let objects = stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    objects
        .map(|object: Value| {
            let rule = object["rule"].as_str().unwrap().to_owned();
            let line = object["line"].as_u64();
            (
                rule,
                line.map(|line| (line, object["column"].as_u64().unwrap())),
            )
        })
        .collect()
}

fn configurations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let topics = fs::read_dir(folder).unwrap();
    let files = topics.flat_map(|topic| fs::read_dir(topic.unwrap().path()).unwrap());
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().unwrap() != "txt");
    files.sort();
    files
}

#[test]
fn the_program_finds_what_the_macro_finds() {
    let (mut compared, mut complaints) = (0, Vec::new());
    for path in configurations() {
        let report = fs::read_to_string(path.with_extension("txt")).unwrap();
        let (mut expected, hints) = reported(&report);
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut arguments = vec!["--format", "json", name];
        for hint in &hints {
            arguments.extend(["--warn", hint]);
        }
        let output = run(path.parent().unwrap(), &arguments, "");
        let mut found = printed(&output.stdout);
        expected.sort();
        found.sort();
        compared += expected.len();
        let is_denied = report
            .lines()
            .any(|line| line.starts_with("error: ") || line.starts_with("denied: "));
        if found != expected || output.status != i32::from(is_denied) {
            complaints.push(format!("{}: {expected:?}, but {output:?}", path.display()));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(compared > 500, "only {compared} findings");
}
