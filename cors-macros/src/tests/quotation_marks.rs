//! Quotation marks inside a string: whatever their kind, the same suggestion for every setting.

use super::suggestions::mended;
use super::{faults, file};

/// A setting, a right entry, and the other members of its file.
const SETTINGS: &[(&str, &str, &str)] = &[
    (
        "allow_headers",
        "Content-Type",
        r#""allow_origins": ["https://a.example"]"#,
    ),
    (
        "expose_headers",
        "ETag",
        r#""allow_origins": ["https://a.example"], "allow_headers": ["X-A"]"#,
    ),
    (
        "allow_methods",
        "DELETE",
        r#""allow_origins": ["https://a.example"], "allow_headers": ["X-A"]"#,
    ),
    (
        "allow_origins",
        "https://app.example.com",
        r#""allow_headers": ["X-A"]"#,
    ),
    (
        "max_age",
        "5m",
        r#""allow_origins": ["https://a.example"], "allow_headers": ["X-A"]"#,
    ),
];

/// What is put before and after the entry, as JSON has it.
const MARKS: &[(&str, &str)] = &[
    ("“", "”"),
    ("„", "“"),
    ("‘", "’"),
    ("«", "»"),
    ("»", "«"),
    ("'", "'"),
    ("`", "`"),
    ("\\\"", "\\\""),
    ("«", ""),
    ("", "»"),
    ("“", ""),
    ("", "'"),
];

#[test]
fn every_setting_takes_every_mark_off() {
    let mut wrong = Vec::new();
    for (key, right, others) in SETTINGS {
        let with = |entry: &str| {
            let value = match *key {
                "max_age" => format!("\"{entry}\""),
                _ => format!("[\"{entry}\"]"),
            };
            file(&format!("{others}, \"{key}\": {value}"))
        };
        assert!(faults(&with(right)).is_empty(), "{right}");
        for (before, after) in MARKS {
            let entry = format!("{before}{right}{after}");
            let text = with(&entry);
            let mended = faults(&text)
                .first()
                .and_then(|finding| mended(&text, finding));
            if mended.as_deref() != Some(&*with(right)) {
                wrong.push(format!("{key}: {entry}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
