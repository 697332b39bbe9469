//! A folder for crates that tests make up.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) struct Scratch {
    folder: PathBuf,
    variables: Vec<(&'static str, OsString)>,
}

impl Scratch {
    /// An empty folder.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        let variables = Vec::new();
        let scratch = Self { folder, variables };
        // Versions that are here already: the tests ask no registry.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
        scratch.write("Cargo.lock", &fs::read_to_string(lock).unwrap());
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The manifest of a crate that depends on the runtime as `cors`.
    pub(crate) fn manifest(name: &str) -> String {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime");
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ncors = {{ package = \"cors-runtime\", path = {runtime:?} }}\n"
        )
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A configuration that allows one origin.
    pub(crate) fn configure(&self, name: &str, origin: &str) {
        self.write(
            name,
            &format!(
                "{{\n  \"extra_config\": {{\n    \"security/cors\": {{\n      \"allow_origins\": [\"{origin}\"],\n      \
                 \"allow_headers\": [\"Content-Type\"]\n    }}\n  }}\n}}\n"
            ),
        );
    }

    /// A program that is run by a shell; returns its path.
    #[cfg(unix)]
    pub(crate) fn program(&self, name: &str, script: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;

        self.write(name, &format!("#!/bin/sh\n{script}\n"));
        let path = self.folder.join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// Sets an environment variable for cargo.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.variables.retain(|(other, _)| *other != name);
        self.variables.push((name, value.into()));
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.folder.join(name)).unwrap();
    }

    /// Runs cargo in a folder of the scratch folder. What it builds of the dependencies is kept for
    /// the next test, and for the next run.
    pub(crate) fn cargo(&self, folder: &str, arguments: &[&str]) -> Output {
        // The folder of these tests, which has most dependencies already.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--quiet", "--offline"])
            .current_dir(self.folder.join(folder))
            .env("CARGO_TARGET_DIR", target)
            .env_remove("RUSTFLAGS")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .envs(self.variables.iter().cloned())
            .output()
            .unwrap()
    }

    /// The same, of a command that must work: what it printed.
    #[track_caller]
    pub(crate) fn prints(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.cargo(folder, arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{arguments:?} in {folder}: {stderr}"
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The same, of a command that must fail: what it said.
    #[track_caller]
    pub(crate) fn fails(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.cargo(folder, arguments);
        assert!(
            !output.status.success(),
            "{arguments:?} in {folder} should fail"
        );
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}
