//! What the packages say of themselves, and what they ask of others.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PUBLISHED: [&str; 2] = ["cors-macros", "cors-runtime"];

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        .args(["--all-features", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// All packages by their ids.
fn packages(metadata: &Value) -> BTreeMap<&str, &Value> {
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect()
}

fn published(metadata: &Value) -> Vec<(&str, &Value)> {
    let all = packages(metadata).into_iter();
    let published = all.filter(|(_, package)| {
        let name = package["name"].as_str().unwrap();
        package["source"].is_null() && PUBLISHED.contains(&name)
    });
    published.collect()
}

#[test]
fn the_packages_are_complete() {
    let metadata = metadata();
    let published = published(&metadata);
    assert_eq!(published.len(), PUBLISHED.len());
    for (id, package) in published {
        for field in ["description", "license", "readme", "documentation"] {
            assert!(package[field].is_string(), "{id} has no {field}");
        }
        for field in ["keywords", "categories"] {
            let values = package[field].as_array().unwrap().len();
            assert!((1..=5).contains(&values), "{id} has {values} {field}");
        }
        let manifest = Path::new(package["manifest_path"].as_str().unwrap());
        let mut files = vec!["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
        if package["license"].as_str().unwrap().contains("MPL-2.0") {
            files.push("LICENSE-MPL");
        }
        for file in files {
            assert!(
                manifest.with_file_name(file).is_file(),
                "{id} has no {file}"
            );
        }
    }
}

/// A compiler of the declared version is hard to come by.
#[test]
fn no_dependency_declares_a_later_compiler() {
    let metadata = metadata();
    let packages = packages(&metadata);
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap().iter();
    let nodes: BTreeMap<&str, &Value> = nodes
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let mut open: Vec<&str> = published(&metadata).iter().map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let mut kinds = dependency["dep_kinds"].as_array().unwrap().iter();
            if kinds.any(|kind| kind["kind"] != "dev") {
                open.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    // A walk that stops too early would find nothing wrong.
    let names: BTreeSet<&str> = seen
        .iter()
        .map(|id| packages[id]["name"].as_str().unwrap())
        .collect();
    for expected in [
        "http",
        "syn",
        "icu_properties",
        "tower-layer",
        "tracing-core",
    ] {
        assert!(names.contains(expected), "{expected} was not reached");
    }
    let version = |text: &str| -> Vec<u32> {
        let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
        parts.resize(3, 0);
        parts
    };
    let declared = version(env!("CARGO_PKG_RUST_VERSION"));
    for id in seen {
        if let Some(asked) = packages[id]["rust_version"].as_str() {
            assert!(version(asked) <= declared, "{id} asks for Rust {asked}");
        }
    }
}

/// The libraries that a package is built with, itself in front, as `cargo tree` has them.
fn tree(arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--prefix",
            "none",
            "--format",
            "{lib}",
        ])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// What is in the service itself; the macro and what it needs are only for the build.
#[test]
fn a_service_gets_what_its_features_ask_for() {
    for (features, expected) in [
        ("", &["http"][..]),
        (
            "tower",
            &["http", "pin_project_lite", "tower_layer", "tower_service"],
        ),
        ("tracing", &["http", "tracing"]),
        (
            "testing",
            &["cookie", "http", "httpdate", "psl", "tower_service", "url"],
        ),
    ] {
        let of_runtime = ["--package", "cors-runtime", "--features", features];
        let direct = ["--edges", "normal,no-proc-macro", "--depth", "1"];
        let libraries = tree(&[of_runtime, direct].concat());
        assert_eq!(libraries[1..], *expected, "{features}");
    }
}

/// The program `cors-check` needs more than the macro does.
#[test]
fn a_build_has_nothing_of_the_program() {
    let of_macros = ["--package", "cors-macros", "--edges", "normal"];
    let macros = tree(&of_macros);
    let program = tree(&[&of_macros[..], &["--features", "check"]].concat());
    for name in ["anstream", "lexopt"] {
        assert!(program.iter().any(|library| library == name), "{program:?}");
        assert!(!macros.iter().any(|library| library == name), "{macros:?}");
    }
}
