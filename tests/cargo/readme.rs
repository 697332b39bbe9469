//! What the README and the front page of the documentation show is what a user sees.
//! `BLESS=1 cargo test --test cargo` writes the messages again.

use std::fs;
use std::path::Path;

use crate::scratch::Scratch;

const README: &str = include_str!("../../README.md");

/// The blocks of a language, in order.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    let rest = README.split(&opening).skip(1);
    rest.map(|rest| rest.split_once("```\n").unwrap().0)
        .collect()
}

/// The manifest, of a package with another name: cargo would take those of one name for one package.
fn manifest(name: &str) -> String {
    let [manifest, _deny] = blocks("toml")[..] else {
        panic!("a manifest and a part of `deny.toml`");
    };
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime");
    let shown = "path = \"../cors/cors-runtime\"";
    assert!(manifest.contains(shown), "{manifest}");
    let manifest = manifest
        .replace(shown, &format!("path = {runtime:?}"))
        .replace("name = \"articles\"", &format!("name = {name:?}"));
    // Not one of this workspace, in whose folder it is.
    format!("{manifest}\n[workspace]\n")
}

fn configuration() -> &'static str {
    let [configuration] = blocks("json")[..] else {
        panic!("one configuration");
    };
    configuration
}

/// A new block belongs here, and into a test.
fn sources() -> [&'static str; 7] {
    blocks("rust").try_into().unwrap()
}

/// The program of the first screen, and its policy.
fn program() -> (&'static str, &'static str) {
    let [program, ..] = sources();
    let policy = program.lines().find(|line| line.starts_with("static CORS"));
    (program, policy.unwrap())
}

/// The package of the first screen, with another program.
fn shown(name: &str, program: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("Cargo.toml", &manifest(name));
    scratch.write("src/main.rs", program);
    scratch.write("krakend.json", configuration());
    scratch
}

/// A message of the compiler, as a file of the project shows it in a block that is opened so. `BLESS`
/// replaces what is shown.
#[track_caller]
fn is_shown(file: &str, opening: &str, shown: &str, message: &str) {
    if std::env::var_os("BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = fs::read_to_string(&path).unwrap();
        let [shown, message] = [shown, message].map(|block| format!("{opening}{block}"));
        assert!(text.contains(&shown), "{file}");
        fs::write(&path, text.replacen(&shown, &message, 1)).unwrap();
    } else {
        assert_eq!(shown, message, "{file}");
    }
}

/// What opens the first block of text on the front page.
const FRONT_PAGE: &str = "//! ```text\n";

/// The first block of text on the front page, with the comment's own characters.
fn front_page() -> &'static str {
    let page = include_str!("../../cors-runtime/src/lib.rs");
    let (_, block) = page.split_once(FRONT_PAGE).unwrap();
    block.split_once("//! ```\n").unwrap().0
}

