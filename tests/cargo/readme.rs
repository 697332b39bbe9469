//! What the README shows is what a user sees.

use crate::scratch::Scratch;

const README: &str = include_str!("../../README.md");

/// The first block of a language.
fn block(language: &str) -> &'static str {
    block_in(README, language)
}

fn block_in(text: &'static str, language: &str) -> &'static str {
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```\n").unwrap().0
}

/// A crate with the configuration of the first screen, and a program around its policy.
fn shown(name: &str, behind: &str) -> Scratch {
    let scratch = Scratch::new(name);
    let manifest = Scratch::manifest("shown");
    let manifest = manifest.replace("cors =", "cors-runtime =");
    scratch.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    let (policy, _) = block("rust").split_once("\n\nlet app").unwrap();
    let source = policy.replace("CorsLayer, ", "");
    scratch.write(
        "src/main.rs",
        &format!("{source}\n\n{behind}\nfn main() {{\n    println!(\"{{CORS}}\");\n}}\n"),
    );
    scratch.write("krakend.json", block("json"));
    scratch
}

#[test]
fn the_readme_shows_a_real_message() {
    let scratch = shown("readme", "");
    let output = scratch.cargo(".", &["build"]);
    let warning = String::from_utf8_lossy(&output.stderr);
    let (_, section) = README.split_once("endpoints of the same file").unwrap();
    let shown = block_in(section, "text");
    assert!(warning.contains(shown), "{warning}");
    let policy = scratch.prints(".", &["run"]);
    assert!(
        policy.contains("https://app.example.com, https://*.example.org\n"),
        "{policy}"
    );

    let origins = r#"["https://app.example.com", "https://*.example.org"]"#;
    let wrong = block("json").replace(origins, r#"["https://app.example.com/"]"#);
    scratch.write("krakend.json", &wrong);
    let stderr = scratch.fails(".", &["build"]);
    let (message, _) = stderr.split_once("\n\n").unwrap();
    assert_eq!(message.trim_end(), block("text").trim_end());
}

#[test]
fn the_readme_shows_assertions_that_hold() {
    let (_, section) = README.split_once("## Assertions and snapshots").unwrap();
    let assertions = block_in(section, "rust");
    let scratch = shown("readme-assertions", assertions);
    scratch.prints(".", &["build"]);

    let wrong = block("json").replace("\"PUT\"]", "\"PUT\", \"DELETE\"]");
    scratch.write("krakend.json", &wrong);
    let stderr = scratch.fails(".", &["build"]);
    let broken = "evaluation panicked: assertion failed: \
                  CORS.allows_header(\"content-type\") && !CORS.allows_method(\"DELETE\")";
    assert!(stderr.contains(broken), "{stderr}");
}
