//! What rustc makes of the macro: whole messages, and expansions that must compile anywhere.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the messages anew; read what it wrote.

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/document/*.rs");
    cases.compile_fail("tests/ui/call/*.rs");
    cases.compile_fail("tests/ui/layer/*.rs");
    cases.compile_fail("tests/ui/assertions/fail.rs");
    cases.pass("tests/ui/assertions/hold.rs");
    cases.compile_fail("tests/ui/warnings/denied*.rs");
    cases.compile_fail("tests/ui/warnings/unused_allow.rs");
    cases.pass("tests/ui/warnings/ten_warnings_build.rs");
    cases.pass("tests/ui/expansion/*.rs");
}