#[test]
fn the_first_screen_builds_and_its_messages_are_real() {
    let (program, _) = program();
    let scratch = shown("readme", program);
    let [error, warning] = blocks("text")[..] else {
        panic!("an error and a warning");
    };
    let output = scratch.cargo(".", &["check"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(stderr.matches("warning: ").count(), 1, "{stderr}");
    // Up to its place in the source, which only the error shows.
    let place = stderr.find("\n --> src/main.rs").unwrap();
    let end = place + 1 + stderr[place + 1..].find('\n').unwrap();
    is_shown("README.md", "```text\n", warning, &stderr[..=end]);

    let origins = r#"["https://app.example.com", "https://*.example.org"]"#;
    let wrong = configuration().replace(origins, r#"["https://app.example.com/"]"#);
    scratch.write("krakend.json", &wrong);
    let stderr = scratch.fails(".", &["check"]);
    let (message, _) = stderr.split_once("\n\n").unwrap();
    is_shown(
        "README.md",
        "```text\n",
        error,
        &format!("{}\n", message.trim_end()),
    );
    // The front page shows the part of it that is about the file.
    let (message, _) = message.split_once("\n --> src/main.rs").unwrap();
    let lines = message.lines().map(|line| format!("//! {line}\n"));
    is_shown(
        "cors-runtime/src/lib.rs",
        FRONT_PAGE,
        front_page(),
        &lines.collect::<String>(),
    );
}

#[test]
fn the_form_without_a_file_builds() {
    let (program, policy) = program();
    let [_, inline, ..] = sources();
    let scratch = shown("readme-inline", &program.replace(policy, inline));
    let output = scratch.cargo(".", &["check"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");

    // The same object in a file of its own.
    let (_, object) = inline.split_once('(').unwrap();
    let (object, _) = object.rsplit_once(')').unwrap();
    scratch.write("cors.json", &object.replace("true,", "true"));
    let file = policy.replace("krakend.json", "cors.json");
    scratch.write("src/main.rs", &program.replace(policy, &file));
    let output = scratch.cargo(".", &["check"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
}

#[test]
fn one_build_has_a_policy_for_each_environment() {
    let (program, policy) = program();
    let [_, _, environments, ..] = sources();
    let source = program
        .replace(policy, environments)
        .replace("CorsLayer::new(CORS)", "CorsLayer::new(policy())");
    let scratch = shown("readme-environments", &source);
    let right = configuration().replace("DELETE", "PUT");
    scratch.write("krakend.json", &right);
    scratch.write("staging.json", &right);
    let output = scratch.cargo(".", &["check"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
}

#[test]
fn levels_are_changed_in_the_call() {
    let (program, policy) = program();
    let [_, _, _, levels, ..] = sources();
    let call = format!("static CORS: &Policy = {};", levels.trim_end());
    let scratch = shown("readme-levels", &program.replace(policy, &call));
    // `deny(warnings)`.
    let stderr = scratch.fails(".", &["check"]);
    assert!(stderr.contains("browsers cannot call"), "{stderr}");
    // `allow(null_origin)`, and `warn(hints)`.
    let right = configuration()
        .replace("DELETE", "PUT")
        .replace("https://*.example.org", "null");
    scratch.write("krakend.json", &right);
    let output = scratch.cargo(".", &["check"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
}

#[test]
fn the_file_stays_within_what_the_service_accepts() {
    let (program, policy) = program();
    let [_, _, _, _, within, ..] = sources();
    let scratch = shown("readme-within", &program.replace(policy, within));
    scratch.prints(".", &["check"]);

    let origin = "\"https://partner.example.net\"";
    let wrong = configuration().replace("\"https://*.example.org\"", origin);
    scratch.write("krakend.json", &wrong);
    let stderr = scratch.fails(".", &["check"]);
    let beyond = format!("krakend.json:5:52: {origin} is beyond what this service accepts");
    assert!(stderr.contains(&beyond), "{stderr}");
}

#[test]
fn assertions_hold_until_the_file_breaks_them() {
    let (program, _) = program();
    let [.., assertions, _] = sources();
    let scratch = shown("readme-assertions", &format!("{program}\n{assertions}"));
    scratch.prints(".", &["check"]);

    let wrong = configuration().replace("\"PUT\"]", "\"PUT\", \"DELETE\"]");
    scratch.write("krakend.json", &wrong);
    let stderr = scratch.fails(".", &["check"]);
    let broken = "evaluation panicked: assertion failed: \
                  CORS.allows_header(\"content-type\") && !CORS.allows_method(\"DELETE\")";
    assert!(stderr.contains(broken), "{stderr}");
}

#[test]
fn the_browser_tests_the_service() {
    let (program, _) = program();
    let [.., test] = sources();
    let (before, main) = program.split_once("#[tokio::main]").unwrap();
    let (_, app) = main.split_once("let app = ").unwrap();
    let (app, _) = app.split_once(";\n").unwrap();
    let source = format!("{before}fn app() -> Router {{\n{app}\n}}\nfn main() {{}}\n{test}");
    let scratch = shown("readme-browser", &source);
    let manifest = manifest("readme-browser");
    let manifest = manifest.replace(r#"["tower"]"#, r#"["testing", "tower"]"#);
    scratch.write("Cargo.toml", &manifest);
    let output = scratch.prints(".", &["test"]);
    assert!(output.contains("test result: ok. 1 passed"), "{output}");
}
