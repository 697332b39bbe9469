//! What an editor makes of a call with errors. rust-analyzer shows each `compile_error!` and takes
//! it for nothing; the rest must have the policy's type, or it shows another error.

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
    pub(crate) use nothing;
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
        let shown = expansion.replace(":: core :: compile_error !", "nothing !");
        program += &format!(
            "static S{nth}: &Policy = {shown};
            const fn f{nth}() -> &'static Policy {{ {shown} }}
            pub fn g{nth}() {{ takes(S{nth}); takes({shown}); let policy = {shown}; takes(policy); }}
            pub const _: fn() -> &'static Policy = f{nth};\n"
        );
    }
    let folder = std::env::temp_dir().join(format!("cors-macros-{}-editor", std::process::id()));
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
