//! Where a path leads, as seen from every kind of source file of a workspace's member.

use crate::scratch::Scratch;

/// Checks that a path leads to the policy that allows this origin.
fn check(path: &str, origin: &str) -> String {
    format!(
        "    static CORS: &cors::Policy = cors::cors_policy!({path:?});\n    \
         assert_eq!(CORS.allow_origins().collect::<Vec<_>>(), [{origin:?}]);\n"
    )
}

const BESIDE_MANIFEST: &str = "https://manifest.example.com";
const BESIDE_SOURCE: &str = "https://source.example.com";

fn scratch() -> Scratch {
    let scratch = Scratch::new("places");
    scratch.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"service\"]\nresolver = \"3\"\n",
    );
    scratch.write("service/Cargo.toml", &Scratch::manifest("service"));
    scratch.configure("service/policies/krakend.json", BESIDE_MANIFEST);
    scratch.configure("service/both.json", BESIDE_MANIFEST);
    for folder in ["src/deep", "examples", "tests"] {
        scratch.configure(&format!("service/{folder}/source.json"), BESIDE_SOURCE);
        scratch.configure(&format!("service/{folder}/both.json"), BESIDE_SOURCE);
    }

    let beside_manifest = check("policies/krakend.json", BESIDE_MANIFEST);
    let all = [
        format!("{{\n{beside_manifest}}}\n"),
        format!("{{\n{}}}\n", check("source.json", BESIDE_SOURCE)),
        format!("{{\n{}}}\n", check("both.json", BESIDE_MANIFEST)),
    ]
    .concat();
    let documented = beside_manifest.replace("    ", "/// ");
    scratch.write(
        "service/src/lib.rs",
        &format!("pub mod deep;\n\n/// ```\n{documented}/// ```\npub fn documented() {{}}\n"),
    );
    scratch.write(
        "service/src/deep/mod.rs",
        &format!("pub fn checked() {{\n{all}}}\n\n#[test]\nfn unit() {{\n    checked();\n}}\n"),
    );
    scratch.write(
        "service/examples/show.rs",
        &format!(
            "fn main() {{\n    service::deep::checked();\n{all}    println!(\"shown\");\n}}\n"
        ),
    );
    scratch.write(
        "service/tests/integration.rs",
        &format!("#[test]\nfn integration() {{\n{all}}}\n"),
    );
    scratch
}

/// From the workspace's own folder and from the member's.
#[test]
fn a_path_leads_beside_the_manifest_then_beside_the_source() {
    let scratch = scratch();
    for folder in [".", "service"] {
        let example = scratch.prints(folder, &["run", "--example", "show"]);
        assert_eq!(example, "shown\n", "in {folder}");
        // The unit test, the integration test, and the documentation's.
        let tests = scratch.prints(folder, &["test"]);
        assert_eq!(tests.matches("1 passed").count(), 3, "in {folder}: {tests}");
        // What was built in one folder is not built again in the other: make it.
        scratch.configure("service/policies/krakend.json", BESIDE_MANIFEST);
    }
}
