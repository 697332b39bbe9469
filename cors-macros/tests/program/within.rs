//! `--within`: what is beyond the most that a service accepts, as the macro finds it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Folder, RIGHT, file, run};

/// The files under a ceiling, each with the report of the macro.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/within")
}

/// A report without the lines that differ: how to accept a finding, and where to read more.
fn comparable(report: &str) -> Vec<&str> {
    let is_of_door = |line: &str| {
        let help = line.trim_start().strip_prefix("= help: ");
        let beginnings = ["if ", "to accept it", "https://docs.rs/"];
        help.is_some_and(|help| beginnings.iter().any(|start| help.starts_with(start)))
    };
    report.lines().filter(|line| !is_of_door(line)).collect()
}

#[test]
fn the_program_finds_what_the_macro_finds() {
    for name in ["accepted", "beyond", "missing"] {
        let configuration = format!("{name}.json");
        let output = run(&folder(), &["--within", "limits.json", &configuration], "");
        let report = fs::read_to_string(folder().join(name).with_extension("txt")).unwrap();
        let report = report.replace("\ndenied: ", "\nerror: ");
        let (printed, count) = output
            .stdout
            .trim_end()
            .rsplit_once('\n')
            .unwrap_or(("", &output.stdout));
        assert_eq!(
            comparable(printed.trim_end()),
            comparable(report.trim_end()),
            "{name}: {output:?}"
        );
        assert!(count.starts_with("2 files checked: "), "{name}: {count}");
        let expected = i32::from(report.contains("error: "));
        assert_eq!(output.status, expected, "{name}: {output:?}");
    }
}

/// They are reported as those of a configuration are, and nothing is compared. No level is for them.
#[test]
fn mistakes_in_the_limits() {
    let limits = "mistakes.limits.json";
    let arguments = ["--format", "json", "--within", limits, "--allow", "hints"];
    let output = run(&folder(), &[&arguments[..], &["beyond.json"]].concat(), "");
    assert_eq!(output.status, 1, "{output:?}");
    let found = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let (found, rest): (Vec<Value>, Vec<Value>) =
        found.partition(|found: &Value| found["file"] == limits);
    let printed = found.iter().map(|found| {
        let text = |key: &str| found[key].as_str().unwrap().to_owned();
        format!("{}: {}\n", text("rule"), text("message"))
    });
    let expected = fs::read_to_string(folder().join("mistakes.limits.txt")).unwrap();
    assert_eq!(printed.collect::<String>(), expected);
    assert!(
        rest.iter().all(|found| found["rule"] != "beyond_ceiling"),
        "{rest:?}"
    );
    assert!(
        rest.iter().any(|found| found["rule"] == "origin_with_path"),
        "{rest:?}"
    );
}

/// The text of the limits, and what the message says.
const WRONG: &[(&str, &str)] = &[
    ("", "the file is empty"),
    ("[]", "this is a list, not an object"),
    ("null", "this is `null`, not an object"),
    (r#""allow_origins": ["https://a.test"]"#, "not with `{`"),
    (
        r#"{ "allow_methods": ["GET",] }"#,
        "there is a comma before `]`",
    ),
    ("{ // what is accepted\n }", "JSON has no comments"),
    (r#"{ "security/cors": {} }"#, "does not belong here"),
    (
        r#"{ "allow_origins": {{ marshal .origins }} }"#,
        "nothing renders this object",
    ),
    (r#"{ "allow_origins": ["${ORIGIN}"] }"#, "a placeholder"),
    ("\u{feff}{}", "a byte order mark"),
];

#[test]
fn limits_are_one_object() {
    for (limits, message) in WRONG {
        let folder = Folder::with("limits", "krakend.json", &file(RIGHT));
        let output = run(&folder.0, &["--within", "-", "krakend.json"], limits);
        assert_eq!(output.status, 1, "{limits}: {output:?}");
        assert!(
            output.stdout.starts_with("error: <stdin>:"),
            "{limits}: {output:?}"
        );
        assert!(output.stdout.contains(message), "{limits}: {output:?}");
        assert!(
            !output.stdout.contains("KrakenD does not start"),
            "{limits}: {output:?}"
        );
    }
}

const BEYOND: &str =
    r#""allow_origins": ["https://b.test/", "https://a.test/"], "allow_headers": ["A"]"#;

/// The arguments before the file, the status, and what is in the errors and in the output.
const CALLS: &[(&[&str], i32, &str, &str)] = &[
    (
        &["--within=limits.json"],
        1,
        "",
        "2 files checked: 2 errors",
    ),
    (
        &["--within", "missing.json"],
        2,
        "cannot read `missing.json`",
        "",
    ),
    (&["--within", "."], 2, "`.` is a folder", ""),
    (
        &["--within", "limits.json", "--within", "limits.json"],
        2,
        "is written twice",
        "",
    ),
    (&["--within", "-", "-"], 2, "can be read only once", ""),
    (
        &["--whitin", "limits.json"],
        2,
        "did you mean `--within`?",
        "",
    ),
    (
        &["--within", "limits.json", "--allow", "beyond_ceiling"],
        2,
        "cannot be turned off",
        "",
    ),
    // A file that cannot be read has nothing to silence.
    (
        &[
            "--within",
            "limits.json",
            "--allow",
            "debug_on",
            "missing.json",
            "--",
        ],
        2,
        "cannot read `missing.json`",
        "",
    ),
];

#[test]
fn calls_end_as_documented() {
    let folder = Folder::with("within", "krakend.json", &file(BEYOND));
    let limits = r#"{ "allow_origins": ["https://a.test"] }"#;
    fs::write(folder.0.join("limits.json"), limits).unwrap();
    for (arguments, status, stderr, stdout) in CALLS {
        let output = folder.run(&[arguments, &["krakend.json"][..]].concat());
        assert_eq!(output.status, *status, "{arguments:?}: {output:?}");
        assert!(output.stderr.contains(stderr), "{arguments:?}: {output:?}");
        assert!(output.stdout.contains(stdout), "{arguments:?}: {output:?}");
    }
}

/// `--fix` writes nothing that is beyond the limits, and nothing into them.
#[test]
fn limits_hold_for_suggestions() {
    let folder = Folder::with("fixed", "krakend.json", &file(BEYOND));
    let right = r#"{ "allow_origins": ["https://a.test"] }"#;
    let wrong = r#"{ "allow_origins": ["https://a.test/"] }"#;
    for (limits, status, stderr, after) in [
        (
            wrong,
            2,
            "nothing is changed: `limits.json` has mistakes",
            BEYOND.to_owned(),
        ),
        (right, 1, "", BEYOND.replace("a.test/", "a.test")),
    ] {
        fs::write(folder.0.join("limits.json"), limits).unwrap();
        let output = folder.run(&["--fix", "--within", "limits.json", "krakend.json"]);
        assert_eq!(output.status, status, "{output:?}");
        assert!(output.stderr.contains(stderr), "{output:?}");
        assert_eq!(folder.read("krakend.json"), file(&after));
        assert_eq!(folder.read("limits.json"), limits);
    }
}
