//! Crates in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use super::cost::{self, LOG};

/// A folder that is removed when it is dropped.
pub struct Scratch {
    folder: PathBuf,
    /// A copy of this program, because it may be rebuilt while it runs.
    wrapper: PathBuf,
}

impl Scratch {
    pub fn new(name: &str) -> Result<Self, String> {
        let folder = env::temp_dir().join(format!("cors-bench-{name}-{}", process::id()));
        let failed = |error| format!("{}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(failed)?;
        let wrapper = folder.join("wrapper");
        env::current_exe()
            .and_then(|program| fs::copy(program, &wrapper))
            .map_err(failed)?;
        Ok(Self { folder, wrapper })
    }

    /// A path in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A program with these dependencies. Their sources are fetched.
    ///
    /// Crates with the same `target` share their build artifacts.
    pub fn package(&self, name: &str, target: &str, dependencies: &str) -> Result<Package, String> {
        let package = Package {
            name: name.to_owned(),
            folder: self.folder.join(name),
            target: self.folder.join(target),
            log: self.folder.join("log"),
            wrapper: self.wrapper.clone(),
        };
        fs::create_dir_all(package.folder.join("src")).map_err(|error| error.to_string())?;
        package.write("Cargo.toml", &manifest(name, dependencies))?;
        package.write("src/main.rs", "fn main() {}\n")?;
        let mut fetch = Command::new("cargo");
        cost::run(fetch.arg("fetch").current_dir(&package.folder))?;
        Ok(package)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\n\
         name = \"{name}\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         [dependencies]\n\
         {dependencies}\n\
         # As with crates from a registry.\n\
         [profile.dev.package.\"*\"]\n\
         incremental = false\n\
         [workspace]\n"
    )
}

/// The library in this checkout, as a dependency with these features.
pub fn runtime(features: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("cors-runtime");
    format!("cors-runtime = {{ path = {folder:?}, features = [{features}] }}")
}

/// A crate in the temporary folder.
pub struct Package {
    pub name: String,
    pub folder: PathBuf,
    pub target: PathBuf,
    /// The file that compiler calls are recorded in.
    pub log: PathBuf,
    wrapper: PathBuf,
}

impl Package {
    pub fn write(&self, file: &str, text: &str) -> Result<(), String> {
        let file = self.folder.join(file);
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// Runs cargo and records its compiler calls.
    pub fn cargo(&self, arguments: &[&str]) -> Result<cost::Cost, String> {
        cost::run(
            Command::new("cargo")
                .args(arguments)
                .arg("--offline")
                .current_dir(&self.folder)
                .env("CARGO_TARGET_DIR", &self.target)
                .env("RUSTC_WRAPPER", &self.wrapper)
                .env(LOG, &self.log),
        )
    }

    /// Makes the compiler stop after expanding the macros of the crate. Its dependencies are built.
    pub fn expand(&self) -> Result<cost::Cost, String> {
        let dependencies = self.target.join("debug/deps");
        let runtime = library(&dependencies, "libcors_runtime-")?;
        cost::run(
            Command::new("rustc")
                .args(["--edition=2024", "--emit=dep-info", "src/main.rs"])
                .arg("--out-dir")
                .arg(&self.folder)
                .arg(format!("--extern=cors_runtime={}", runtime.display()))
                .arg(format!("-Ldependency={}", dependencies.display()))
                .current_dir(&self.folder)
                .env("CARGO_MANIFEST_DIR", &self.folder),
        )
    }
}

fn library(folder: &Path, prefix: &str) -> Result<PathBuf, String> {
    let files = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = files.filter_map(|file| Some(file.ok()?.path()));
    paths
        .find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(prefix) && name.ends_with(".rlib")
        })
        .ok_or_else(|| format!("{}: no {prefix}*.rlib", folder.display()))
}
