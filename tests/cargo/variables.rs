//! Paths that are made of environment variables: a build follows them.

use crate::scratch::Scratch;

#[test]
fn a_build_follows_the_variables() {
    let mut scratch = Scratch::new("variables");
    let manifest = Scratch::manifest("variables");
    scratch.write("Cargo.toml", &format!("{manifest}\n[workspace]\n"));
    scratch.write(
        "src/main.rs",
        "static CORS: &cors::Policy = cors::cors_policy!(concat!(\n    \
             env!(\"CARGO_MANIFEST_DIR\"),\n    \
             concat!(\"/\", env!(\"CORS_TEST_GATEWAY\", \"name the gateway\")),\n    \
             \".json\",\n));\n\n\
         fn main() {\n    println!(\"{CORS}\");\n}\n",
    );
    scratch.configure("eu.json", "https://eu.example.com");
    scratch.configure("us.json", "https://us.example.com");

    let stderr = scratch.fails(".", &["run"]);
    for expected in [
        "the environment variable `CORS_TEST_GATEWAY` is not set",
        "= note: name the gateway",
    ] {
        assert!(stderr.contains(expected), "{stderr}");
    }
    for gateway in ["eu", "us", "eu"] {
        scratch.set("CORS_TEST_GATEWAY", gateway);
        let stdout = scratch.prints(".", &["run"]);
        let expected = format!("https://{gateway}.example.com");
        assert!(stdout.contains(&expected), "{gateway}: {stdout}");
    }
    // The file, too.
    scratch.configure("eu.json", "https://changed.example.com");
    assert!(
        scratch
            .prints(".", &["run"])
            .contains("changed.example.com")
    );
    // Its name is shown from where cargo runs the compiler, and the call as it is written.
    scratch.configure("eu.json", "null");
    let stderr = scratch.fails(".", &["run"]);
    for expected in [
        "error: eu.json:4:",
        "cors_policy!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", env!(\"CORS_TEST_GATEWAY\"), \".json\"), \
         allow(null_origin))",
    ] {
        assert!(stderr.contains(expected), "{stderr}");
    }
    scratch.set("CORS_TEST_GATEWAY", "asia");
    let stderr = scratch.fails(".", &["run"]);
    assert!(stderr.contains("there is no file `asia.json`"), "{stderr}");
}
