//! What the README shows is what a user sees.

use crate::scratch::Scratch;

const README: &str = include_str!("../../README.md");

/// The first block of a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```\n").unwrap().0
}

#[test]
fn the_readme_shows_a_real_message() {
    let scratch = Scratch::new("readme");
    let manifest = Scratch::manifest("shown");
    let manifest = manifest.replace("cors =", "cors-runtime =");
    scratch.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    let (policy, _) = block("rust").split_once("\n\nlet app").unwrap();
    let source = policy.replace("CorsLayer, ", "");
    scratch.write(
        "src/main.rs",
        &format!("{source}\n\nfn main() {{\n    println!(\"{{CORS}}\");\n}}\n"),
    );

    let right = block("json");
    scratch.write("krakend.json", right);
    let policy = scratch.prints(".", &["run"]);
    assert!(
        policy.contains("https://app.example.com, https://*.example.org\n"),
        "{policy}"
    );

    let origins = r#"["https://app.example.com", "https://*.example.org"]"#;
    let wrong = right.replace(origins, r#"["https://app.example.com/"]"#);
    scratch.write("krakend.json", &wrong);
    let stderr = scratch.fails(".", &["build"]);
    let (message, _) = stderr.split_once("\n\n").unwrap();
    assert_eq!(message.trim_end(), block("text").trim_end());
}
