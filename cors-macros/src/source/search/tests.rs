use std::fs;
use std::path::PathBuf;

use super::{Found, LARGEST, Search};
use crate::call::{Call, Input, Levels};
use crate::draw::draw;
use crate::finding::Help;
use crate::report::Report;
use crate::rules;
use crate::source::places::Places;
use crate::source::{File, Source};

/// A workspace with one member, whose files are all empty objects.
struct Workspace {
    root: PathBuf,
    places: Places,
}

impl Workspace {
    /// With these files, of which `service` is the member and `service/src/deep` has the calling file.
    fn new(name: &str, files: &[&str]) -> Self {
        let root = std::env::temp_dir().join(format!("cors-macros-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let manifest = root.join("service");
        let source = manifest.join("src/deep");
        fs::create_dir_all(&source).unwrap();
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        let places = Places {
            manifest: Some(manifest),
            source: Some(source),
            root: Some(root.clone()),
            out: Some(root.join("out")),
        };
        Self { root, places }
    }

    /// A file that the build depends on: where it is, and its length.
    fn file(&self, name: &str) -> (PathBuf, usize) {
        let path = self.root.join(name);
        let length = fs::read(&path).unwrap().len();
        (path, length)
    }

    /// What a call with this path comes to: the file, or the message and the help in it.
    fn search(&self, argument: &str) -> Result<(Source, Report), (String, Option<String>)> {
        let tokens = format!("cors_runtime, {argument}").parse().unwrap();
        let Ok(Call { input, .. }) = Call::read(tokens) else {
            panic!("{argument} is not understood");
        };
        let Input::File(path) = input else {
            panic!("{argument} is no path");
        };
        let out = self.root.join("out");
        let value = path
            .evaluate(|_| Ok(out.to_str().unwrap().to_owned()))
            .value;
        let Ok(written) = value else {
            panic!("{argument} has no value");
        };
        let mut report = Report::default();
        let search = Search {
            path: &path,
            written,
            places: &self.places,
        };
        match search.find(&mut report) {
            Some(Found { name, bytes, files }) => {
                let text = String::from_utf8(bytes).unwrap();
                let file = File {
                    files,
                    ..File::named(&name)
                };
                Ok((Source::file(file, text), report))
            }
            None => {
                let [finding] = report.into_findings().try_into().unwrap();
                assert_eq!(finding.rule.name, rules::UNREADABLE_FILE.name);
                let help = match &finding.help {
                    Help::Words(words) => words.strip_prefix("write ").map(str::to_owned),
                    _ => None,
                };
                let source = Source::file(File::named(""), String::new());
                // Otherwise the compiler reports what it cannot read, too.
                assert!(source.files().is_empty(), "{argument}");
                Err((draw(&finding, &source, &Levels::default()), help))
            }
        }
    }

    #[track_caller]
    fn refusal(&self, argument: &str) -> (String, Option<String>) {
        match self.search(argument) {
            Ok(_) => panic!("{argument} leads to a file"),
            Err(refusal) => refusal,
        }
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// What is written, which file is there alone, and what to write instead.
const NEAR: &[(&str, &str, &str)] = &[
    // In a folder around the crate or the calling file.
    (r#""krakend.json""#, "krakend.json", r#""../krakend.json""#),
    (
        r#""config/krakend.json""#,
        "config/krakend.json",
        r#""../config/krakend.json""#,
    ),
    (
        r#""krakend.json""#,
        "service/src/krakend.json",
        r#""src/krakend.json""#,
    ),
    (
        r#""../krakend.json""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""service/krakend.json""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""../../krakend.json""#,
        "krakend.json",
        r#""../krakend.json""#,
    ),
    (
        r#""../Gateway.json""#,
        "service/src/gateway.json",
        r#""../gateway.json""#,
    ),
    (
        r#""./../krakend.JSON""#,
        "krakend.json",
        r#""../krakend.json""#,
    ),
    (r#""/krakend.json""#, "service/krakend.json", ""),
    // Another case, another ending, one edit; in a folder's name, too.
    (
        r#""krakend.json""#,
        "service/KrakenD.json",
        r#""KrakenD.json""#,
    ),
    (
        r#""krakend.json""#,
        "service/krakend.JSON",
        r#""krakend.JSON""#,
    ),
    (r#""krakend""#, "service/krakend.json", r#""krakend.json""#),
    (
        r#""krakend.jsn""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""krakend.yaml""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""krakend.json.tmpl""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""kraken.json""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""krakned.json""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""gatewy.conf""#,
        "service/gateway.conf",
        r#""gateway.conf""#,
    ),
    (
        r#""Config/krakend.json""#,
        "service/config/krakend.json",
        r#""config/krakend.json""#,
    ),
    (
        r#""config/kraken.json""#,
        "service/src/deep/config/krakend.json",
        r#""config/krakend.json""#,
    ),
    (r#""krakend.yaml""#, "krakend.json", r#""../krakend.json""#),
    // In what a build script writes.
    (
        r#"concat!(env!("OUT_DIR"), "/kraken.json")"#,
        "out/krakend.json",
        r#"concat!(env!("OUT_DIR"), "/krakend.json")"#,
    ),
    (
        r#"std::concat!(::core::env!("OUT_DIR",), concat!("/", "kraken.json",))"#,
        "out/krakend.json",
        r#"concat!(env!("OUT_DIR"), "/", "krakend.json")"#,
    ),
    (
        r#"env!("OUT_DIR")"#,
        "out/krakend.json",
        r#"concat!(env!("OUT_DIR"), "/krakend.json")"#,
    ),
    // No path, a folder, a path that goes on behind a file.
    (r#""""#, "service/krakend.json", r#""krakend.json""#),
    (r#""""#, "krakend.json", r#""../krakend.json""#),
    (r#"concat!()"#, "service/krakend.json", r#""krakend.json""#),
    (r#"".""#, "service/krakend.json", r#""krakend.json""#),
    (
        r#""src/""#,
        "service/src/krakend.json",
        r#""src/krakend.json""#,
    ),
    (
        r#""config""#,
        "service/config/gateway.json",
        r#""config/gateway.json""#,
    ),
    (
        r#""krakend.json/""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    (
        r#""krakend.json/security/cors""#,
        "service/krakend.json",
        r#""krakend.json""#,
    ),
    // Nothing that could be meant.
    (r#""krakend.json""#, "service/gateway.json", ""),
    (r#""krakend.json""#, "service/krakend.tmpl", ""),
    (r#""krakend.json""#, "service/krakend.json/README.md", ""),
    (r#""config""#, "service/config/README.md", ""),
    (r#""cfg/kraken.json""#, "service/config/krakend.json", ""),
];

/// A suggestion is a promise: what is written then leads to the file.
#[test]
fn a_near_miss_is_suggested_and_then_accepted() {
    for (nth, (written, there, expected)) in NEAR.iter().enumerate() {
        let workspace = Workspace::new(&format!("near-{nth}"), &[there]);
        let (message, help) = workspace.refusal(written);
        assert_eq!(help.as_deref().unwrap_or_default(), *expected, "{message}");
        if let Some(help) = help {
            let Ok((source, report)) = workspace.search(&help) else {
                panic!("{help} leads to no file");
            };
            let file = workspace.root.join(there).canonicalize().unwrap();
            assert_eq!(source.files().len(), 1);
            assert_eq!(source.files()[0].0.canonicalize().unwrap(), file);
            assert!(report.into_findings().is_empty(), "{help}");
        }
    }
}

#[test]
fn the_nearest_file_is_suggested() {
    let files = [
        "krakend.json",
        "service/KrakenD.json",
        "service/kraken.json",
        "service/config/a.json",
        "service/config/b.json",
        "service/other/krakend.json",
        "service/other/gateway.json",
    ];
    let workspace = Workspace::new("nearest", &files);
    let cases = [
        // The right name in another place, before another name in the right place.
        (r#""krakend.json""#, r#""../krakend.json""#),
        (r#""krakenD.json""#, r#""KrakenD.json""#),
        (r#""krake.json""#, r#""kraken.json""#),
        // One of two, if it has the usual name.
        (r#""other""#, r#""other/krakend.json""#),
        (r#""config""#, ""),
    ];
    for (written, expected) in cases {
        let (message, help) = workspace.refusal(written);
        assert_eq!(help.unwrap_or_default(), expected, "{message}");
    }
}

#[test]
fn nothing_is_suggested_above_the_root() {
    let mut workspace = Workspace::new("above", &["krakend.json"]);
    workspace.places.root = workspace.places.manifest.clone();
    let (message, help) = workspace.refusal(r#""krakend.json""#);
    assert_eq!(help, None, "{message}");
}

#[test]
fn a_message_says_what_is_wrong_and_where_was_looked() {
    let files = ["service/file", "service/config/README.md"];
    let workspace = Workspace::new("messages", &files);
    let large = fs::File::create(workspace.root.join("service/large.json")).unwrap();
    // It has a length, and takes no room on the disk.
    large.set_len(LARGEST + 1).unwrap();
    let long = format!("\"{}\"", "x".repeat(5_000));
    let mut cases = vec![
        (
            r#""a\0b.json""#,
            "no path has the character U+0000: `a\\0b.json`",
        ),
        (&*long, "this path is too long: `xxx"),
        (r#""""#, "the path is empty"),
        (r#""config""#, "`config` is a folder"),
        (
            r#""file/krakend.json""#,
            "there is no `file/krakend.json`, since `file` is a file",
        ),
        (r#""large.json""#, "`large.json` is larger than 48 MiB"),
        (
            r#"concat!(env!("OUT_DIR"), "/krakend.json")"#,
            "there is no file `$OUT_DIR/krakend.json`",
        ),
    ];
    #[cfg(unix)]
    {
        let link = workspace.root.join("service/loop.json");
        std::os::unix::fs::symlink(&link, &link).unwrap();
        cases.push((
            r#""loop.json""#,
            "cannot read `loop.json`: Too many levels of symbolic links",
        ));
        // A device has no length, and no end either.
        let link = workspace.root.join("service/zero.json");
        std::os::unix::fs::symlink("/dev/zero", link).unwrap();
        cases.push((r#""zero.json""#, "`zero.json` is larger than 48 MiB"));
    }
    for (written, expected) in cases {
        let (message, _) = workspace.refusal(written);
        assert!(message.starts_with(expected), "{message}");
    }

    let (message, _) = workspace.refusal(r#""krakend.json""#);
    for folder in ["service", "service/src/deep"] {
        let path = workspace.root.join(folder).join("krakend.json");
        let path = path.to_str().unwrap();
        assert_eq!(message.matches(path).count(), 1, "{message}");
    }
    assert!(!message.contains("not known here"), "{message}");
}

/// rust-analyzer did not say where the calling file is before 2026.
#[test]
fn where_the_calling_file_is_unknown_the_message_says_so() {
    let mut workspace = Workspace::new("unknown", &["service/src/deep/gateway.json"]);
    assert!(workspace.search(r#""gateway.json""#).is_ok());
    workspace.places.source = None;
    let (message, _) = workspace.refusal(r#""gateway.json""#);
    assert!(message.contains("it is not known here where"), "{message}");
}

#[test]
fn of_two_files_the_one_beside_the_manifest_is_taken() {
    let files = ["service/krakend.json", "service/src/deep/krakend.json"];
    let workspace = Workspace::new("two", &files);
    let found = |contents: &str| {
        fs::write(workspace.root.join(files[1]), contents).unwrap();
        let Ok((source, report)) = workspace.search(r#""krakend.json""#) else {
            panic!("there are two files");
        };
        // The build depends on both: a change of either may bring the warning, or end it.
        assert_eq!(source.files(), files.map(|file| workspace.file(file)));
        let findings = report.into_findings();
        let drawn: Vec<String> = findings
            .iter()
            .map(|f| draw(f, &source, &Levels::default()))
            .collect();
        drawn.join("\n").replace(&rules::TWO_FILES.link(), "…")
    };
    assert_eq!(found("{}"), "");
    for other in ["{ }", "[]", ""] {
        assert_eq!(
            found(other),
            "there are two files `krakend.json`, and `service/krakend.json` is taken
 |
 = note: `two_files`: the path leads to two different files: one beside the crate's `Cargo.toml`, one beside the calling source file. The first is used
 = note: `service/src/deep/krakend.json` has other contents
 = help: write \"src/deep/krakend.json\" for that one, or remove one of the two
 = help: …"
        );
    }
    let Ok((source, report)) = workspace.search(r#""src/deep/krakend.json""#) else {
        panic!("it is there");
    };
    assert_eq!(source.files(), [workspace.file(files[1])]);
    assert!(report.into_findings().is_empty());
}
