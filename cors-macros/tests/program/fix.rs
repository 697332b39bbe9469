//! `--fix`: what it writes, and what it leaves.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{Folder, RIGHT, file};

/// Files before and after, and how many findings are left.
const FIXED: &[(&str, &str, &str, usize)] = &[
    (
        "two suggestions for one list",
        r#""allow_origins": ["https://a.test/", "https://B.test"], "allow_headers": ["A"]"#,
        r#""allow_origins": ["https://a.test", "https://b.test"], "allow_headers": ["A"]"#,
        0,
    ),
    (
        "elements next to each other, of two findings",
        r#""allow_origins": ["https://a.test"], "allow_headers": ["A", "a", "Cookie", "B"]"#,
        r#""allow_origins": ["https://a.test"], "allow_headers": ["A", "B"]"#,
        0,
    ),
    (
        "a key and what is in its value",
        r#""allowed_origins": ["https://a.test/"], "allow_headers": ["A"]"#,
        r#""allow_origins": ["https://a.test"], "allow_headers": ["A"]"#,
        0,
    ),
    (
        "what is not JSON, and then what is in it",
        "\"allow_origins\": [\"https://a.test/\",], // the shop\n \"allow_headers\": [\"A\"]",
        "\"allow_origins\": [\"https://a.test\"], \"@comment\": \"the shop\",\n \"allow_headers\": [\"A\"]",
        0,
    ),
    (
        "a value that works and is narrowed",
        r#""allow_origins": ["https://*example.com"], "allow_headers": ["A"], "allow_credentials": true"#,
        r#""allow_origins": ["https://*.example.com", "https://example.com"], "allow_headers": ["A"], "allow_credentials": true"#,
        0,
    ),
    (
        "a value that works and would allow another origin stays",
        r#""allow_origins": ["http://a.test", "https://B.test"], "allow_headers": ["A"], "allow_credentials": true"#,
        r#""allow_origins": ["http://a.test", "https://b.test"], "allow_headers": ["A"], "allow_credentials": true"#,
        1,
    ),
    (
        "all methods in place of a `*` stay to be written",
        r#""allow_origins": ["https://a.test/"], "allow_methods": ["*"], "allow_headers": ["A"]"#,
        r#""allow_origins": ["https://a.test"], "allow_methods": ["*"], "allow_headers": ["A"]"#,
        1,
    ),
    (
        "what depends on what is meant stays",
        r#""allow_origins": ["https://a.test/", "null"], "allow_headers": ["A"]"#,
        r#""allow_origins": ["https://a.test", "null"], "allow_headers": ["A"]"#,
        1,
    ),
];

/// How many findings are left, by the last line of the output.
fn left(stdout: &str) -> usize {
    let (_, counts) = stdout.trim_end().rsplit_once(" checked: ").unwrap();
    let counts = counts
        .split(", ")
        .map(|count| count.split(' ').next().unwrap());
    counts.filter_map(|count| count.parse::<usize>().ok()).sum()
}

#[test]
fn suggestions_are_written() {
    for (name, before, after, count) in FIXED {
        let folder = Folder::with("written", "krakend.json", &file(before));
        let output = folder.run(&["--fix", "krakend.json"]);
        assert_eq!(folder.read("krakend.json"), file(after), "{name}");
        assert_eq!(left(&output.stdout), *count, "{name}: {output:?}");
        assert_eq!(output.status, i32::from(*count > 0), "{name}: {output:?}");
        assert!(
            output.stdout.starts_with("changed: krakend.json:"),
            "{name}: {output:?}"
        );
        assert_eq!(folder.names(), ["krakend.json"], "{name}");
        let again = folder.run(&["--fix", "krakend.json"]);
        assert!(!again.stdout.contains("changed: "), "{name}: {again:?}");
    }
}

