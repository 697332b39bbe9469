//! The folders that a relative path may start from.

use std::env;
use std::path::{Path, PathBuf};

/// Where the calling crate and the calling source file are. All folders are absolute.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The folder of the crate's `Cargo.toml`.
    pub(super) manifest: Option<PathBuf>,
    /// The folder of the calling source file; not every editor knows it.
    pub(super) source: Option<PathBuf>,
    /// Where cargo runs the compiler: for a workspace's members, the workspace's root.
    pub(super) root: Option<PathBuf>,
}

impl Places {
    /// The places of a call in this file. cargo names `Cargo.toml`'s folder absolutely, other build
    /// systems relative to where they run the compiler.
    pub(super) fn of(calling: Option<&Path>) -> Self {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").filter(|folder| !folder.is_empty());
        let calling = calling.filter(|file| file.is_file()).and_then(absolute);
        Self {
            manifest: manifest.and_then(|folder| absolute(Path::new(&folder))),
            source: calling.and_then(|file| file.parent().map(Path::to_owned)),
            root: env::current_dir().ok(),
        }
    }

    /// In the order in which they are looked at.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        [&self.manifest, &self.source]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// A path as it is shown: from the root where it is below.
    pub(super) fn shown(&self, path: &Path) -> String {
        let root = self.root.as_deref();
        let below = root.and_then(|root| path.strip_prefix(root).ok());
        below.unwrap_or(path).display().to_string()
    }
}

fn absolute(path: &Path) -> Option<PathBuf> {
    std::path::absolute(path).ok()
}
