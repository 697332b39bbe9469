//! What an editor makes of a call. rust-analyzer shows each `compile_error!` and takes it for nothing;
//! the rest must have the policy's type, or it shows another error. It reads no bytes of a file, and
//! takes `include_bytes!` for an array of any length.

use std::fs;
use std::process::Command;

use crate::call::Call;
use crate::{compile, expand};

/// What a call becomes, as text.
fn expansion(arguments: &str) -> String {
    let tokens = format!("cors_runtime, {arguments}").parse().unwrap();
    let expansion = match Call::read(tokens) {
        Ok(call) => compile(&call, |_| None),
        Err(misuse) => expand::misused(misuse),
    };
    expansion.to_string()
}

/// Stands for the runtime crate.
const RUNTIME: &str = "
    macro_rules! nothing { ($($message:tt)*) => {} }
    macro_rules! unread { ($file:literal) => { &[0; _] } }
    pub(crate) use {nothing, unread};
    mod cors_runtime {
        pub struct Policy;
        pub mod __private {
            pub use ::core;
            pub const fn refused() -> &'static super::Policy { &super::Policy }
        }
    }
    use cors_runtime::Policy;
    fn takes(_: &'static Policy) {}
";

#[test]
fn without_the_errors_an_expansion_has_the_policys_type() {
    let calls = [
        r#""no_such_file.json""#,
        r#"concat!(env!("CARGO_MANIFEST_DIR"), "/no_such_file.json")"#,
        r#"concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/document/ten_errors.json")"#,
        r#"{ "allow_origins": ["https://app.example.com/", "b"] }"#,
        r#"{ "allow_origins": }"#,
        // Warnings beside an error.
        r#"{ "allow_origins": ["https://app.example.com/"], "max_age": "48h", "debug": true }"#,
        r#"{ "allow_origins": ["https://a.test"] }, within({ "allow_origins": ["https://b.test"] })"#,
        r#"{ "allow_origins": ["https://a.test"] }, within({ "debug": true })"#,
        r#""krakend.json", within("ceiling.json")"#,
        r#""krakend.json", allow(no_such_name, nor_this_one)"#,
        r#""krakend.json", allow = null_origin"#,
        "PATH",
        "42",
        "",
    ];
    let mut program = RUNTIME.to_owned();
    for (nth, call) in calls.iter().enumerate() {
        let expansion = expansion(call);
        let errors = expansion.matches(":: core :: compile_error !").count();
        assert!(errors > 0, "{call}: {expansion}");
        let shown = as_an_editor(&expansion);
        program += &format!(
            "static S{nth}: &Policy = {shown};
            const fn f{nth}() -> &'static Policy {{ {shown} }}
            pub fn g{nth}() {{ takes(S{nth}); takes({shown}); let policy = {shown}; takes(policy); }}
            pub const _: fn() -> &'static Policy = f{nth};\n"
        );
    }
    assert_compiles("errors", &program);
}

#[test]
fn a_file_that_is_not_read_has_a_type() {
    let call = r#"concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/document/ten_errors.json")"#;
    let expansion = expansion(call);
    assert!(expansion.contains("include_bytes !"), "{expansion}");
    let program = format!(
        "{RUNTIME}\nstatic S: &Policy = {};",
        as_an_editor(&expansion)
    );
    assert_compiles("unread", &program);
}

fn as_an_editor(expansion: &str) -> String {
    expansion
        .replace(":: core :: compile_error !", "nothing !")
        .replace(
            "cors_runtime :: __private :: core :: include_bytes !",
            "unread !",
        )
}

fn assert_compiles(name: &str, program: &str) {
    let id = std::process::id();
    let folder = std::env::temp_dir().join(format!("cors-macros-{id}-editor-{name}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("lib.rs"), program).unwrap();
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler)
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata",
            "lib.rs",
        ])
        .current_dir(&folder)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    fs::remove_dir_all(folder).unwrap();
}
