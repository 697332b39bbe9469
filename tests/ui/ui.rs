//! What rustc makes of the macro: whole messages, and expansions that must compile anywhere.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the messages anew; read what it wrote.

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("document/*.rs");
    cases.compile_fail("call/*.rs");
    cases.compile_fail("layer/*.rs");
    cases.compile_fail("assertions/fail.rs");
    cases.pass("assertions/hold.rs");
    cases.pass("within/right.rs");
    cases.compile_fail("within/beyond*.rs");
    cases.compile_fail("within/mistakes.rs");
    cases.compile_fail("warnings/denied*.rs");
    cases.compile_fail("warnings/beside_errors.rs");
    cases.compile_fail("warnings/unused_allow.rs");
    cases.pass("warnings/ten_warnings_build.rs");
    cases.pass("expansion/*.rs");
}
