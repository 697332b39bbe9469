//! The recipes in the documentation of `cors_policy!`, as they stand there.

use crate::scratch::Scratch;

const DOCUMENTED: &str = include_str!("../../cors-runtime/src/macros.rs");

/// The first block of the documentation in which a line begins so, without its hidden lines.
#[track_caller]
fn recipe(line: &str) -> String {
    let blocks = DOCUMENTED.split("/// ```").map(|block| {
        let lines = block.lines().skip(1);
        let lines = lines.map(|line| line.trim_start_matches("///").trim_start_matches(' '));
        let shown = lines.filter(|line| !line.starts_with("# "));
        shown.map(|line| format!("{line}\n")).collect::<String>()
    });
    let mut blocks = blocks.filter(|block| block.starts_with(line));
    blocks
        .next()
        .unwrap_or_else(|| panic!("no block begins with {line}"))
}

fn main_of(recipe: &str) -> String {
    format!(
        "use cors::{{Policy, cors_policy}};\n\n{recipe}\n\
         fn main() {{\n    println!(\"{{CORS}}\");\n}}\n"
    )
}

#[test]
fn one_file_an_environment() {
    let mut scratch = Scratch::new("environments");
    let manifest = Scratch::manifest("environments");
    scratch.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    let recipe = recipe("static PRODUCTION: &Policy");
    scratch.write(
        "src/main.rs",
        &main_of(&recipe).replace("{CORS}\"", "{}\", policy()"),
    );
    scratch.configure("krakend.json", "https://app.example.com");
    scratch.configure("staging.json", "https://staging.example.com");
    // One program; where nothing is set, or something else, it is the policy of production.
    for (environment, origin) in [
        ("", "https://app.example.com"),
        ("staging", "https://staging.example.com"),
        ("production", "https://app.example.com"),
    ] {
        scratch.set("APP_ENV", environment);
        let printed = scratch.prints(".", &["run"]);
        assert!(printed.contains(origin), "{environment}: {printed}");
    }
    // All are checked in each build.
    scratch.configure("staging.json", "https://staging.example.com/");
    let stderr = scratch.fails(".", &["run"]);
    assert!(stderr.contains("error: staging.json:4:"), "{stderr}");
}

/// With a program in the place of KrakenD that fills in one variable.
#[cfg(unix)]
#[test]
fn a_build_script_renders_templates() {
    let mut scratch = Scratch::new("templates");
    let manifest = Scratch::manifest("templates");
    scratch.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    scratch.write("build.rs", &recipe("// build.rs"));
    let call = recipe("static CORS: &Policy = cors_policy!(concat!(env!(\"OUT_DIR\")");
    scratch.write("src/main.rs", &main_of(&call));
    let krakend = scratch.program(
        "bin/krakend",
        "test \"$FC_ENABLE\" = 1 && test -d \"$FC_PARTIALS\" && test -d \"$FC_TEMPLATES\" && \
         sed \"s|{{ .app }}|$(cat \"$FC_SETTINGS/app\")|\" \"$3\" > \"$FC_OUT\"",
    );
    let found = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![krakend.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&found));
    scratch.set("PATH", std::env::join_paths(folders).unwrap());

    scratch.configure("gateway/krakend.tmpl", "https://{{ .app }}");
    scratch.write("gateway/partials/any.tmpl", "");
    let stderr = scratch.fails(".", &["run"]);
    let missing = "FC_SETTINGS: there is no folder gateway/settings/prod";
    assert!(stderr.contains(missing), "{stderr}");
    scratch.write("gateway/templates/any.tmpl", "");
    for app in ["app.example.com", "other.example.com"] {
        scratch.write("gateway/settings/prod/app", app);
        assert!(
            scratch
                .prints(".", &["run"])
                .contains(&format!("https://{app}"))
        );
    }
    // The message names the rendered file.
    scratch.write("gateway/settings/prod/app", "app.example.com/");
    let stderr = scratch.fails(".", &["run"]);
    assert!(
        stderr.contains("error: $OUT_DIR/krakend.json:4:"),
        "{stderr}"
    );
}