/// Files that stay as they are, and what is said of them.
const LEFT: &[(&str, &str, &str)] = &[
    (
        "a template",
        r#"{ "extra_config": { "security/cors": { "allow_origins": ["https://a.test/"] } }, "endpoints": [{{ template "endpoints.tmpl" . }}] }"#,
        "`krakend.json` is not changed: it is a template",
    ),
    (
        "a template of another tool",
        r#"{ "extra_config": { "security/cors": { "allow_origins": ["https://a.test/", "${ORIGIN}"] } } }"#,
        "`krakend.json` is not changed: it is a template",
    ),
    (
        "a template of another tool that is not JSON",
        r#"{ "extra_config": { "security/cors": { "allow_origins": ["https://a.test/", "${ORIGIN}",] } } }"#,
        "`krakend.json` is not changed: it is a template",
    ),
    (
        "one that would still not be JSON",
        r#"{ "extra_config": { "security/cors": { "allow_origins": ["https://a.test/",], frob nicate } } }"#,
        "`krakend.json` is not changed: it would still not be JSON",
    ),
    (
        "one that begins with a byte order mark",
        "\u{feff}{ \"extra_config\": { \"security/cors\": { \"allow_origins\": [\"https://a.test/\"], \"allow_headers\": [\"A\"] } } }",
        "`krakend.json` is not changed: it would still not be JSON",
    ),
    (
        "one that somebody may want as it is",
        r#"{ "extra_config": { "security/cors": { "allow_origins": ["https://a.test"], "allow_headers": ["A"] } }, "endpoints": [{ "endpoint": "/a", "method": "DELETE" }] }"#,
        "",
    ),
];

#[test]
fn what_is_uncertain_is_not_written() {
    for (name, text, why) in LEFT {
        let folder = Folder::with("left", "krakend.json", text);
        let output = folder.run(&["--fix", "krakend.json"]);
        assert_eq!(folder.read("krakend.json"), *text, "{name}");
        let expected = if why.is_empty() { 0 } else { 2 };
        assert_eq!(output.status, expected, "{name}: {output:?}");
        assert!(output.stderr.contains(why), "{name}: {output:?}");
        assert!(left(&output.stdout) > 0, "{name}: {output:?}");
    }
}

/// Of what keeps a text from being JSON, only the first is found.
#[test]
fn a_file_with_many_comments_is_fixed() {
    let file = |comment: fn(usize) -> String| {
        let endpoint = |nth| format!("{{ \"endpoint\": \"/{nth}\"{}}}", comment(nth));
        let endpoints: Vec<String> = (0..100).map(endpoint).collect();
        let cors =
            r#""security/cors": { "allow_origins": ["https://a.test"], "allow_headers": ["A"] }"#;
        let endpoints = endpoints.join(", ");
        format!("{{ \"extra_config\": {{ {cors} }}, \"endpoints\": [{endpoints}] }}\n")
    };
    let text = file(|nth| format!(" // the {nth}th\n"));
    let folder = Folder::with("comments", "krakend.json", &text);
    let output = folder.run(&["--fix", "krakend.json"]);
    assert_eq!(output.status, 0, "{output:?}");
    let fixed: Value = serde_json::from_str(&folder.read("krakend.json")).unwrap();
    let last = fixed["endpoints"][99].as_object().unwrap();
    assert!(last.values().any(|value| value == "the 99th"), "{last:?}");
}

#[test]
fn a_file_keeps_all_but_what_is_suggested() {
    let text = |slash: &str| {
        let cors =
            format!("\"allow_origins\": [\"https://a.test{slash}\"],\n\"allow_headers\": [\"漢\"]");
        file(&cors)
            .trim_end()
            .replace('\n', "\r\n")
            .replace("  ", "\t")
    };
    let folder = Folder::with("kept", "krakend.json", &text("/"));
    folder.run(&["--fix", "krakend.json"]);
    assert_eq!(folder.read("krakend.json"), text(""));
}

#[test]
fn what_is_written_goes_to_the_errors_where_a_program_reads_the_output() {
    let text = file(FIXED[0].1);
    for format in ["github", "json", "sarif"] {
        let folder = Folder::with("formats", "krakend.json", &text);
        let output = folder.run(&["--fix", "--format", format, "krakend.json"]);
        assert_eq!(output.status, 0, "{output:?}");
        assert!(
            output
                .stderr
                .contains("changed: krakend.json:5:40: `origin_with_path`: "),
            "{output:?}"
        );
        assert!(!output.stdout.contains("changed"), "{output:?}");
    }
}

