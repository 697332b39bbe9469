//! The program `cors-check`, run as people run it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

#[cfg(feature = "check")]
mod calls;
#[cfg(feature = "check")]
mod explain;
#[cfg(feature = "check")]
mod fix;
#[cfg(feature = "check")]
mod formats;
#[cfg(feature = "check")]
mod golden;
#[cfg(feature = "check")]
mod guide;
#[cfg(feature = "check")]
mod run;
#[cfg(feature = "check")]
mod within;

/// Without the feature there is no program. A test of the whole workspace does not ask for it.
#[cfg(not(feature = "check"))]
#[test]
fn with_the_feature() {
    let status = std::process::Command::new(env!("CARGO"))
        .args(["test", "--offline", "--package", "cors-macros"])
        .args(["--features", "check", "--test", "program"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(status.success());
}
