//! The folders that a relative path may start from.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where the calling crate and the calling source file are. All folders are absolute.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The folder of the crate's `Cargo.toml`.
    pub(super) manifest: Option<PathBuf>,
    /// The folder of the calling source file; not every editor knows it.
    pub(super) source: Option<PathBuf>,
    /// Where cargo runs the compiler: for a workspace's members, the workspace's root.
    pub(super) root: Option<PathBuf>,
    /// Where the crate's build script writes.
    pub(super) out: Option<PathBuf>,
}

impl Places {
    /// The places of a call in this file. cargo names `Cargo.toml`'s folder absolutely, other build
    /// systems relative to where they run the compiler.
    pub(super) fn of(calling: Option<&Path>) -> Self {
        let folder = |variable| {
            let folder = env::var_os(variable).filter(|folder| !folder.is_empty())?;
            absolute(Path::new(&folder))
        };
        let calling = calling.filter(|file| file.is_file()).and_then(absolute);
        Self {
            manifest: folder("CARGO_MANIFEST_DIR"),
            source: calling.and_then(|file| file.parent().map(Path::to_owned)),
            root: env::current_dir().ok(),
            out: folder("OUT_DIR"),
        }
    }

    /// In the order in which they are looked at.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        [&self.manifest, &self.source]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// A path as it is shown. It starts where the paths of the compiler itself start: at the root, or
    /// beside the calling source file if that is not below the root.
    pub(super) fn shown(&self, path: &Path) -> String {
        if path.is_relative() {
            return path.display().to_string();
        }
        let path = normalised(path);
        let below = |folder: &Option<PathBuf>| {
            let below = path.strip_prefix(normalised(folder.as_ref()?));
            below.ok().map(Path::to_owned)
        };
        if let Some(below) = below(&self.out) {
            // The folder has a name of cargo's that is different for each build.
            return Path::new("$OUT_DIR").join(below).display().to_string();
        }
        if let Some(below) = below(&self.root) {
            return below.display().to_string();
        }
        let root = self.root.as_deref();
        let source = self.source.as_deref();
        let source = source.filter(|source| root.is_none_or(|root| !source.starts_with(root)));
        let from = source.or(root);
        from.and_then(|from| leads(from, &path))
            .unwrap_or_else(|| path.display().to_string())
    }
}

/// The way from a folder to a file that is there. Both are absolute.
pub(super) fn leads(from: &Path, file: &Path) -> Option<String> {
    let path = relative(from, file)?;
    // The way up may be another one than the names say.
    from.join(&path).is_file().then_some(path)
}

/// The path without `.` and `..`, unless a link on the way makes that another path.
pub(super) fn normalised(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = normal.pop(),
            part => normal.push(part),
        }
    }
    match (fs::canonicalize(path), fs::canonicalize(&normal)) {
        (Ok(file), Ok(other)) if file != other => path.to_owned(),
        (Ok(_), Err(_)) => path.to_owned(),
        _ => normal,
    }
}

/// The way from a folder to a file, with slashes. Both are absolute.
pub(super) fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (normalised(from), normalised(to));
    let shared = from.components().zip(to.components());
    let shared = shared.take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Some(".."));
    let down = to.components().skip(shared);
    let down = down.map(|part| part.as_os_str().to_str());
    let path: Option<Vec<&str>> = up.chain(down).collect();
    Some(path?.join("/"))
}

fn absolute(path: &Path) -> Option<PathBuf> {
    std::path::absolute(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace in `ws` and what is around it.
    const FILES: [&str; 6] = [
        "ws/gateway/krakend.json",
        "ws/services/users/krakend.json",
        "ws/target/build/users-1234/out/krakend.json",
        "gateway/krakend.json",
        "elsewhere/tests/krakend.json",
        "elsewhere/tests/ui/main.rs",
    ];

    #[test]
    fn a_path_is_shown_from_where_the_compilers_own_paths_start() {
        let id = std::process::id();
        let around = env::temp_dir().join(format!("cors-macros-{id}-shown"));
        for file in FILES {
            let file = around.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "{}").unwrap();
        }
        let cases = [
            ("ws/gateway/krakend.json", "gateway/krakend.json"),
            (
                "ws/services/users/../../gateway/./krakend.json",
                "gateway/krakend.json",
            ),
            (
                "ws/services/users/krakend.json",
                "services/users/krakend.json",
            ),
            (
                "ws/target/build/users-1234/out/krakend.json",
                "$OUT_DIR/krakend.json",
            ),
            ("gateway/krakend.json", "../gateway/krakend.json"),
        ];
        let mut places = Places {
            manifest: Some(around.join("ws/services/users")),
            source: Some(around.join("ws/services/users/src")),
            root: Some(around.join("ws")),
            out: Some(around.join("ws/target/build/users-1234/out")),
        };
        for (file, expected) in cases {
            assert_eq!(places.shown(&around.join(file)), expected);
        }
        assert_eq!(
            places.shown(Path::new("krakend.json")),
            "krakend.json",
            "as written"
        );

        // The compiler shows this source file by its absolute path.
        places.source = Some(around.join("elsewhere/tests/ui"));
        let outside = around.join("elsewhere/tests/krakend.json");
        assert_eq!(places.shown(&outside), "../krakend.json");

        #[cfg(unix)]
        {
            // `linked/..` is not the folder that `linked` is in.
            let link = around.join("ws/linked");
            std::os::unix::fs::symlink(around.join("elsewhere/tests"), &link).unwrap();
            let file = around.join("ws/linked/../tests/krakend.json");
            assert_eq!(places.shown(&file), "linked/../tests/krakend.json");
        }
        fs::remove_dir_all(around).unwrap();
    }
}