#[cfg(unix)]
#[test]
fn only_a_file_that_is_meant_is_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let wrong = file(FIXED[0].1);
    let folder = Folder::with("links", "krakend.json", &wrong);
    let path = folder.0.join("krakend.json");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    symlink("krakend.json", folder.0.join("link.json")).unwrap();
    let output = folder.run(&["--fix", "link.json"]);
    assert_eq!(output.status, 2);
    assert!(
        output.stderr.contains("it is a symbolic link"),
        "{output:?}"
    );

    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    let output = folder.run(&["--fix", "krakend.json"]);
    assert_eq!((output.status, mode()), (2, 0o440), "{output:?}");
    assert_eq!(folder.read("krakend.json"), wrong);

    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let output = folder.run(&["--fix", "krakend.json"]);
    assert_eq!((output.status, mode()), (0, 0o640), "{output:?}");
    assert_ne!(folder.read("krakend.json"), wrong);
    assert_eq!(folder.names(), ["krakend.json", "link.json"]);
}

/// There is no room for the name of a file beside it, whoever runs the tests.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_replaced_stays() {
    let name = format!("{}.json", "k".repeat(240));
    let wrong = file(FIXED[0].1);
    let folder = Folder::with("name", &name, &wrong);
    let output = folder.run(&["--fix", &name]);
    assert_eq!(output.status, 2, "{output:?}");
    let why = format!("`{name}` is not changed: ");
    assert!(output.stderr.contains(&why), "{output:?}");
    // What is found is what is in the file.
    assert!(
        output
            .stdout
            .ends_with("1 file checked: 1 error, 1 warning\n"),
        "{output:?}"
    );
    assert_eq!((folder.read(&name), folder.names()), (wrong, vec![name]));
}

#[test]
fn a_right_file_is_not_written() {
    let folder = Folder::with("right", "krakend.json", &file(RIGHT));
    let modified = || {
        let metadata = fs::metadata(folder.0.join("krakend.json")).unwrap();
        metadata.modified().unwrap()
    };
    let before = modified();
    let output = folder.run(&["--fix", "krakend.json"]);
    assert_eq!(output.stdout, "1 file checked: nothing found\n");
    assert_eq!(modified(), before);
}

/// Suggestions that would allow what is not allowed yet: another origin, method or header.
const WIDENING: &[&str] = &[
    "any_scheme",
    "insecure_origin_with_credentials",
    "star_method",
    "unusual_host",
];

/// Of the golden cases, every suggestion is written that is no template's, that nobody may want to
/// accept, and that allows nothing more.
#[test]
fn golden_cases_are_fixed() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let (mut changed, mut templates, mut remaining) = (0, 0, Vec::new());
    for topic in fs::read_dir(golden).unwrap() {
        let folder = Folder::new("golden");
        for entry in fs::read_dir(topic.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().unwrap() != "txt" {
                fs::copy(&path, folder.0.join(path.file_name().unwrap())).unwrap();
            }
        }
        let names = folder.names();
        let arguments: Vec<&str> = ["--format", "json", "--fix"]
            .into_iter()
            .chain(names.iter().map(String::as_str))
            .collect();
        let output = folder.run(&arguments);
        let is_change = |line: &&str| line.contains(": changed: ");
        changed += output.stderr.lines().filter(is_change).count();
        let is_template = |name: &str| {
            let whys = ["it is a template", "it would still not be JSON"];
            let mut whys = whys
                .map(|why| format!("`{name}` is not changed: {why}"))
                .into_iter();
            whys.any(|why| output.stderr.contains(&why))
        };
        for line in output.stdout.lines() {
            let finding: Value = serde_json::from_str(line).unwrap();
            let accept = finding["accept"].as_str().unwrap_or_default();
            let name = finding["file"].as_str().unwrap();
            let rule = finding["rule"].as_str().unwrap();
            let is_certain = finding["fix"].is_array()
                && !accept.starts_with("if ")
                && !WIDENING.contains(&rule);
            if is_certain && is_template(name) {
                templates += 1;
            } else if is_certain {
                remaining.push(format!("{name}: {rule}"));
            }
        }
    }
    assert!(changed > 300, "only {changed}");
    assert!(templates > 0, "no template has a suggestion");
    assert!(remaining.is_empty(), "{remaining:?}");
}
