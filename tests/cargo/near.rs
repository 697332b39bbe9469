//! What cargo's own folders make of paths that lead to no file, or to two.

use crate::scratch::Scratch;

fn scratch(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"service\"]\nresolver = \"3\"\n",
    );
    // The tests share a target folder, so each has a program of its own name.
    scratch.write("service/Cargo.toml", &Scratch::manifest(name));
    scratch
}

fn call(scratch: &Scratch, arguments: &str) {
    scratch.write(
        "service/src/main.rs",
        &format!(
            "static CORS: &cors::Policy = cors::cors_policy!({arguments});\n\n\
             fn main() {{\n    println!(\"{{CORS}}\");\n}}\n"
        ),
    );
}

/// The path that the only error says to write.
#[track_caller]
fn suggestion(stderr: &str) -> &str {
    let (_, help) = stderr.split_once("= help: write ").unwrap_or_default();
    help.lines().next().unwrap_or_default()
}

#[test]
fn a_file_at_the_root_of_the_workspace_is_suggested_and_then_accepted() {
    let scratch = scratch("near-miss");
    scratch.configure("krakend.json", "https://root.example.com");
    call(&scratch, "\"krakend.json\"");
    for folder in [".", "service"] {
        let stderr = scratch.fails(folder, &["run"]);
        assert_eq!(suggestion(&stderr), "\"../krakend.json\"", "{stderr}");
    }
    call(&scratch, "\"../krakend.json\"");
    assert!(scratch.prints(".", &["run"]).contains("root.example.com"));
}

#[test]
fn two_files_of_one_name_are_found_out() {
    let scratch = scratch("two-files");
    scratch.configure("service/krakend.json", "https://manifest.example.com");
    scratch.configure("service/src/krakend.json", "https://manifest.example.com");
    call(&scratch, "\"krakend.json\", deny(warnings)");
    assert!(
        scratch
            .prints(".", &["run"])
            .contains("manifest.example.com")
    );
    // The build depends on the file that is not taken, too.
    scratch.configure("service/src/krakend.json", "https://source.example.com");
    let stderr = scratch.fails(".", &["run"]);
    let expected = "there are two files `krakend.json`, and `service/krakend.json` is taken";
    assert!(stderr.contains(expected), "{stderr}");

    call(
        &scratch,
        "\"krakend.json\", deny(warnings), allow(two_files)",
    );
    assert!(
        scratch
            .prints(".", &["run"])
            .contains("manifest.example.com")
    );
    call(&scratch, "\"src/krakend.json\", deny(warnings)");
    assert!(scratch.prints(".", &["run"]).contains("source.example.com"));
}

/// Other build systems set `CARGO_MANIFEST_DIR` relative to where they run the compiler.
#[cfg(unix)]
#[test]
fn the_manifest_folder_may_be_relative() {
    let mut scratch = scratch("relative-folder");
    let wrapper = scratch.program("wrapper", "CARGO_MANIFEST_DIR=service exec \"$@\"");
    scratch.set("RUSTC_WORKSPACE_WRAPPER", wrapper);
    scratch.configure("service/policies/krakend.json", "https://app.example.com");
    call(&scratch, "\"policies/krakend.json\"");
    assert!(scratch.prints(".", &["run"]).contains("app.example.com"));
    scratch.configure("service/policies/krakend.json", "https://new.example.com");
    assert!(scratch.prints(".", &["run"]).contains("new.example.com"));
}
