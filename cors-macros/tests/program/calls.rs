//! Arguments and exit statuses.

use std::fs;
use std::process::Stdio;

use crate::run::{Folder, RIGHT, command, file, output, run};

const WARNED: &str = r#""allow_origins": ["https://App.example.com"], "allow_headers": ["A"]"#;
const DENIED: &str = r#""allow_origins": ["null"], "allow_headers": ["A"]"#;
const WRONG: &str = r#""allow_origins": ["https://a.example.com/"], "allow_headers": ["A"]"#;

fn folder(test: &str) -> Folder {
    let folder = Folder::new(test);
    for (name, members) in [
        ("right.json", RIGHT),
        ("warned.json", WARNED),
        ("denied.json", DENIED),
        ("wrong.json", WRONG),
    ] {
        fs::write(folder.0.join(name), file(members)).unwrap();
    }
    fs::create_dir_all(folder.0.join("gateway")).unwrap();
    fs::write(folder.0.join("-x.json"), file(RIGHT)).unwrap();
    folder
}

/// The arguments, the status, and what is on the last line of the output and of the errors.
const CALLS: &[(&[&str], i32, &str, &str)] = &[
    (&["right.json"], 0, "1 file checked: nothing found", ""),
    (&["warned.json"], 0, "1 file checked: 1 warning", ""),
    (&["denied.json"], 1, "1 file checked: 1 error", ""),
    (
        &["right.json", "warned.json", "wrong.json", "denied.json"],
        1,
        "4 files checked: 2 errors, 1 warning",
        "",
    ),
    (&["--", "-x.json"], 0, "1 file checked: nothing found", ""),
    // Levels.
    (
        &["--allow", "null_origin", "denied.json"],
        0,
        "nothing found",
        "",
    ),
    (&["--warn=null_origin", "denied.json"], 0, ": 1 warning", ""),
    (&["--deny", "warnings", "warned.json"], 1, ": 1 error", ""),
    (
        &[
            "--deny",
            "warnings",
            "--allow",
            "upper_case_origin",
            "warned.json",
        ],
        0,
        "nothing found",
        "",
    ),
    (&["--warn", "hints", "right.json"], 0, "warning", ""),
    (
        &[
            "--allow",
            "null_origin,upper_case_origin",
            "denied.json",
            "warned.json",
        ],
        0,
        "nothing found",
        "",
    ),
    (
        &["--allow", "debug_on", "right.json"],
        0,
        "nothing found",
        "`--allow debug_on` silences nothing",
    ),
    (
        &["--allow", "forwarded_header_not_allowed:X-A", "right.json"],
        0,
        "nothing found",
        "`--allow forwarded_header_not_allowed:X-A` silences nothing",
    ),
    // Errors may hide what it is for.
    (&["--allow", "debug_on", "wrong.json"], 1, ": 1 error", ""),
    // Files.
    (
        &["--allow", "debug_on", "missing.json"],
        2,
        "",
        "cannot read `missing.json`",
    ),
    (
        &["missing.json"],
        2,
        "",
        "cannot read `missing.json`: No such file or directory",
    ),
    (&["gateway"], 2, "", "`gateway` is a folder"),
    (
        &["missing.json", "wrong.json"],
        2,
        ": 1 error",
        "cannot read `missing.json`",
    ),
    // Calls that are wrong.
    (&[], 2, "", "no file is named"),
    (
        &["--alow", "null_origin", "right.json"],
        2,
        "",
        "did you mean `--allow`?",
    ),
    (&["-x", "right.json"], 2, "", "invalid option '-x'"),
    (&["--allow"], 2, "", "missing argument"),
    (
        &["--allow", "null-orgin", "right.json"],
        2,
        "",
        "did you mean `null_origin`?",
    ),
    (
        &["--allow", "frobnicate", "right.json"],
        2,
        "",
        "lists them all",
    ),
    (
        &["--allow", "origin_with_path", "right.json"],
        2,
        "",
        "cannot be turned off",
    ),
    (
        &["--deny", "origin_with_path", "wrong.json"],
        1,
        ": 1 error",
        "",
    ),
    (
        &["--allow", "null_origin:X-A", "right.json"],
        2,
        "",
        "cannot be limited to headers",
    ),
    (
        &["--format", "xml", "right.json"],
        2,
        "",
        "is not one of human, github, json, sarif",
    ),
    (
        &["--color", "yes", "right.json"],
        2,
        "",
        "is not one of auto, always, never",
    ),
    (&["--explain", "debug"], 2, "", "did you mean `debug_on`?"),
    (&["--fix", "-"], 2, "", "`--fix` writes files"),
    (&["-", "-"], 2, "", "can be read only once"),
    // What it says of itself.
    (
        &["--version"],
        0,
        concat!("cors-check ", env!("CARGO_PKG_VERSION")),
        "",
    ),
    (
        &["--explain", "debug_on"],
        0,
        "findings/index.html#debug_on",
        "",
    ),
];

