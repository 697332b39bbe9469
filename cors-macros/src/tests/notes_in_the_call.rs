//! What a message says of an object in the call, which no gateway reads.

use super::findings_inline;
use super::inline::{CASES, object};
use crate::rules::{self, Example};
use crate::tests::draw;

/// Nothing reads an object in the call but the macro: no note speaks of what KrakenD does with a file.
#[test]
fn notes_in_the_call_are_about_the_call() {
    const OF_FILES: [&str; 8] = [
        "KrakenD ignores",
        "does not start",
        "KrakenD silently",
        "schema",
        "the file",
        "this file",
        "krakend.json",
        "krakend check",
    ];
    let mut objects: Vec<String> = CASES
        .iter()
        .map(|(_, members, _)| object(&members.replace(['«', '»'], "")))
        .collect();
    objects.extend(rules::all().filter_map(|rule| match rule.example {
        Example::Cors(members) => Some(object(members)),
        _ => None,
    }));
    let more = [
        r#""allow_origins": [null, 1], "debug": "true", "max_age": 600, "expose_headers": null"#,
        r#""options_success_status": "204", "allow_methods": "GET", "allow_credentials": null"#,
        r#""options_success_status": 204.5, "allow_methods": 5"#,
        r#""debug": true, "debug": true, "method": "GET", "allowed_methods": ["GET"],,"#,
        r#""allow_methods": ["GET" "PUT"]"#,
        r#""version": 3, "extra_config": { "security/cors": {} }"#,
    ];
    objects.extend(more.map(object));
    let mut complaints = Vec::new();
    for object in objects {
        let (source, found) = findings_inline(&object);
        for finding in found {
            let drawn = draw(&finding, &source);
            let notes = drawn.split_once('\n').map_or("", |(_, notes)| notes);
            if OF_FILES.iter().any(|words| notes.contains(words)) {
                complaints.push(drawn);
            }
        }
    }
    complaints.sort();
    complaints.dedup();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
