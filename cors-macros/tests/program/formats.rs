//! Each format, of a file with everything that a format has to escape.
//!
//! `BLESS=1 cargo test -p cors-macros --test program formats` writes the expected outputs anew.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::Folder;

/// A name that is a property of a command, a part of an address, and not only ASCII.
const NAME: &str = "a gate: 100%,ü.json";

/// A byte order mark, Windows line endings, tabs, wide characters, percent signs, a line feed in a value,
/// what a suggestion writes, adds and removes, and a secret.
const AWKWARD: &str = "\u{feff}{\r
\t\"version\": 3,\r
\t\"漢字𝄞\": \"ü\", \"extra_config\": { \"security/cors\": {\r
\t\t\"_漢\": \"\", \"allow_origins\": [\"https://app.example.com/100%\", \"https://a\\nb.example\", \"null\"],\r
\t\t\"allow_methods\": [\"GET\", \"get\", \"PUT\", \"GET\"],\r
\t\t\"allow_headers\": [\"Content-Type\"],\r
\t\t\"max_age\": \"10%\"\r
\t} },\r
\t\"endpoints\": [{ \"endpoint\": \"/漢/{id}\", \"method\": \"DELETE\", \"input_headers\": [\"X-Client-Id\"] }]\r
}\r
";

/// What the program prints, without the version of the crate.
fn printed(format: &str) -> String {
    let folder = Folder::with(format, NAME, AWKWARD);
    let output = folder.run(&["--format", format, NAME]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    let link = format!("cors-runtime/{}/", env!("CARGO_PKG_VERSION"));
    output.stdout.replace(&link, "cors-runtime/VERSION/")
}

fn check(format: &str, printed: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program");
    let path = path.join(format!("{format}.txt"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, printed).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(printed == expected, "{printed}");
}

#[test]
fn human() {
    check("human", &printed("human"));
}

#[test]
fn github() {
    check("github", &printed("github"));
}

#[test]
fn json() {
    check("json", &printed("json"));
}

#[test]
fn sarif() {
    let mut log: Value = serde_json::from_str(&printed("sarif")).unwrap();
    let driver = log["runs"][0]["tool"]["driver"].take();
    assert_eq!(driver["version"], env!("CARGO_PKG_VERSION"));
    let rules = driver["rules"].as_array().unwrap();
    assert!(rules.len() > 100, "{}", rules.len());
    for rule in rules {
        let link = rule["helpUri"].as_str().unwrap();
        assert!(
            link.ends_with(&format!("#{}", rule["id"].as_str().unwrap())),
            "{rule}"
        );
    }
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        let number = result["ruleIndex"].take().as_u64().unwrap();
        assert_eq!(
            result["ruleId"],
            rules[usize::try_from(number).unwrap()]["id"]
        );
    }
    check("sarif", &format!("{log:#}\n"));
}

/// A log of a build is read by more people than the file.
#[test]
fn no_format_shows_a_secret() {
    let cors = r#""extra_config": { "security/cors": { "allow_origins": ["https://a.test"] } }"#;
    for text in [
        format!("{{ {cors}, \"key\": 'hunter2' }}"),
        format!("{{ {cors}, \"key\": \"hunter2\" \"b\": 1 }}"),
        format!("{{ {cors}, \"key\": hunter2 }}"),
        format!("{{ {cors}, \"keys\": [\"hunter2\",] }}"),
        cors.replace("a.test", "user:hunter2@a.test/"),
        format!("{{ {} }}", cors.replace("a.test", "user:hunter2@A.test/")),
        format!(
            "{{ {} }}",
            cors.replace("https://a.test", "user:hunter2@a.test")
        ),
    ] {
        let folder = Folder::with("secrets", "a.json", &text);
        for format in ["human", "github", "json", "sarif"] {
            let output = folder.run(&["--format", format, "a.json"]);
            assert_eq!(output.status, 1, "{text}: {output:?}");
            assert!(
                !output.stdout.contains("hunter2"),
                "{text}: {}",
                output.stdout
            );
        }
        let fixed = folder.run(&["--fix", "a.json"]);
        assert!(
            !format!("{fixed:?}").contains("hunter2"),
            "{text}: {fixed:?}"
        );
    }
}
