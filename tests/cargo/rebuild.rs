//! A build follows every change of the file, and shows what is wrong with it until it is right.

use crate::scratch::Scratch;

const FILE: &str = "config/krakend.json";

fn scratch() -> Scratch {
    let scratch = Scratch::new("rebuild");
    let manifest = Scratch::manifest("scratch");
    scratch.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    scratch.write(
        "src/main.rs",
        "static CORS: &cors::Policy = cors::cors_policy!(\"config/krakend.json\");\n\n\
         fn main() {\n    println!(\"{CORS}\");\n}\n",
    );
    scratch
}

#[track_caller]
fn prints(scratch: &Scratch, expected: &str) {
    let stdout = scratch.prints(".", &["run"]);
    assert!(stdout.contains(expected), "{expected} is not in {stdout}");
}

#[track_caller]
fn fails(scratch: &Scratch, expected: &[&str]) {
    let stderr = scratch.fails(".", &["run"]);
    for expected in expected {
        assert!(stderr.contains(expected), "{expected} is not in {stderr}");
    }
    let errors = stderr.matches("error: ").count();
    // Ours, and cargo's own last line.
    assert_eq!(errors, 2, "{stderr}");
}

#[test]
fn a_build_follows_the_file() {
    let scratch = scratch();
    fails(
        &scratch,
        &[
            "there is no file `config/krakend.json`",
            "rebuild/config/krakend.json",
            "rebuild/src/config/krakend.json",
        ],
    );
    scratch.configure(FILE, "https://app.example.com");
    prints(&scratch, "https://app.example.com");
    scratch.configure(FILE, "https://app.example.com/");
    fails(
        &scratch,
        &["has a path; an origin has none", "config/krakend.json:4:49"],
    );
    // Nothing has changed, and it fails all the same.
    fails(&scratch, &["has a path; an origin has none"]);
    scratch.configure(FILE, "https://admin.example.com");
    prints(&scratch, "https://admin.example.com");
    scratch.remove(FILE);
    fails(&scratch, &["there is no file `config/krakend.json`"]);
    scratch.configure(FILE, "https://app.example.com");
    prints(&scratch, "https://app.example.com");
    // So does the file beside the calling source, where the other is not.
    scratch.remove(FILE);
    scratch.configure("src/config/krakend.json", "https://source.example.com");
    prints(&scratch, "https://source.example.com");
    scratch.configure("src/config/krakend.json", "https://changed.example.com");
    prints(&scratch, "https://changed.example.com");
}
