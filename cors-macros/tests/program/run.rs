//! How the tests run the program.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder that is removed at the end of a test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let id = std::process::id();
        let folder = std::env::temp_dir().join(format!("cors-check-{id}-{test}"));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// The folder with one file in it.
    pub(crate) fn with(test: &str, name: &str, text: &str) -> Self {
        let folder = Self::new(test);
        fs::write(folder.0.join(name), text).unwrap();
        folder
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// The names of what is in it.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        run(&self.0, arguments, "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// What the program says, and its exit status.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cors-check"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.args(arguments).current_dir(folder);
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    output(&mut command(folder, arguments), input)
}

pub(crate) fn output(command: &mut Command, input: &str) -> Output {
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A call that is wrong reads nothing.
    _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Output {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A file with these members in its CORS object.
pub(crate) fn file(members: &str) -> String {
    format!(
        "{{\n  \"version\": 3,\n  \"extra_config\": {{\n    \"security/cors\": {{\n      {members}\n    }}\n  }}\n}}\n"
    )
}

pub(crate) const RIGHT: &str =
    r#""allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"]"#;