#[test]
fn calls_end_as_documented() {
    let folder = folder("calls");
    for (arguments, status, stdout, stderr) in CALLS {
        let output = folder.run(arguments);
        assert_eq!(output.status, *status, "{arguments:?}: {output:?}");
        for (text, expected) in [(&output.stdout, stdout), (&output.stderr, stderr)] {
            let last = text.lines().last().unwrap_or_default();
            assert_eq!(
                expected.is_empty(),
                last.is_empty(),
                "{arguments:?}: {output:?}"
            );
            assert!(last.contains(expected), "{arguments:?}: {output:?}");
        }
    }
}

#[test]
fn help_fits_one_screen() {
    for option in ["-h", "--help"] {
        let help = Folder::new("help").run(&[option]).stdout;
        assert!(help.lines().count() <= 24, "{help}");
        assert!(help.lines().all(|line| line.len() <= 80), "{help}");
    }
}

#[test]
fn a_message_says_how_to_accept_it_here() {
    let folder = folder("accept");
    let output = folder.run(&["denied.json"]);
    let help = "= help: to accept it, add `--allow null_origin`";
    assert!(output.stdout.contains(help), "{output:?}");
    let members = r#""allow_origins": ["https://a.test"], "allow_headers": ["A"]"#;
    let endpoints = r#", "endpoints": [{ "endpoint": "/a", "input_headers": ["X-B", "X-C"] }] }"#;
    let text = file(members);
    let text = format!("{}{endpoints}", text.trim_end().strip_suffix('}').unwrap());
    let output = run(&folder.0, &["-"], &text);
    let name = "forwarded_header_not_allowed";
    let help = format!("add `--allow {name}:X-B --allow {name}:X-C`");
    assert!(output.stdout.contains(&help), "{output:?}");
    let options = [
        "--allow",
        &format!("{name}:X-B"),
        "--allow",
        &format!("{name}:x-c"),
        "-",
    ];
    let output = run(&folder.0, &options, &text);
    assert_eq!(output.stdout, "1 file checked: nothing found\n");
}

#[test]
fn the_standard_input_is_a_file() {
    let folder = folder("input");
    let output = run(&folder.0, &["-"], &file(WRONG));
    assert_eq!(output.status, 1);
    assert!(
        output.stdout.starts_with("error: <stdin>:5:47: "),
        "{output:?}"
    );
}

#[test]
fn colours_are_for_terminals() {
    let folder = folder("colours");
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(&folder.0, &[arguments, &["wrong.json"]].concat());
        command.envs(variables.iter().copied());
        output(&mut command, "").stdout.contains('\u{1b}')
    };
    for (arguments, variables, expected) in [
        (&[][..], &[][..], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&["--color", "always"], &[], true),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color=never"], &[("CLICOLOR_FORCE", "1")], false),
        (&["--color=auto"], &[("CLICOLOR_FORCE", "1")], true),
        (&["--color=auto"], &[("NO_COLOR", "1")], false),
        (&["--color=always", "--format=json"], &[], false),
    ] {
        let found = is_coloured(arguments, variables);
        assert_eq!(found, expected, "{arguments:?} {variables:?}");
    }
}

/// Without the colours it is what the compiler shows, whatever the file has in it.
#[test]
fn colours_change_no_text() {
    let members = "\"allow_origins\": [\"https://a.test/\\u001b[31m\u{200b}\", \"\u{202e}\"]";
    let folder = Folder::with("escapes", "a.json", &file(members));
    let plain = folder.run(&["a.json"]).stdout;
    let coloured = folder.run(&["--color", "always", "a.json"]).stdout;
    assert!(
        !plain.contains(['\u{1b}', '\u{200b}', '\u{202e}']),
        "{plain}"
    );
    let mut stripped = String::new();
    for part in coloured.split('\u{1b}') {
        // A sequence ends with a letter.
        let text = match part.strip_prefix('[') {
            Some(sequence) => sequence.split_once('m').expect("a colour").1,
            None => part,
        };
        stripped.push_str(text);
    }
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    assert_eq!(lines(&stripped), lines(&plain));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let list = vec!["\"https://a.test/\""; 2_000].join(", ");
    let text = file(&format!(
        "\"allow_origins\": [{list}], \"allow_method\": []"
    ));
    let folder = Folder::with("pipe", "large.json", &text);
    for format in ["human", "github", "json", "sarif"] {
        let mut command = command(&folder.0, &["--format", format, "large.json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: {output:?}");
        assert!(output.stderr.is_empty(), "{format}: {output:?}");
    }
}
