//! cargo and the configuration: a build follows every change of the file, and shows what is wrong
//! with it until it is right. The scratch crate knows the runtime under another name.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild");
        let _ = fs::remove_dir_all(&folder);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let scratch = Self { folder };
        let runtime = root.join("cors-runtime");
        scratch.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\ncors = {{ package = \"cors-runtime\", path = {runtime:?} }}\n\n\
                 [workspace]\n"
            ),
        );
        // Versions that are here already: the test asks no registry.
        fs::copy(root.join("Cargo.lock"), scratch.folder.join("Cargo.lock")).unwrap();
        scratch.write(
            "src/main.rs",
            "static CORS: &cors::Policy = cors::cors_policy!(\"config/krakend.json\");\n\n\
             fn main() {\n    println!(\"{CORS}\");\n}\n",
        );
        scratch
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn configure(&self, origin: &str) {
        self.write(
            "config/krakend.json",
            &format!(
                "{{\n  \"extra_config\": {{\n    \"security/cors\": {{\n      \"allow_origins\": [\"{origin}\"],\n      \
                 \"allow_headers\": [\"Content-Type\"]\n    }}\n  }}\n}}\n"
            ),
        );
    }

    fn run(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap()
    }

    #[track_caller]
    fn prints(&self, expected: &str) {
        let output = self.run();
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        assert!(stdout.contains(expected), "{expected} is not in {stdout}");
    }

    #[track_caller]
    fn fails(&self, expected: &[&str]) {
        let output = self.run();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "this should not build");
        for expected in expected {
            assert!(stderr.contains(expected), "{expected} is not in {stderr}");
        }
        let errors = stderr.matches("error: ").count();
        // Ours, and cargo's own last line.
        assert_eq!(errors, 2, "{stderr}");
    }
}

#[test]
fn a_build_follows_the_file() {
    let scratch = Scratch::new();
    scratch.fails(&[
        "there is no file `config/krakend.json`",
        "rebuild/config/krakend.json",
    ]);
    scratch.configure("https://app.example.com");
    scratch.prints("https://app.example.com");
    scratch.configure("https://app.example.com/");
    scratch.fails(&[
        "an origin has no path, not even `/`",
        "config/krakend.json:4:49",
    ]);
    // Nothing has changed, and it fails all the same.
    scratch.fails(&["an origin has no path, not even `/`"]);
    scratch.configure("https://admin.example.com");
    scratch.prints("https://admin.example.com");
    fs::remove_file(scratch.folder.join("config/krakend.json")).unwrap();
    scratch.fails(&["there is no file `config/krakend.json`"]);
    scratch.configure("https://app.example.com");
    scratch.prints("https://app.example.com");
}
