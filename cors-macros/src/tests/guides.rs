//! What the guides of `cors-runtime` tell to write is right.

use std::fs;
use std::path::Path;

use super::{faults, file, names};

const GUIDES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../cors-runtime/src/guides");

fn faq() -> String {
    fs::read_to_string(Path::new(GUIDES).join("faq.md")).unwrap()
}

/// No policy in a guide has a fault. A warning would not fail its documentation test.
#[test]
fn policies_have_no_faults() {
    let mut count = 0;
    for guide in fs::read_dir(GUIDES).unwrap() {
        let guide = guide.unwrap().path();
        let text = fs::read_to_string(&guide).unwrap();
        // Every second part is a block.
        let blocks = text.split("```").skip(1).step_by(2);
        for block in blocks.filter(|block| !block.starts_with("compile_fail")) {
            for object in block.split("cors_policy!({").skip(1) {
                // No object in a guide has another in it; `within` may follow.
                let (object, _) = object.split_once('}').unwrap();
                let lines = object.lines().map(|line| line.trim_start_matches("# "));
                let members: String = lines.collect();
                let text = file(members.trim().trim_end_matches(','));
                assert_eq!(
                    names(&faults(&text)),
                    [""; 0],
                    "{}: {text}",
                    guide.display()
                );
                count += 1;
            }
        }
    }
    assert!(count > 10, "{count} policies");
}

/// Names in a table, as elements of a JSON array.
fn elements(cell: &str) -> String {
    let names = cell.split('`').skip(1).step_by(2);
    let names: Vec<String> = names.map(|name| format!("{name:?}")).collect();
    names.join(", ")
}

/// Each row of the table of clients is a policy without a fault.
#[test]
fn headers_of_clients() {
    let faq = faq();
    let (_, table) = faq.split_once("| client |").unwrap();
    let rows = table.lines().skip(2).take_while(|row| row.starts_with('|'));
    let mut count = 0;
    for row in rows {
        let (_, settings) = row.rsplit_once(" | ").unwrap();
        let mut members = "\"allow_origins\": [\"https://app.example.com\"]".to_owned();
        for setting in settings.trim_end_matches(" |").split("<br>") {
            let (key, listed) = setting.split_once(": ").unwrap();
            let key = key.trim_matches('`');
            members.push_str(&format!(", \"{key}\": [{}]", elements(listed)));
        }
        assert!(members.contains("\"allow_headers\""), "{row}");
        assert_eq!(names(&faults(&file(&members))), [""; 0], "{row}");
        count += 1;
    }
    assert_eq!(count, 7);
}

/// The recipe removes the warning. If it removes other headers, the warning is there.
#[test]
fn a_backend_with_its_own_cors() {
    let faq = faq();
    let (_, recipe) = faq.split_once("```json\n").unwrap();
    let (recipe, _) = recipe.split_once("```\n").unwrap();
    assert_eq!(names(&faults(recipe)), [""; 0]);
    let without = recipe
        .replace("[\"Origin\"]", "[\"X-Other\"]")
        .replace("Access-Control-", "X-Other-");
    assert_eq!(names(&faults(&without)), ["double_cors_headers"]);
}
